/** When a trained student counts as having learned its target, and when it is at chance. */

export type Verdict = "learned" | "partly" | "at chance";

/** The quantile of the standard normal law for the 99 % interval that decides "at chance". */
const z99 = 2.5758293035489;

/** Learned: accuracy above 0.95. At chance: the 99 % interval of the accuracy holds the majority baseline. */
export function verdictOf(accuracy: number, standardError: number, baseline: number): Verdict {
  if (accuracy > 0.95) return "learned";
  return Math.abs(accuracy - baseline) <= z99 * standardError ? "at chance" : "partly";
}
