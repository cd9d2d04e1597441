/** When a trained student counts as having learned its target, and when it is at chance. */

export type Verdict = "learned" | "partly" | "at chance" | "diverged";

/** What a verdict on a student of labels +-1 needs of its evaluation. */
export interface Judged {
  readonly accuracy: number | null;
  readonly standardError: number | null;
  readonly baselineAccuracy: number | null;
}

/** The quantile of the standard normal law for the 99 % interval that decides "at chance". */
const z99 = 2.5758293035489;

/**
 * Learned: accuracy above 0.95. At chance: the 99 % interval of the accuracy holds the majority baseline. Diverged:
 * there is no hypothesis to have one.
 */
export function verdictOf({ accuracy, standardError, baselineAccuracy: baseline }: Judged): Verdict {
  if (accuracy === null || standardError === null || baseline === null) return "diverged";
  if (accuracy > 0.95) return "learned";
  return Math.abs(accuracy - baseline) <= z99 * standardError ? "at chance" : "partly";
}
