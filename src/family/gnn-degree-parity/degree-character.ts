/**
 * E chi_S, the mean of (-1)^{sum over S of c_j}, for degree sets S: the Fourier coefficients of the law of pi, found
 * without ever forming a parity vector. This is the verifier's route, so it shares nothing with `degree-law.ts`: it
 * runs backwards (value of a histogram = expected sign of what is still to come), carries signed numbers, takes the
 * vertex whose partial degree is farthest from the mean (fewest moves between histograms), and numbers histograms by
 * the combinatorial number system of their sorted values.
 *
 * Directed graphs: the out-degrees are independent, E chi_S = (1 - 2 Pr[Bin(N, p) in S])^n.
 */

import { binomialLaw, complementary, integerPower } from "../../numeric/binomial.ts";
import { unitRoundoff } from "../../numeric/rounding.ts";
import { runNow, type OnProgress, type Progress } from "../../base/progress.ts";
import { largestDegree, type GraphLaw } from "../../distribution/erdos-renyi.ts";

export interface CharacterMeans {
  readonly values: Float64Array;
  /** Bound on the absolute error of each, counting the roundings made. */
  readonly absoluteError: number;
}

/** Undirected graphs up to this order are done at once (seconds at 18); beyond, sample. */
export const largestCharacterOrder = 18;

/** E chi_S for one set of degrees, or null where an undirected graph is too large for the exact pass. */
export function characterMean(law: GraphLaw, set: readonly number[]): number | null {
  if (law.edges !== "undirected") return directedCharacterMean(law, set).value;
  if (law.n > largestCharacterOrder) return null;
  return characterMeans(law.n, law.p, [set.reduce((mask, j) => mask | (1 << j), 0)]).values[0];
}

/** The closed form, with a bound on its absolute error. */
export function directedCharacterMean(
  law: GraphLaw,
  set: Iterable<number>,
): { readonly value: number; readonly absoluteError: number } {
  const { probabilities, errors } = binomialLaw(largestDegree(law), law.p);
  let [sum, error, terms] = [0, 0, 2];
  for (const j of set) {
    sum += probabilities[j];
    error += errors[j];
    terms++;
  }
  const base = Math.min(1, Math.max(-1, 1 - 2 * sum));
  const off = 2 * error + 2 * (terms + 1) * unitRoundoff;
  const slope = law.n * integerPower(Math.min(1, Math.abs(base) + off), law.n - 1);
  const value = integerPower(base, law.n);
  return { value, absoluteError: 1.01 * (slope * off + law.n * unitRoundoff * Math.abs(value)) };
}

/** The means at once; `characterMeansSteps` is the same with pauses. */
export const characterMeans = (
  n: number,
  p: number,
  sets: ArrayLike<number>,
  onProgress?: OnProgress,
): CharacterMeans => runNow(characterMeansSteps(n, p, sets), onProgress);

/**
 * E chi_S of the undirected law for many sets.
 * @param sets bit masks: bit j of a mask says whether the degree j belongs to S
 */
export function* characterMeansSteps(
  n: number,
  p: number,
  sets: ArrayLike<number>,
): Generator<Progress, CharacterMeans> {
  const { p: edge, q: none } = complementary(p);
  const values = new Float64Array(sets.length);
  let absoluteError = 0;
  for (let from = 0; from < sets.length; from += batch) {
    const some = Array.from({ length: Math.min(batch, sets.length - from) }, (_, i) => sets[from + i]);
    const signs = signTable(n, some);
    let means: Float64Array = new Float64Array(some.length).fill(1);
    let roundings: Float64Array = new Float64Array(1);
    for (let t = n - 1; t >= 0; t--) {
      [means, roundings] = backwards(n, t, edge, none, signs, some.length, means, roundings);
      yield { what: "Fourier coefficients", done: from + (some.length * (n - t)) / n, total: sets.length };
    }
    values.set(means, from);
    absoluteError = Math.max(absoluteError, 1.01 * roundings[0] * unitRoundoff);
  }
  return { values, absoluteError };
}

/** Sets carried together: the values of a layer (at most C(15, 7) histograms) stay within 14 MB. */
const batch = 256;

/** signs[degree * sets + i] = -1 if the degree is in set i, else 1. */
function signTable(n: number, sets: readonly number[]): Float64Array {
  return Float64Array.from({ length: n * sets.length }, (_, k) => {
    const degree = Math.floor(k / sets.length);
    return ((sets[k % sets.length] >>> degree) & 1) === 1 ? -1 : 1;
  });
}

/**
 * One layer backwards: for each histogram of r = n - t vertices with partial degrees 0..t, the expected sign of the
 * degrees they end with. Also the roundings behind it, in units of 2^-53: the average over the moves of what
 * the targets carry, and on top one a term, the powers' and the products' own.
 */
function backwards(
  n: number,
  t: number,
  p: number,
  q: number,
  signs: Float64Array,
  sets: number,
  later: Float64Array,
  laterRoundings: Float64Array,
): [Float64Array, Float64Array] {
  const r = n - t;
  const histograms = Math.round(combinations(n, r));
  const means = new Float64Array(histograms * sets);
  const roundings = new Float64Array(histograms);
  const moves = movesFrom(r);
  const [edge, none] = [powers(p, r), powers(q, r)];
  const weights = new Float64Array(2 ** Math.max(0, r - 1));
  let at = 0;
  forEachHistogram(r, t, (values) => {
    const { count, rank, drawn, ways, taken } = moves(values);
    let off = 0;
    for (let k = 0; k < count; k++) {
      weights[k] = ways[k] * (edge[drawn[k]] * none[r - 1 - drawn[k]]);
      off += weights[k] * laterRoundings[rank[k]];
    }
    gather(means, at * sets, sets, later, signs, taken, drawn, count, rank, weights);
    roundings[at] = off + count + 2 * r + 4;
    at++;
  });
  return [means, roundings];
}

/**
 * Adds the signed, weighted rows of all moves to one histogram's means, `width` numbers from `at` on: the inner loop,
 * four moves at a time.
 */
function gather(
  into: Float64Array,
  at: number,
  width: number,
  rows: Float64Array,
  signs: Float64Array,
  taken: number,
  drawn: Int32Array,
  count: number,
  rank: Int32Array,
  weights: Float64Array,
): void {
  // variables one by one: a single set is done before what would spare the arrays of a destructuring is compiled
  let k = 0;
  for (; k + 4 <= count; k += 4) {
    const wa = weights[k];
    const wb = weights[k + 1];
    const wc = weights[k + 2];
    const wd = weights[k + 3];
    const a = rank[k] * width;
    const b = rank[k + 1] * width;
    const c = rank[k + 2] * width;
    const d = rank[k + 3] * width;
    const sa = (taken + drawn[k]) * width;
    const sb = (taken + drawn[k + 1]) * width;
    const sc = (taken + drawn[k + 2]) * width;
    const sd = (taken + drawn[k + 3]) * width;
    for (let i = 0; i < width; i++)
      into[at + i] +=
        wa * (signs[sa + i] * rows[a + i]) +
        wb * (signs[sb + i] * rows[b + i]) +
        (wc * (signs[sc + i] * rows[c + i]) + wd * (signs[sd + i] * rows[d + i]));
  }
  for (; k < count; k++) {
    const weight = weights[k];
    const a = rank[k] * width;
    const sa = (taken + drawn[k]) * width;
    for (let i = 0; i < width; i++) into[at + i] += weight * (signs[sa + i] * rows[a + i]);
  }
}

/** Calls back with the sorted values of each multiset of r values 0..largest, in the order of their rank. */
function forEachHistogram(r: number, largest: number, visit: (values: Int32Array) => void): void {
  const values = new Int32Array(r);
  for (;;) {
    visit(values);
    let i = 0;
    // raise the lowest value that is below its successor, reset those before it
    while (i < r - 1 && values[i] === values[i + 1]) i++;
    if (i === r - 1 && values[i] === largest) return;
    values[i]++;
    values.fill(0, 0, i);
  }
}

interface Moves {
  count: number;
  /** The vertex's partial degree; a move ends it at taken + drawn. */
  taken: number;
  readonly rank: Int32Array;
  readonly drawn: Int32Array;
  readonly ways: Float64Array;
}

/**
 * The moves from histograms of r vertices. The taken vertex aside, the others keep their sorted order when some of
 * each group of equal values are raised by one, so a target's rank is a sum over groups of a term that depends on the
 * group and on how many of it are raised.
 */
function movesFrom(r: number): (values: Int32Array) => Moves {
  const most = 2 ** Math.max(0, r - 1);
  const [rank, drawn, ways] = [new Int32Array(most), new Int32Array(most), new Float64Array(most)];
  const rest = new Int32Array(Math.max(0, r - 1));
  const moves: Moves = { count: 0, taken: 0, rank, drawn, ways };
  return (values) => {
    let sum = 0;
    for (let i = 0; i < r; i++) sum += values[i];
    // sorted, so one of the two ends is farthest from the mean
    const low = sum - r * values[0] > r * values[r - 1] - sum;
    moves.taken = low ? values[0] : values[r - 1];
    for (let i = 0; i < r - 1; i++) rest[i] = values[low ? i + 1 : i];
    rank[0] = 0;
    drawn[0] = 0;
    ways[0] = 1;
    let count = 1;
    for (let from = 0; from < r - 1;) {
      const x = rest[from];
      let to = from + 1;
      while (to < r - 1 && rest[to] === x) to++;
      const m = to - from;
      let unraised = 0;
      for (let i = from; i < to; i++) unraised += combinations(x + i, i + 1);
      let term = unraised;
      const before = count;
      for (let up = 1; up <= m; up++) {
        // the up-th from the top of the group is raised from x to x + 1
        term += combinations(x + 1 + to - up, to - up + 1) - combinations(x + to - up, to - up + 1);
        const factor = combinations(m, up);
        for (let k = 0; k < before; k++) {
          rank[count] = rank[k] + term;
          drawn[count] = drawn[k] + up;
          ways[count++] = ways[k] * factor;
        }
      }
      for (let k = 0; k < before; k++) rank[k] += unraised;
      from = to;
    }
    moves.count = count;
    return moves;
  };
}

function powers(x: number, count: number): Float64Array {
  const table = new Float64Array(count).fill(1);
  for (let k = 1; k < count; k++) table[k] = table[k - 1] * x;
  return table;
}

/** Pascal's triangle, flat: 64 rows of 64. */
const triangle = new Float64Array(64 * 64);
for (let n = 0; n < 64; n++) {
  triangle[n * 64] = 1;
  for (let k = 1; k <= n; k++)
    triangle[n * 64 + k] = triangle[(n - 1) * 64 + k - 1] + triangle[(n - 1) * 64 + k];
}
const combinations = (n: number, k: number): number => triangle[n * 64 + k];
