/**
 * Elimination over F_2 and gradient descent on the same hidden sets of degrees, 12 nodes. The same labels are enough
 * for one learner and not for the other.
 */

import { batchOf } from "../../learner/training-options.ts";
import { finder, type StoredRecord } from "../../run/record.ts";
import { firstTraining, setsAt } from "../degree-parity/study.ts";
import { eliminationCurve, sampleCurveSchema, type SampleCurvePoint } from "../sample-curve/study.ts";
import { parseWith } from "../../base/schema.ts";
import { outcomeOf, type Outcome } from "../verdict.ts";
import { seedsOf, type Study } from "../study.ts";

const NODES = 12;
/** The sets of seeds 0 to 4, which elimination was run on. */
const SETS = 5;

/** One training, examples against explained variance. */
export interface Descent {
  readonly set: number;
  readonly outcome: Outcome;
  /** Examples it was given. */
  readonly samples: number;
  /** Explained variance of fresh labels at the end; null of a run that diverged. */
  readonly explained: number | null;
  readonly points: readonly { readonly samples: number; readonly explained: number }[];
}

/** Both learners on the same sets. */
export interface EliminationContrast {
  readonly elimination: readonly SampleCurvePoint[];
  readonly descents: readonly Descent[];
}

export function readContrast(records: readonly StoredRecord[]): EliminationContrast | null {
  const found = finder(records);
  const curve = found(eliminationCurve);
  const descents = seedsOf(SETS).flatMap((set): Descent[] => {
    const record = found(firstTraining(NODES, set));
    if (record === undefined) return [];
    const { task, result } = record;
    const batch = batchOf(task.options);
    const { curve: of, validationBaselineLoss: constant, final, steps } = result;
    return [
      {
        set,
        outcome: outcomeOf(final, null),
        samples: steps * batch,
        explained: final.explainedVariance,
        points: of.flatMap(({ step, loss }) =>
          loss === null || step === 0 ? [] : [{ samples: step * batch, explained: 1 - loss / constant }],
        ),
      },
    ];
  });
  if (curve === undefined || descents.length === 0) return null;
  const { points } = parseWith(sampleCurveSchema, curve.result, `record ${curve.id}: result`);
  return { elimination: points, descents };
}

export const elimination: Study<EliminationContrast> = {
  id: "elimination",
  tasks: ({ scale }) => ({
    first: [eliminationCurve],
    // those that the study of degree parities trains on anyway
    main: seedsOf(Math.min(SETS, setsAt(scale, NODES))).map((set) => firstTraining(NODES, set)),
  }),
  read: readContrast,
  sections: async (contrast, document) =>
    (await import("./section.ts")).eliminationSections(contrast, document),
};
