/**
 * What a grade says, alone and beside the certificate and the budget of a training. The certificate speaks of learners
 * that ask for correlations with the label within a tolerance and survive every answer; of what has learned from
 * samples it says how many such questions would have been needed.
 */

import type { Budget } from "../query/budget.ts";
import type { Grade } from "./grade.ts";

/** Of a target that is the same for all inputs nothing can be learned, and nothing told of whoever predicts it. */
export type Verdict = "learned" | "partly" | "at chance" | "constant target";

/** What a grade says: learned where half the variance is surely explained, at chance where none of it surely is. */
export function verdict({ low, control: { p } }: Grade): Exclude<Verdict, "constant target"> {
  if (low > 0.5) return "learned";
  return low > 0 && p < 0.05 ? "partly" : "at chance";
}

/** What the certificate of the hard target states. */
export interface Needed {
  /** Queries that a learner from correlations needs for a correlation above `rho`. */
  readonly queries: string;
  readonly tau: number;
  readonly rho: number;
  readonly vacuous: boolean;
  readonly model: string;
}

/** The budget of a training in the certificate's terms, a heuristic: sampling noise is no adversary. */
export type Held = Pick<Budget, "queries" | "tolerance" | "certified" | "position">;

/**
 * One sentence about what has been reached against what is certified.
 * @param needed null for the twin, and where no certificate is at hand
 * @param held null where the budget was not said
 */
export function against(reached: Verdict, needed: Needed | null, held: Held | null): string | null {
  if (needed === null || reached === "constant target") return null;
  if (needed.vacuous) return "The certificate is vacuous at this size: it excludes nothing.";
  const { queries, tau, rho, model } = needed;
  const asked = queries === "1" ? "1 query" : `${queries} queries`;
  const states = `${asked} of tolerance ${tau} for a correlation above ${rho} (${model})`;
  if (held === null)
    return `Learners from correlations need ${states}; --steps and --parameters hold a training's budget against it.`;
  if (held.position === "vacuous")
    return `At the tolerance ${held.tolerance.toPrecision(3)} of such a batch the certificate excludes nothing.`;
  const tolerance = held.certified.tolerance.toPrecision(3);
  const below = held.position === "below";
  const counted = [
    `T P = ${held.queries} queries are ${below ? "fewer than" : "not fewer than"}`,
    `the ${held.certified.queries} needed at tolerance ${tolerance}`,
  ].join(" ");
  return `${counted}: ${meaning(reached, below)}.`;
}

function meaning(reached: Verdict, below: boolean): string {
  if (reached === "at chance")
    return below
      ? "the failure is what the certificate leads to expect"
      : "the certificate does not explain the failure";
  return below
    ? "what learned this asked for more than correlations with the label"
    : "correlations may have been enough";
}
