/** How well a quantity orders the runs by success. */

/** How well one drawn set S was learned, over the runs on it. */
export interface Outcome {
  readonly excess: number;
  readonly mu: number;
  readonly n: number;
}

type Comparable = (a: Outcome, b: Outcome) => boolean;

/** Sets of equal size: what mu tells beside n. */
export const equalN: Comparable = (a, b) => a.n === b.n;

/** How far apart two mu may be that count as equal. */
export const MU_CALIPER = 0.5;

/** Sets of nearly equal mu: what n tells beside mu. */
export const nearMu: Comparable = (a, b) => Math.abs(a.mu - b.mu) <= MU_CALIPER;

/** The set of smaller mu has the larger n, so that one of the two orders them wrongly. */
export const opposed: Comparable = (a, b) => (a.mu - b.mu) * (a.n - b.n) < 0;

/**
 * Of the pairs with different success and different predictor, those where the smaller predictor goes with the greater
 * success.
 * @param comparable compare only these pairs
 */
export function concordant(
  outcomes: readonly Outcome[],
  by: "mu" | "n",
  comparable: Comparable = () => true,
): { readonly right: number; readonly pairs: number } {
  let [right, pairs] = [0, 0];
  for (const [i, a] of outcomes.entries()) {
    for (const b of outcomes.slice(i + 1)) {
      if (a[by] === b[by] || Math.abs(a.excess - b.excess) < 0.02 || !comparable(a, b)) continue;
      pairs++;
      if (a[by] < b[by] === a.excess > b.excess) right++;
    }
  }
  return { right, pairs };
}

/** Concordance: the share of such pairs; 0.5 says the predictor tells nothing. NaN without any. */
export function concordance(outcomes: readonly Outcome[], by: "mu" | "n", comparable?: Comparable): number {
  const { right, pairs } = concordant(outcomes, by, comparable);
  return pairs === 0 ? NaN : right / pairs;
}
