/** A learner that is bound by no certificate here, given more and more examples. */

import { learnerById } from "../../../src/learner/index.ts";
import { instanceOf, type InstanceSpec } from "./instance.ts";

export interface EscapeSpec extends InstanceSpec {
  readonly learner: string;
  /** Numbers of examples, each larger than the one before. */
  readonly counts: readonly number[];
}

export interface EscapePoint {
  readonly samples: number;
  readonly explained: number | null;
  readonly accuracy: number | null;
  readonly exact: boolean;
  readonly found: string;
  /** Independent equations, of a learner that solves such. */
  readonly rank: number | null;
}

export interface EscapeEnd {
  /** What is hidden, as the command line shows it. */
  readonly hidden: string;
  readonly summary: string;
}

export async function escape(spec: EscapeSpec, tell: (point: EscapePoint) => void): Promise<EscapeEnd> {
  const { family, instance } = instanceOf(spec);
  const learner = learnerById(spec.learner);
  const refusal = learner.refusal(family, instance.params);
  if (refusal !== null) throw new Error(`${spec.learner} makes no sense here: ${refusal}`);
  for (const samples of spec.counts) {
    const { final, exact, recovered, details } = await learner.learn({
      family,
      instance,
      easy: false,
      seed: spec.seed,
      options: { samples },
    });
    const { explainedVariance: explained, accuracy } = final;
    const found = recovered === null ? "nothing" : brief(recovered);
    const rank = typeof details?.rank === "number" ? details.rank : null;
    tell({ samples, explained, accuracy, exact, found, rank });
  }
  return { hidden: brief(instance.hidden), summary: learner.summary };
}

/** For a reader: names with what they hold, numbers to three digits, long lists cut. */
function brief(value: unknown): string {
  if (typeof value === "number") return String(Number(value.toPrecision(3)));
  if (Array.isArray(value)) {
    const shown = value.slice(0, most).map(brief);
    return `(${[...shown, ...(value.length > most ? ["…"] : [])].join(", ")})`;
  }
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([name, inner]) => `${name} ${brief(inner)}`)
    .join(", ");
}

/** Entries of a list that are shown. */
const most = 20;
