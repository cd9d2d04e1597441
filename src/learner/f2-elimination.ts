/**
 * Gaussian elimination over F_2 on the parity vector pi(x): the escape from SQ hardness that is not an SQ algorithm.
 *
 * With noiseless labels any (S, b) consistent with m samples errs on a fresh example with expected probability at most
 * dim/(m+1), dim the dimension of the affine span of pi (n-1 with the constant for undirected graphs, N+1 directed): by
 * exchangeability at most dim of m+1 examples can be the one that raises the rank of the others.
 */

import type { JsonObject } from "../base/checked.ts";
import { foldIn } from "../base/random.ts";
import { sampleDegrees } from "../distribution/erdos-renyi.ts";
import type { Instance } from "../family/instance.ts";
import type { Parities, ParityFunction } from "../family/parities.ts";
import { signExplained, type Judged } from "./evaluate.ts";
import { defineLearner, capability, onlyWith } from "./learner.ts";

/** What Gaussian elimination over F_2 has found, and how sure it is. */
export interface EliminationResult {
  readonly samples: number;
  /** Rank of the observed (pi, 1). */
  readonly rank: number;
  /** False when the labels contradict each other (label noise): the method then says nothing. */
  readonly consistent: boolean;
  /** A consistent parity in the family's own terms, null when inconsistent. */
  readonly found: JsonObject | null;
  readonly testAccuracy: number | null;
  readonly testSamples: number;
  /** Upper bound on the expected error on a fresh example; 1 when it says nothing. */
  readonly expectedErrorBound: number;
  /** Whether the found set is equivalent to the hidden one (same function). */
  readonly exact: boolean;
}

/**
 * Rows (pi, 1 | y) over F_2, packed 32 to a word, each in the memory of the one before.
 * @param columns of pi and the constant together
 */
function* rows(vectors: Uint8Array, columns: number, labels: ArrayLike<number>): Generator<Uint32Array> {
  const row = new Uint32Array((columns + 1 + 31) >>> 5);
  const one = columns - 1;
  for (let x = 0, at = 0; x < labels.length; x++) {
    for (let w = 0, j = 0; w < row.length; w++) {
      let word = 0;
      for (const end = Math.min(one, 32 * (w + 1)); j < end; j++, at++) word |= vectors[at] << (j & 31);
      row[w] = word;
    }
    row[one >>> 5] |= 1 << (one & 31);
    if (labels[x] < 0) row[columns >>> 5] |= 1 << (columns & 31);
    yield row;
  }
}

/** (-1)^(b + <s, pi>) of each vector. */
function parityOf({ set, bit }: ParityFunction, vectors: Uint8Array): Int8Array {
  const columns = set.length;
  const signs = new Int8Array(vectors.length / columns);
  for (let x = 0, at = 0; x < signs.length; x++) {
    let odd = bit;
    for (let j = 0; j < columns; j++, at++) odd ^= set[j] & vectors[at];
    signs[x] = 1 - 2 * odd;
  }
  return signs;
}

const bitOf = (row: Uint32Array, at: number): number => (row[at >>> 5] >>> (at & 31)) & 1;

/** The lowest bit that is 1, infinite where none is. */
function firstOne(row: Uint32Array): number {
  for (let w = 0; w < row.length; w++) if (row[w] !== 0) return 32 * w + 31 - Math.clz32(row[w] & -row[w]);
  return Infinity;
}

/**
 * Solves for a consistent (S, b) from rows (x, 1 | y); null when there is none.
 * @param equations are written into; what is kept of them is copied
 */
export function eliminate(
  equations: Iterable<Uint32Array>,
  columns: number,
): { rank: number; solution: Uint8Array | null } {
  const pivots: { readonly at: number; readonly row: Uint32Array }[] = [];
  const addWhere = (at: number, row: Uint32Array, to: Uint32Array): void => {
    if (bitOf(to, at) === 1) for (let w = 0; w < to.length; w++) to[w] ^= row[w];
  };
  for (const row of equations) {
    for (let k = 0; k < pivots.length; k++) addWhere(pivots[k].at, pivots[k].row, row);
    const at = firstOne(row);
    if (at > columns) continue;
    if (at === columns) return { rank: pivots.length, solution: null };
    for (const pivot of pivots) addWhere(at, row, pivot.row);
    pivots.push({ at, row: row.slice() });
  }
  // Reduced form: with every free variable 0, a pivot variable is its row's right-hand side.
  const solution = new Uint8Array(columns);
  for (const { at, row } of pivots) solution[at] = bitOf(row, columns);
  return { rank: pivots.length, solution };
}

/**
 * Learns an instance from `samples` examples and tests on fresh ones.
 * @param options `noise` is the probability that a training label is flipped (0 by default); above 0 the method is
 * expected to break
 */
export function learnByElimination(
  parities: Parities,
  instance: Instance,
  options: {
    readonly samples: number;
    readonly testSamples: number;
    readonly noise?: number;
    readonly easy?: boolean;
    readonly judged?: Judged | undefined;
  },
): EliminationResult {
  const { samples, testSamples, noise = 0, easy = false } = options;
  const { columns, dimension } = parities.size(instance.params);
  const draw = (name: string, count: number) =>
    parities.sample(instance, foldIn(instance.key, name), count, easy);
  const train = draw("train", samples);
  if (noise > 0) {
    const coins = { n: 1, edges: "directed-loops", p: noise } as const;
    const flips = sampleDegrees(foldIn(instance.key, "label noise"), coins, samples);
    for (const [x, flip] of flips.entries()) if (flip === 1) train.labels[x] = -train.labels[x];
  }
  const { rank, solution } = eliminate(rows(train.vectors, columns + 1, train.labels), columns + 1);
  if (solution === null)
    return {
      samples,
      rank,
      consistent: false,
      found: null,
      testAccuracy: null,
      testSamples: 0,
      expectedErrorBound: 1,
      exact: false,
    };
  const found = { set: solution.subarray(0, columns), bit: solution[columns] };
  const test = draw("test", testSamples);
  const guess = parityOf(found, test.vectors);
  options.judged?.(guess, test.labels);
  const hits = test.labels.reduce((sum, y, x) => sum + (y === guess[x] ? 1 : 0), 0);
  return {
    samples,
    rank,
    consistent: true,
    found: parities.shown(found),
    testAccuracy: hits / testSamples,
    testSamples,
    expectedErrorBound: Math.min(1, dimension / (samples + 1)),
    exact: !easy && parities.same(instance, found),
  };
}

export const f2Elimination = defineLearner({
  id: "f2-elimination",
  summary:
    "Gaussian elimination over F_2 on degree-count parities; noiseless labels only, not an SQ algorithm",
  references: [],
  access: "samples",
  escape: "equations over F₂",
  rows: [{ label: "F2 elimination" }],
  options: ["samples", "noise"],
  budget: "20,000 samples",
  refusal: onlyWith("parities", "elimination over F_2 needs labels that are a parity of counts"),
  learn({ family, instance, easy, options, judged }) {
    const r = learnByElimination(capability(family, "parities"), instance, {
      samples: options.samples ?? 20_000,
      testSamples: 20_000,
      noise: options.noise,
      easy,
      judged,
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
      recovered: r.found,
      exact: r.exact,
      details: { consistent: r.consistent, rank: r.rank },
    });
  },
});
