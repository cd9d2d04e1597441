/**
 * Squared against absolute loss. The gradient of the squared loss asks correlational queries only; that of the absolute
 * loss weights examples by the sign of the residual, a non-linear function of the label, and so has the power of general
 * statistical queries (Joshi et al. 2024). On one term of degree 4 in Gaussian invariants the label's square says
 * something about single variables where its correlations with low degrees say nothing.
 */

import { familyById } from "../family/registry.ts";
import type { StoredRecord } from "./store.ts";
import { taskId, type Task } from "./task.ts";

export const comparedLosses = ["squared", "l1"] as const;
export type ComparedLoss = (typeof comparedLosses)[number];

const family = "invariant-polynomial";
const params = { invariants: "hermite", variables: 40, degree: 4, terms: 1 };
const options = { student: "mlp", layers: 1, readoutLayers: 1, width: 128, steps: 4000, batch: 256 };

export const lossTasks = (seeds: number): Task[] =>
  Array.from({ length: seeds }, (_, seed) =>
    comparedLosses.map((loss): Task => ({
      kind: "train",
      family,
      params: familyById(family).parse(params),
      seed,
      easy: false,
      options: { ...options, loss },
    })),
  ).flat();

export interface LossCurve {
  readonly loss: ComparedLoss;
  readonly seed: number;
  /** Explained variance at the end. */
  readonly final: number;
  /** The first checked step with an explained variance above one half; null if there is none. */
  readonly halfway: number | null;
  readonly points: readonly { readonly step: number; readonly explained: number }[];
}

/** The curves of the tasks that have finished. */
export function readLossCurves(seeds: number, records: readonly StoredRecord[]): LossCurve[] {
  const byId = new Map(records.map((r) => [r.id, r.result]));
  return lossTasks(seeds).flatMap((task) => {
    const result = byId.get(taskId(task)) as TrainRecord | undefined;
    if (result === undefined || task.kind !== "train") return [];
    const { baselineLoss, explainedVariance } = result.final;
    const points = result.curve.map(({ step, loss }) => ({ step, explained: 1 - loss / baselineLoss }));
    return [
      {
        loss: task.options["loss"] as ComparedLoss,
        seed: task.seed,
        final: explainedVariance,
        halfway: points.find((p) => p.explained > 0.5)?.step ?? null,
        points,
      },
    ];
  });
}

interface TrainRecord {
  readonly final: { readonly baselineLoss: number; readonly explainedVariance: number };
  readonly curve: readonly { readonly step: number; readonly loss: number }[];
}
