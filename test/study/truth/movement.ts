/** Whether the weights of failed trainings had turned to what is hidden: by the family's statistics, counted here. */

import { isMoving } from "../../../src/family/progress.ts";
import { rule, type Rule } from "./rule.ts";
import type { Train } from "./run.ts";

const CHANCE = 0.05;

/** @param cells the trainings of each hard cell */
export function movementRule(cells: readonly (readonly Train[])[]): Rule {
  const failed = cells
    .map((runs) => runs.filter((r) => (r.result.final.explainedVariance ?? 0) <= CHANCE))
    .filter((runs) => runs.length > 0)
    .map((runs) =>
      runs.map(({ result: { curve, final } }) =>
        isMoving(
          curve.map((p) => p.progress),
          final.explainedVariance,
        ),
      ),
    );
  const moving = failed.filter((said) => said.some((s) => s === true)).length;
  const untold = failed.filter((said) => !said.includes(true) && said.includes(null)).length;
  return rule(
    [
      "Of gradient descent's {} hard cells with runs at chance (explained variance at most {}) {} \"moving\" (a run's",
      'weights have turned to the hidden parameters) and {} "not moving"; of {} the records',
    ].join(" "),
    () => [
      failed.length,
      CHANCE,
      `${moving} ${moving === 1 ? "is" : "are"}`,
      failed.length - moving - untold,
      untold,
    ],
  );
}
