/**
 * Polynomials of the coordinates, degree by degree, summed over the orbits of a group: those of one degree that the
 * group leaves alone, or those whose sum over every orbit vanishes. Coordinates that the group exchanges share one law,
 * and each law is taken from the examples.
 */

import { mean } from "../base/statistics.ts";
import type { Factor } from "../family/polynomial/sparse-polynomial.ts";
import { orbitsOf, products, type Orbit } from "../learner/low-degree-features.ts";
import { binomial } from "../numeric/choose.ts";
import { evaluate } from "../numeric/orthonormal.ts";
import { sampledPolynomials, type SampledPolynomials } from "../numeric/sampled-law.ts";
import { orbits } from "../symmetry/orbits.ts";
import type { Permutation } from "../symmetry/permutation.ts";
import type { Examples } from "./action.ts";
import type { Functions } from "./energy.ts";

/** Products of one degree that are listed, at most. */
export const mostProducts = 60_000;
/** Values of a law that are used, at most. */
const VALUES = 20_000;

/** The polynomials of each coordinate. */
export type Coordinates = readonly SampledPolynomials[];

/** @param most the largest degree that is wanted */
export function coordinatesOf({ count, dimension, x, group }: Examples, most: number): Coordinates {
  const laws: SampledPolynomials[] = Array.from({ length: dimension });
  for (const orbit of orbits(group.generators, dimension)) {
    const size = Math.max(1, Math.min(count, Math.floor(VALUES / orbit.length)));
    const values = new Float64Array(size * orbit.length);
    orbit.forEach((j, o) => {
      for (let i = 0; i < size; i++) values[o * size + i] = x[i * dimension + j];
    });
    const law = sampledPolynomials(values, most);
    for (const j of orbit) laws[j] = law;
  }
  return laws;
}

/** How many products of one degree there are, whatever the coordinates' laws. */
export const productCount = (dimension: number, degree: number): number =>
  Number(binomial(dimension + degree - 1, degree));

/** The products of one degree that there are for these laws. */
export const productsOf = (laws: Coordinates, degree: number): (readonly Factor[])[] =>
  products(laws.length, degree).filter((factors) =>
    factors.every(({ variable, degree: t }) => t <= laws[variable].degree),
  );

/** The orbits of products under generators on the coordinates. */
export const productOrbits = (
  of: readonly (readonly Factor[])[],
  generators: readonly Permutation[],
): readonly Orbit[] => orbitsOf(of as Factor[][], generators);

/** Evaluates products on the examples. */
function evaluator(
  { count, dimension, x }: Examples,
  laws: Coordinates,
): (factors: readonly Factor[], out: Float64Array) => void {
  const columns = laws.map(({ degree, recurrence }, j) =>
    evaluate(
      recurrence,
      degree,
      Float64Array.from({ length: count }, (_, i) => x[i * dimension + j]),
    ),
  );
  return (factors, out) => {
    out.fill(1);
    for (const { variable, degree } of factors) {
      const column = columns[variable];
      for (let i = 0, at = degree * count; i < count; i++, at++) out[i] *= column[at];
    }
  };
}

/** Sums over orbits, each brought to mean 0 and variance 1; those that do not vary are left out. */
export function invariants(examples: Examples, laws: Coordinates, all: readonly Orbit[]): Functions {
  const { count } = examples;
  const product = evaluator(examples, laws);
  const values = new Float32Array(all.length * count);
  const [own, term] = [new Float64Array(count), new Float64Array(count)];
  let kept = 0;
  for (const orbit of all) {
    own.fill(0);
    for (const factors of orbit) {
      product(factors, term);
      for (let i = 0; i < count; i++) own[i] += term[i];
    }
    const middle = mean(own);
    const variance = mean(own.map((v) => (v - middle) ** 2));
    if (!(variance > 1e-18 * (1 + middle * middle))) continue;
    for (let i = 0; i < count; i++) values[kept * count + i] = (own[i] - middle) / Math.sqrt(variance);
    kept++;
  }
  return { count: kept, examples: count, values: values.subarray(0, kept * count) };
}

/** Products less their mean over the orbit: what is left of them once the invariant part is taken away. */
export function variants(examples: Examples, laws: Coordinates, all: readonly Orbit[]): Functions {
  const { count } = examples;
  const product = evaluator(examples, laws);
  const moved = all.filter((orbit) => orbit.length > 1);
  const total = moved.reduce((sum, orbit) => sum + orbit.length, 0);
  const values = new Float32Array(total * count);
  const term = new Float64Array(count);
  let at = 0;
  for (const orbit of moved) {
    const middle = new Float64Array(count);
    const from = at;
    for (const factors of orbit) {
      product(factors, term);
      for (let i = 0; i < count; i++) middle[i] += term[i] / orbit.length;
      values.set(term, at);
      at += count;
    }
    for (let to = from; to < at; to++) values[to] -= middle[(to - from) % count];
  }
  return { count: total, examples: count, values };
}

/** The functions less their means over the examples. */
export function centred({ count, examples, values }: Functions): Functions {
  const out = Float32Array.from(values);
  for (let f = 0; f < count; f++) {
    const own = out.subarray(f * examples, (f + 1) * examples);
    const middle = mean(own);
    for (let i = 0; i < examples; i++) own[i] -= middle;
  }
  return { count, examples, values: out };
}
