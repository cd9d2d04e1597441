/**
 * Squared against absolute loss. The gradient of the squared loss asks correlational queries only; that of the
 * absolute loss weights examples by the sign of the residual, a non-linear function of the label, and so has the
 * power of general statistical queries (Joshi et al. 2024). A product of four Gaussian invariants correlates with no
 * polynomial of lower degree, but where it is small says something about each of its variables by itself. So the
 * squared loss should need ever longer to leave its plateau as the number of variables to choose from grows, and the
 * absolute loss hardly longer.
 */

import type { Json } from "../../base/json.ts";
import { familyById } from "../../family/registry.ts";
import { finder, type StoredRecord } from "../../run/record.ts";
import type { TaskOf } from "../../run/task.ts";
import { familiesSection } from "../families.ts";
import type { Scale } from "../scale.ts";
import { unlessEmpty, type Scope, type Study } from "../study.ts";
import { checkChanges } from "../transition/study.ts";

export const comparedLosses = ["squared", "l1"] as const;
export type ComparedLoss = (typeof comparedLosses)[number];

const family = "invariant-polynomial";
/** Numbers of variables the four of the term are hidden among. */
const variableCounts = [25, 50, 100, 200];
const options = {
  student: "mlp",
  layers: 1,
  readoutLayers: 1,
  width: 128,
  lr: 2e-3,
  steps: 4000,
  batch: 256,
};

type Training = TaskOf<"train">;

interface Run {
  readonly variables: number;
  readonly loss: ComparedLoss;
  readonly seed: number;
}

const taskOf = ({ variables, loss, seed }: Run, changed: Readonly<Record<string, Json>> = {}): Training => ({
  kind: "train",
  family,
  params: familyById(family).parse({ invariants: "hermite", variables, degree: 4, terms: 1 }).json,
  seed,
  easy: false,
  options: { ...options, loss, ...changed },
});

const runs = (seeds: number): Run[] =>
  Array.from({ length: seeds }, (_, seed) =>
    variableCounts.flatMap((variables) => comparedLosses.map((loss) => ({ variables, loss, seed }))),
  ).flat();

export const lossTasks = (seeds: number): Training[] => runs(seeds).map((run) => taskOf(run));

const changes = checkChanges(options);

/** Checks of the runs of the first seed that never passed one half. */
export const lossChecks = (seeds: number, records: readonly StoredRecord[]): Training[] =>
  readLossCurves(seeds, records)
    .filter((c) => c.seed === 0 && c.halfway === null)
    .flatMap((c) => changes.map((change) => taskOf(c, change)));

export interface LossCurve extends Run {
  /** Explained variance at the end; 0 of a run that diverged. */
  readonly final: number;
  /** The first checked step with an explained variance above one half; null if there is none. */
  readonly halfway: number | null;
  /** The best explained variance under other learning rates and twice the width; null where they were not tried. */
  readonly bestCheck: number | null;
  readonly points: readonly { readonly step: number; readonly explained: number }[];
}

/** The curves of the tasks that have finished. */
export function readLossCurves(seeds: number, records: readonly StoredRecord[]): LossCurve[] {
  const found = finder(records);
  return runs(seeds).flatMap((run) => {
    const result = found(taskOf(run))?.result;
    if (result === undefined) return [];
    const { curve, validationBaselineLoss, final } = result;
    const points = curve.flatMap(({ step, loss }) =>
      loss === null ? [] : [{ step, explained: 1 - loss / validationBaselineLoss }],
    );
    const checks = changes
      .flatMap((c) => found(taskOf(run, c)) ?? [])
      .map((r) => r.result.final.explainedVariance ?? 0);
    return [
      {
        ...run,
        final: final.explainedVariance ?? 0,
        halfway: points.find((p) => p.explained > 0.5)?.step ?? null,
        bestCheck: checks.length === 0 ? null : Math.max(...checks),
        points,
      },
    ];
  });
}

const ofScale: Readonly<Record<Scale, number>> = { quick: 0, laptop: 1, paper: 10 };
const seedsIn = ({ scale, chosen }: Scope): number => chosen?.seeds ?? ofScale[scale];

export const losses: Study<readonly LossCurve[]> = {
  id: "losses",
  choices: ["seeds"],
  tasks: (scope) => ({ last: lossTasks(seedsIn(scope)) }),
  followUps: (records, scope) => lossChecks(seedsIn(scope), records),
  read: (records, scope) => unlessEmpty(readLossCurves(seedsIn(scope), records)),
  sections: async (curves, document) => {
    const { lossCaption, lossFigure } = await import("./figure.ts");
    const { figure } = await import("../../report/page.ts");
    return [familiesSection([figure(lossFigure(curves, document), lossCaption(curves))])];
  },
};
