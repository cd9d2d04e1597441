/** A learner that is bound by no certificate here, given more and more examples. */

import { learnerById } from "../../../src/learner/index.ts";
import { instanceOf, type InstanceSpec } from "./instance.ts";

export interface EscapeSpec extends InstanceSpec {
  readonly learner: string;
  /** Numbers of examples, rising. */
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
  for (const samples of new Set(spec.counts)) {
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

/** Numbers to three digits, long texts cut. */
function brief(value: unknown): string {
  const text = JSON.stringify(value, (_, v: unknown) =>
    typeof v === "number" ? Number(v.toPrecision(3)) : v,
  );
  return text.length > 160 ? `${text.slice(0, 157)}...` : text;
}
