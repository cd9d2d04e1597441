/**
 * All products of orthonormal polynomials up to a total degree, summed over an example's vectors and over the orbits of
 * a group of coordinate permutations: an orthonormal basis of the functions of low degree that share the target's
 * symmetry.
 */

import type { Factor } from "../family/polynomial/sparse-polynomial.ts";
import { nameOf } from "../family/polynomial/sparse-polynomial.ts";
import { binomial } from "../numeric/choose.ts";
import { evaluate } from "../numeric/orthonormal.ts";
import type { Permutation } from "../symmetry/permutation.ts";
import type { InputVectors } from "../family/vectors.ts";

/** Products with the same value for every group element. */
export type Orbit = readonly (readonly Factor[])[];

/**
 * One eigenspace of the Laplacian that goes with the law: its functions of one degree, and the invariant ones among
 * them.
 */
export type Eigenspace = { readonly degree: number; readonly functions: number; readonly invariant: number };

export interface Features {
  readonly degree: number;
  readonly eigenspaces: readonly Eigenspace[];
  readonly count: number;
  /** Feature f of example s at f * examples + s, from the vectors of `read`. */
  values(vectors: Float64Array): Float64Array;
}

const PRODUCTS_LIMIT = 5000;
const DEGREE_LIMIT = 8;

/** The features of the largest degree at which there are at most `limit`, and few enough products to enumerate. */
export function lowDegreeFeatures(of: InputVectors, limit: number): Features {
  const orbits: Orbit[] = [[[]]];
  let degree = 0;
  const eigenspaces: Eigenspace[] = [{ degree: 0, functions: 1, invariant: 1 }];
  while (
    degree < (of.degree ?? DEGREE_LIMIT) &&
    binomial(of.dimension + degree + 1, degree + 1) <= BigInt(PRODUCTS_LIMIT)
  ) {
    const functions = products(of.dimension, degree + 1);
    const added = orbitsOf(functions, of.generators);
    if (orbits.length + added.length > limit) break;
    orbits.push(...added);
    degree++;
    eigenspaces.push({ degree, functions: functions.length, invariant: added.length });
  }
  const { dimension, vectors, law } = of;
  return {
    degree,
    eigenspaces,
    count: orbits.length,
    values(data) {
      const rows = data.length / dimension;
      const examples = rows / vectors;
      const columns = Array.from({ length: dimension }, (_, j) => {
        const column = Float64Array.from({ length: rows }, (__, i) => data[i * dimension + j]);
        return evaluate(law.recurrence(degree + 1), degree, column);
      });
      const out = new Float64Array(orbits.length * examples);
      const product = new Float64Array(rows);
      orbits.forEach((orbit, f) => {
        const scale = 1 / Math.sqrt(vectors * orbit.length);
        for (const factors of orbit) {
          product.fill(scale);
          for (const { variable, degree: t } of factors)
            for (let i = 0, at = t * rows; i < rows; i++, at++) product[i] *= columns[variable][at];
          for (let i = 0; i < rows; i++) out[f * examples + Math.floor(i / vectors)] += product[i];
        }
      });
      return out;
    },
  };
}

/** The sum of features with these weights, at every example. @param values as `Features` gives them */
export function combined(values: Float64Array, weights: Float64Array): Float64Array {
  const examples = values.length / weights.length;
  const out = new Float64Array(examples);
  for (let f = 0; f < weights.length; f++)
    for (let i = 0, at = f * examples; i < examples; i++, at++) out[i] += weights[f] * values[at];
  return out;
}

/** All products of total degree exactly `degree`. */
export function products(variables: number, degree: number): Factor[][] {
  const all: Factor[][] = [];
  const extend = (factors: Factor[], from: number, left: number): void => {
    if (left === 0) return void all.push(factors);
    for (let variable = from; variable < variables; variable++)
      for (let t = 1; t <= left; t++) extend([...factors, { variable, degree: t }], variable + 1, left - t);
  };
  extend([], 0, degree);
  return all;
}

/** The orbits of products under the group, each in the order in which it was found. */
export function orbitsOf(all: readonly Factor[][], generators: readonly Permutation[]): Orbit[] {
  if (generators.length === 0) return all.map((factors) => [factors]);
  const seen = new Set<string>();
  const orbits: Orbit[] = [];
  for (const start of all) {
    if (seen.has(nameOf({ factors: start }))) continue;
    seen.add(nameOf({ factors: start }));
    const orbit = [start];
    for (let i = 0; i < orbit.length; i++)
      for (const g of generators) {
        const image = orbit[i]
          .map(({ variable, degree }) => ({ variable: g[variable], degree }))
          .sort((a, b) => a.variable - b.variable);
        const name = nameOf({ factors: image });
        if (seen.has(name)) continue;
        seen.add(name);
        orbit.push(image);
      }
    orbits.push(orbit);
  }
  return orbits;
}
