/**
 * The adversary of the lower bound: it has no target, and answers so that as many members of an explicit family as
 * possible stay consistent with everything it has said.
 *
 * A member survives an answer v to a query h if |v - <h, f_i>| <= tau ||h||. The adversary takes the v that most
 * survivors survive, and among equals the one nearest 0. Answering 0 would exclude fewer than lambda / tau^2 members,
 * lambda the largest eigenvalue of the family's Gram matrix under the played law, as sum_i <h, f_i>^2 <= lambda
 * ||h||^2; the best answer excludes no more. So after t queries more than D - t lambda / tau^2 members are left
 * (`excludedAtMost`), and at any time every answer is within the tolerance of the truth for every survivor: any of
 * them may be the target.
 */

import { oracleOf, type Oracle, type QueryBlock } from "./oracle.ts";
import type { Members } from "./members.ts";
import { moments } from "./population.ts";

/** An oracle that fixes no target before it has to, and who is left to be it. */
export interface Adversary {
  /** What the learner gets. */
  readonly oracle: Oracle;
  /** Members consistent with every answer, by index. */
  survivors(): number[];
  /** Number of survivors before the first query and after each one. */
  readonly history: readonly number[];
}

/** Left between an answer's distance from a survivor's correlation and the tolerance, for rounding. */
const SLACK = 1e-9;

/** @param signs whether members take the values +-1 only, so that statistics may be asked */
export function adversary(members: Members, tolerance: number, signs: boolean): Adversary {
  const { population } = members;
  let alive = Int32Array.from({ length: members.count }, (_, i) => i);
  const history = [alive.length];
  const oracle = oracleOf({
    tolerance,
    signs,
    async respond(block: QueryBlock, scale) {
      const allowed = scale === "norm" ? members.lost * tolerance : 0;
      const { inner, norms, errors } = await members.correlate(block, allowed);
      const answers = new Float64Array(block.count);
      for (let q = 0; q < block.count; q++) {
        const row = inner.subarray(q * members.count, (q + 1) * members.count);
        const reach = (tolerance - SLACK) * (scale === "norm" ? norms[q] : 1) - (errors?.[q] ?? 0);
        answers[q] = bestAnswer(row, alive, reach);
        alive = alive.filter((i) => Math.abs(row[i] - answers[q]) <= reach);
        history.push(alive.length);
      }
      return { inner: answers, norms };
    },
    expectations: async (block) => (await moments(population, block, null)).means,
  });
  return { oracle, survivors: () => Array.from(alive), history };
}

/** The v with most values row[i], i alive, in [v - reach, v + reach]; of several the one nearest 0. */
export function bestAnswer(row: Float64Array, alive: Int32Array, reach: number): number {
  if (alive.every((i) => Math.abs(row[i]) <= reach)) return 0;
  const sorted = Float64Array.from(alive, (i) => row[i]).sort();
  let [best, most] = [0, sorted.reduce((n, x) => n + (Math.abs(x) <= reach ? 1 : 0), 0)];
  for (let first = 0, end = 0; first < sorted.length; first++) {
    // the widest group that begins here and fits into one answer
    while (end < sorted.length && sorted[end] - sorted[first] <= 2 * reach * (1 - 1e-12)) end++;
    const kept = end - first;
    if (kept < most) continue;
    // v anywhere in [last - reach, first + reach] keeps the group
    const v = nearestZero(sorted[end - 1] - reach, sorted[first] + reach, 1e-12 * reach);
    if (kept > most || Math.abs(v) < Math.abs(best)) [best, most] = [v, kept];
  }
  return best;
}

/** The point of [low, high] nearest 0, `inset` from the ends where there is room. */
function nearestZero(low: number, high: number, inset: number): number {
  const middle = (low + high) / 2;
  if (low > 0) return Math.min(low + inset, middle);
  if (high < 0) return Math.max(high - inset, middle);
  return 0;
}

/**
 * The most members one query can exclude: the largest integer below lambda / tau^2. Where correlations err by e, of
 * which the adversary stays clear, one excluded by the answer 0 still correlates by more than tau - 2 e.
 * @param lost largest e as a share of the tolerance
 */
export const excludedAtMost = (lambda: number, tolerance: number, lost = 0): number =>
  Math.ceil(lambda / (tolerance * (1 - 2 * lost) - SLACK) ** 2) - 1;
