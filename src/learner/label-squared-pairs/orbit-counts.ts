/**
 * How many r-sets of each orbit lie in the hidden set, estimated from squares of the labels: for the orbit O of
 * r-sets and psi_O = |O|^(-1/2) sum over T in O of prod_{i in T} h_2(x_i), of norm 1,
 *
 *     E[f_S^2 psi_O] / E[f_S^2] = alpha_{k,r} #{T in O : T in S} / sqrt |O|
 *
 * exactly: products of different sets' parities are odd in a coordinate, so only the squares contribute. With x_a x_b
 * over an orbit O of pairs it is the other way round, only products of sets that differ in one point contribute, by
 * that pair: the statistic is beta_k #{T in the orbit of S : S and T differ by a pair in O} / sqrt |O|.
 */

import type { PermutationGroup } from "../../symmetry/groups.ts";
import { listSubsetOrbits, subsetCount } from "../../symmetry/subset-orbits.ts";
import type { Labelled } from "../batches.ts";

/** Orbits of r-sets of n points. */
export interface SetOrbits {
  readonly r: number;
  readonly n: number;
  readonly sizes: Float64Array;
  /** All r-sets, ascending, one after the other, orbit by orbit. */
  readonly sets: Int32Array;
  /** Orbit number of the ascending set i_1 < ... < i_r at i_1 n^(r-1) + ... + i_r. */
  readonly labels: Int32Array;
}

/** Most r-sets whose products are formed for every example, and entries of the table of labels. */
const SETS_LIMIT = 50_000;
const TABLE_LIMIT = 2 ** 24;

/** Null where there are too many. */
export function setOrbits(group: PermutationGroup, r: number): SetOrbits | null {
  const n = group.degree;
  if (subsetCount(n, r) > SETS_LIMIT || n ** r > TABLE_LIMIT) return null;
  const orbits = listSubsetOrbits(group, r);
  const labels = new Int32Array(n ** r).fill(-1);
  const sets = Int32Array.from(orbits.flatMap((orbit) => orbit.flatMap((set) => Array.from(set))));
  for (const [label, orbit] of orbits.entries())
    for (const set of orbit) labels[set.reduce((at, i) => at * n + i, 0)] = label;
  return { r, n, sizes: Float64Array.from(orbits, (o) => o.length), sets, labels };
}

/** A statistic: products of h_2(x_i) over orbits of sets, or of x_i itself. */
export interface OrbitStatistic {
  readonly orbits: SetOrbits;
  readonly of: "squares" | "signs";
  /** What one count is worth: alpha_{k,r}, or beta_k. */
  readonly moment: number;
}

/** An estimate of each orbit's count, with its standard error. */
export interface OrbitCounts extends SetOrbits {
  readonly counts: Float64Array;
  readonly errors: Float64Array;
}

/**
 * @param labelled examples x, rows of n numbers, with their labels, chunk after chunk
 * @param noise standard deviation of label noise over that of the labels
 */
export async function countOrbits(
  all: readonly OrbitStatistic[],
  labelled: Iterable<Labelled>,
  noise: number,
  progress: (examples: number) => Promise<void>,
): Promise<OrbitCounts[]> {
  const sums = all.map(({ orbits }) => new Float64Array(orbits.sizes.length));
  const squares = all.map(({ orbits }) => new Float64Array(orbits.sizes.length));
  let [examples, power] = [0, 0];
  let centre: number | undefined;
  for (const { samples, labels } of labelled) {
    const n = samples.data.length / samples.count;
    const [x, h] = [new Float64Array(n), new Float64Array(n)];
    // E psi = 0: taking something like the mean off y^2 changes no expectation and lowers the variance
    centre ??= labels.reduce((sum, y) => sum + y * y, 0) / labels.length;
    for (let e = 0; e < samples.count; e++) {
      const square = labels[e] * labels[e];
      power += square;
      for (let i = 0; i < n; i++) {
        x[i] = samples.data[e * n + i];
        h[i] = (x[i] ** 2 - 1) / Math.SQRT2;
      }
      for (const [o, { orbits, of }] of all.entries())
        addExample(orbits, of === "signs" ? x : h, square - centre, sums[o], squares[o]);
    }
    examples += samples.count;
    await progress(examples);
  }
  const clean = power / examples / (1 + noise * noise); // E f^2
  return all.map(({ orbits, moment }, o) => {
    const scale = (size: number): number => Math.sqrt(size) / (moment * clean);
    const means = sums[o].map((sum) => sum / examples);
    return {
      ...orbits,
      counts: means.map((m, i) => m * scale(orbits.sizes[i])),
      errors: means.map(
        (m, i) => Math.sqrt((squares[o][i] / examples - m * m) / examples) * scale(orbits.sizes[i]),
      ),
    };
  });
}

/** Adds weight x psi_O, and its square, for every orbit. */
function addExample(
  { r, n, sizes, sets, labels }: SetOrbits,
  factors: Float64Array,
  weight: number,
  sums: Float64Array,
  squares: Float64Array,
): void {
  const psi = new Float64Array(sizes.length);
  for (let at = 0; at < sets.length; at += r) {
    let [product, label] = [1, 0];
    for (let i = at; i < at + r; i++) {
      product *= factors[sets[i]];
      label = label * n + sets[i];
    }
    psi[labels[label]] += product;
  }
  for (let o = 0; o < psi.length; o++) {
    const value = (weight * psi[o]) / Math.sqrt(sizes[o]);
    sums[o] += value;
    squares[o] += value * value;
  }
}
