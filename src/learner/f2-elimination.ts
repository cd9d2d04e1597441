/**
 * Gaussian elimination over F_2 on the parity vector pi(A): the escape from SQ hardness that is not an SQ algorithm.
 *
 * With noiseless labels any (S, b) consistent with m samples errs on a fresh graph with expected probability at most
 * dim/(m+1), dim the dimension of the affine span of pi (n-1 with the constant for undirected graphs, N+1 directed): by
 * exchangeability at most dim of m+1 examples can be the one that raises the rank of the others.
 */

import type { Json } from "../base/json.ts";
import { foldIn } from "../base/random.ts";
import { largestDegree, sampleDegrees, type GraphLaw } from "../distribution/erdos-renyi.ts";
import type { Instance } from "../family/family.ts";
import { equivalentSets } from "../family/gnn-degree-parity/family.ts";
import { signExplained } from "./evaluate.ts";
import { defineLearner, onlyFor } from "./learner.ts";

export interface EliminationResult {
  readonly samples: number;
  /** Rank of the observed (pi, 1). */
  readonly rank: number;
  /** False when the labels contradict each other (label noise): the method then says nothing. */
  readonly consistent: boolean;
  /** A consistent set of degrees and bit, null when inconsistent. */
  readonly found: { readonly degrees: readonly number[]; readonly bit: number } | null;
  readonly testAccuracy: number | null;
  readonly testSamples: number;
  /** Upper bound on the expected error on a fresh graph; 1 when it says nothing. */
  readonly expectedErrorBound: number;
  /** Whether the found set is equivalent to the hidden one (same function). */
  readonly exact: boolean;
}

const graphLaw = (instance: Instance): GraphLaw => instance.params as unknown as GraphLaw;

/** Rows (pi_0..pi_N, 1 | y) over F_2, packed 32 to a word. */
function* rows(
  degrees: Uint16Array,
  n: number,
  columns: number,
  labels: ArrayLike<number>,
): Generator<Uint32Array> {
  const words = (columns + 1 + 31) >>> 5;
  for (let g = 0; g < labels.length; g++) {
    const row = new Uint32Array(words);
    for (let i = g * n; i < (g + 1) * n; i++) row[degrees[i] >>> 5] ^= 1 << (degrees[i] & 31);
    const one = columns - 1;
    row[one >>> 5] |= 1 << (one & 31);
    if (labels[g] < 0) row[columns >>> 5] |= 1 << (columns & 31);
    yield row;
  }
}

const bitOf = (row: Uint32Array, at: number): number => (row[at >>> 5] >>> (at & 31)) & 1;

/** Solves for a consistent (S, b) from rows (x, 1 | y); null when there is none. */
export function eliminate(
  equations: Iterable<Uint32Array>,
  columns: number,
): { rank: number; solution: Uint8Array | null } {
  const pivots: { at: number; row: Uint32Array }[] = [];
  for (const row of equations) {
    for (const pivot of pivots)
      if (bitOf(row, pivot.at) === 1) for (let w = 0; w < row.length; w++) row[w] ^= pivot.row[w];
    let at = 0;
    while (at <= columns && bitOf(row, at) === 0) at++;
    if (at > columns) continue;
    if (at === columns) return { rank: pivots.length, solution: null };
    for (const pivot of pivots)
      if (bitOf(pivot.row, at) === 1) for (let w = 0; w < row.length; w++) pivot.row[w] ^= row[w];
    pivots.push({ at, row });
  }
  // Reduced form: with every free variable 0, a pivot variable is its row's right-hand side.
  const solution = new Uint8Array(columns);
  for (const { at, row } of pivots) solution[at] = bitOf(row, columns);
  return { rank: pivots.length, solution };
}

/**
 * Learns an instance from `samples` graphs and tests on fresh ones.
 * @param noise probability that a training label is flipped (0 by default); above 0 the method is expected to break
 */
export function learnByElimination(
  instance: Instance,
  options: {
    readonly samples: number;
    readonly testSamples: number;
    readonly noise?: number;
    readonly easy?: boolean;
  },
): EliminationResult {
  const law = graphLaw(instance);
  const { n, edges } = law;
  const columns = largestDegree(law) + 2;
  const { degrees: set, bit } = instance.hidden as { degrees: number[]; bit: number };
  const { median } = instance.facts as { median: number };
  const counted = (
    degrees: Uint16Array,
    members: readonly number[],
    sign: (m: number) => number,
  ): Int8Array =>
    Int8Array.from({ length: degrees.length / n }, (_, g) => {
      let m = 0;
      for (let i = g * n; i < (g + 1) * n; i++) if (members.includes(degrees[i])) m++;
      return sign(m);
    });
  const parityOf =
    (b: number) =>
    (m: number): number =>
      1 - 2 * ((m + b) & 1);
  const target = options.easy === true ? (m: number): number => (m >= median ? 1 : -1) : parityOf(bit);
  const train = sampleDegrees(foldIn(instance.key, "train"), law, options.samples);
  const labels = counted(train, set, target);
  const noise = options.noise ?? 0;
  if (noise > 0) {
    const flips = sampleDegrees(foldIn(instance.key, "label noise"), { n: 1, edges: "directed-loops", p: noise }, options.samples); // prettier-ignore
    flips.forEach((flip, g) => (labels[g] = flip === 1 ? -labels[g] : labels[g]));
  }
  const { rank, solution } = eliminate(rows(train, n, columns, labels), columns);
  // The span of (pi, 1) for undirected graphs has dimension n-1, for directed ones N+1.
  const dimension = edges === "undirected" ? n - 1 : largestDegree(law) + 1;
  const expectedErrorBound = Math.min(1, dimension / (options.samples + 1));
  if (solution === null)
    return { samples: options.samples, rank, consistent: false, found: null, testAccuracy: null, testSamples: 0, expectedErrorBound: 1, exact: false }; // prettier-ignore
  const foundBit = solution[columns - 1];
  const degrees = Array.from({ length: columns - 1 }, (_, j) => j).filter((j) => solution[j] === 1);
  const test = sampleDegrees(foldIn(instance.key, "test"), law, options.testSamples);
  const [truth, guess] = [counted(test, set, target), counted(test, degrees, parityOf(foundBit))];
  const hits = truth.reduce((sum, y, g) => sum + (y === guess[g] ? 1 : 0), 0);
  const member = new Uint8Array(columns - 1);
  for (const j of degrees) member[j] = 1;
  const same = equivalentSets(member, edges).some((s) => set.length === s.reduce((a, b) => a + b, 0) && set.every((j) => s[j] === 1)); // prettier-ignore
  return {
    samples: options.samples,
    rank,
    consistent: true,
    found: { degrees, bit: foundBit },
    testAccuracy: hits / options.testSamples,
    testSamples: options.testSamples,
    expectedErrorBound,
    exact: same && options.easy !== true,
  };
}

export const f2Elimination = defineLearner({
  id: "f2-elimination",
  summary:
    "Gaussian elimination over F_2 on degree-count parities; noiseless labels only, not an SQ algorithm",
  access: "samples",
  options: ["samples", "noise"],
  budget: "20,000 samples",
  refusal: onlyFor(["gnn-degree-parity"], "elimination over F_2 needs labels that are a parity of counts"),
  learn({ instance, easy, options }) {
    const r = learnByElimination(instance, {
      samples: options.samples ?? 20_000,
      testSamples: 20_000,
      noise: options.noise,
      easy,
    });
    const { mean } = easy ? instance.easy : instance.hard;
    return Promise.resolve({
      queries: null,
      samples: r.samples,
      final: {
        accuracy: r.testAccuracy,
        explainedVariance: signExplained(r.testAccuracy, mean.value),
        testSamples: r.testSamples,
        expectedErrorBound: r.expectedErrorBound,
      },
      recovered: r.found as Record<string, Json> | null,
      exact: r.exact,
      details: { consistent: r.consistent, rank: r.rank },
    });
  },
});
