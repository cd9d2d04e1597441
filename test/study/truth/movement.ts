/** Whether the weights of failed trainings had turned to what is hidden: by the family's statistics, counted here. */

import { isMoving } from "../../../src/family/progress.ts";
import { rule, type Rule } from "./rule.ts";
import type { Train } from "./run.ts";

const CHANCE = 0.05;

function counts(cells: readonly (readonly Train[])[]): readonly (string | number)[] | undefined {
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
  if (failed.length === 0) return undefined;
  const moving = failed.filter((said) => said.some((s) => s === true)).length;
  const untold = failed.filter((said) => !said.includes(true) && said.includes(null)).length;
  const [all, still] = [failed.length, failed.length - moving - untold];
  return [
    all === 1 ? "1 hard cell" : `${all} hard cells`,
    CHANCE,
    `${moving} ${moving === 1 ? "is" : "are"}`,
    still,
    untold,
  ];
}

const SENTENCE = [
  "Of gradient descent's {} with runs at chance (explained variance at most {}) {} \"moving\" (a run's weights have",
  'turned to the hidden parameters) and {} "not moving"; of {} the records do not tell.',
].join(" ");

/** @param cells the trainings of each hard cell */
export const movementRule = (cells: readonly (readonly Train[])[]): Rule =>
  rule(SENTENCE, () => counts(cells));

/** The sentence; undefined where no cell is at chance. */
export function movementSaid(cells: readonly (readonly Train[])[]): string | undefined {
  const said = counts(cells);
  let hole = 0;
  return said && SENTENCE.replace(/\{\}/g, () => String(said[hole++]));
}
