/** The multilinear terms of Lorentz invariants: exactly C(m, k), and their Gram matrix from samples. */

import * as z from "zod/mini";
import { reject } from "../../base/errors.ts";
import { foldIn, keyFor, normals } from "../../base/random.ts";
import { integer, parseWith } from "../../base/schema.ts";
import { deviation, mean } from "../../base/statistics.ts";
import { binomial } from "../../numeric/choose.ts";
import { rayleighEstimate } from "../../numeric/eigenvalue-bounds.ts";
import { chiSquareDifference } from "../../numeric/chi-square-difference.ts";
import { evaluate } from "../../numeric/orthonormal.ts";
import { boosted, minkowskiLengths } from "../../symmetry/minkowski-lengths.ts";
import type { Recipe } from "../../run/catalogue.ts";
import type { LorentzInvariants } from "./study.ts";

const schema = z.strictObject({
  space: integer(1, 100),
  variables: integer(1, 12),
  degree: integer(1, 12),
  samples: integer(100, 10_000_000),
  seeds: z.array(integer(0, Number.MAX_SAFE_INTEGER)).check(z.minLength(1)),
});

export const lorentzInvariants: Recipe = async (given, { signal, onProgress }) => {
  const {
    space: q,
    variables: m,
    degree: k,
    samples,
    seeds,
  } = parseWith(schema, given, "Lorentz invariants");
  if (k > m) reject({ where: "degree", what: `${k} of ${m} variables`, allowed: `1 to ${m}` });
  const runs = seeds.map((seed, i) => {
    signal?.throwIfAborted();
    onProgress?.("Gram matrix of the terms", i / seeds.length);
    const key = keyFor("lorentz invariants", seed);
    const x = normals(foldIn(key, "vectors"), new Float64Array(samples * m * (q + 1)));
    const values = minkowskiLengths(x, q);
    const moved = boosted(foldIn(key, "boosts"), x, q);
    return {
      values,
      sampled: sampledDimension(values, m, k, q),
      boostError: largestChange(values, minkowskiLengths(moved, q)),
      euclideanChange: largestChange(squaredLengths(x, q), squaredLengths(moved, q)),
    };
  });
  const means = runs.map((r) => mean(Array.from(r.values)));
  const found: LorentzInvariants = {
    space: q,
    variables: m,
    degree: k,
    dimension: Number(binomial(m, k)),
    sampled: runs.map((r) => r.sampled),
    boostError: Math.max(...runs.map((r) => r.boostError)),
    euclideanChange: Math.max(...runs.map((r) => r.euclideanChange)),
    mean: mean(means),
    variance: mean(runs.map((r) => deviation(Array.from(r.values)) ** 2)),
  };
  return found;
};

const squaredLengths = (x: Float64Array, q: number): Float64Array =>
  minkowskiLengths(x, q).map((z, i) => z + 2 * x[i * (q + 1)] ** 2);

/** Relative to 1 and the value. */
const largestChange = (a: Float64Array, b: Float64Array): number =>
  a.reduce((worst, z, i) => Math.max(worst, Math.abs(z - b[i]) / (1 + Math.abs(z))), 0);

/** Members over the largest eigenvalue of the Gram matrix that the samples give. */
function sampledDimension(values: Float64Array, m: number, k: number, q: number): number {
  const samples = values.length / m;
  const h = evaluate(chiSquareDifference(q).recurrence(2), 1, values).subarray(values.length);
  const sets = subsets(m, k);
  const members = sets.map((set) =>
    Float64Array.from({ length: samples }, (_, s) => set.reduce((product, i) => product * h[s * m + i], 1)),
  );
  const norms = members.map((f) => Math.sqrt(f.reduce((sum, v) => sum + v * v, 0)));
  const gram = new Float64Array(sets.length ** 2);
  members.forEach((f, i) =>
    members.forEach((g, j) => {
      if (j > i) return;
      const cosine = f.reduce((sum, v, s) => sum + v * g[s], 0) / (norms[i] * norms[j]);
      gram[i * sets.length + j] = cosine;
      gram[j * sets.length + i] = cosine;
    }),
  );
  return sets.length / rayleighEstimate(gram, sets.length);
}

/** All k-subsets of 0..m-1. */
const subsets = (m: number, k: number): number[][] =>
  Array.from({ length: 2 ** m }, (_, word) =>
    Array.from({ length: m }, (__, i) => i).filter((i) => (word >>> i) & 1),
  ).filter((set) => set.length === k);
