/** Students of 1, 2, 4 and 8 times the width that the teacher needs: does room to spare help? */

import { drawInstance } from "../../family/draw.ts";
import { InputError } from "../../base/errors.ts";
import { parseWith } from "../../base/schema.ts";
import { trainSchema } from "../../learner/training-options.ts";
import { sentences } from "../../report/page.ts";
import type { StoredRecord } from "../../run/record.ts";
import { certificateTask } from "../../run/certificate-task.ts";
import { trainedCell, type Cell, type CellPlan } from "../cell.ts";
import type { CheckResult } from "../checks.ts";
import { certifiedCell } from "../certified-failure/setting.ts";
import { failingCells, holdsTarget, trainingOf, type FailingCell } from "../comparison/cells.ts";
import { comparisonStudy, type Comparison } from "../comparison/comparison.ts";
import { learnedByCondition, readTrials, type Run, type Training, type Trial } from "../comparison/trial.ts";
import type { Scale } from "../scale.ts";
import { seedsOf, type Scope } from "../study.ts";

const factors = [1, 2, 4, 8];
const MOST = Math.max(...factors);
const seeds: Readonly<Record<Scale, number>> = { quick: 1, laptop: 1, paper: 3 };
const MOST_WIDTH = 4096;

/** The least width that holds the target of seed 0, by bisection; null where none does or there is no teacher. */
export function teacherWidth({ family, params, options }: FailingCell): number | null {
  const { teacher } = family;
  if (teacher === undefined) return null;
  const instance = drawInstance(family, family.parse(params), 0);
  const sizes = parseWith(trainSchema, options);
  const holds = (width: number): boolean => {
    try {
      teacher(instance, { ...sizes, width });
      return true;
    } catch (error) {
      if (error instanceof InputError) return false;
      throw error;
    }
  };
  let [below, at] = [0, 1];
  while (!holds(at)) {
    if (at >= MOST_WIDTH) return null;
    [below, at] = [at, 2 * at];
  }
  while (at - below > 1) {
    const middle = Math.floor((below + at) / 2);
    if (holds(middle)) at = middle;
    else below = middle;
  }
  return at;
}

/** A cell with the width that its teacher needs. */
interface Sized {
  readonly cell: FailingCell;
  readonly width: number;
}

/** One cell, below its certificate, at every scale; the other families' where there is time. */
function sizedCells({ scale, catalogue }: Scope): Sized[] {
  const others = scale === "quick" ? [] : failingCells(catalogue).filter(holdsTarget);
  return [certifiedCell, ...others].flatMap((cell) => {
    const width = teacherWidth(cell);
    return width === null ? [] : [{ cell, width }];
  });
}

const panelOf = ({ cell, width }: Sized): string => `${cell.at}; the teacher needs width ${width}`;

/** All seeds of a cell at one of the widths. */
const trainingsOf = ({ cell, width }: Sized, factor: number, scale: Scale, easy: boolean): Training[] =>
  seedsOf(seeds[scale]).map((seed) => trainingOf(cell, { width: factor * width }, { seed, easy }));

/** The easy twin at the greatest width alone: that is the cell shown, and width is no question for it. */
const trialsOf = (sized: Sized, scale: Scale): Trial[] =>
  [...factors.map((factor) => ({ factor, easy: false })), { factor: MOST, easy: true }].flatMap(
    ({ factor, easy }) =>
      trainingsOf(sized, factor, scale, easy).map((task) => ({
        panel: panelOf(sized),
        condition: `x${factor}`,
        series: easy ? "easy twin" : "hard",
        task,
      })),
  );

const widthTrials = (scope: Scope): Trial[] =>
  sizedCells(scope).flatMap((sized) => trialsOf(sized, scope.scale));

/** Whether students of every width fail at a cell. */
function widthsCheck(sized: Sized, records: readonly StoredRecord[], scale: Scale): CheckResult {
  const runs = readTrials(trialsOf(sized, scale), records).filter((r) => r.series === "hard");
  return {
    says: `learned: ${learnedByCondition(runs).join(", ")}`,
    holds: runs.every((r) => r.outcome !== "learned"),
    records: runs.map((r) => r.record),
  };
}

/** Of each cell the widest students; the narrower ones count as checks of the width. */
const evidence = (records: readonly StoredRecord[], scope: Scope): Cell[] =>
  sizedCells(scope).flatMap((sized) => {
    const { family, params } = sized.cell;
    const plan: CellPlan = {
      row: "practice",
      at: `${sized.cell.at}, ${MOST} times the teacher's width`,
      hard: trainingsOf(sized, MOST, scope.scale, false),
      certificate: family.certifier === undefined ? undefined : certificateTask(family, params),
      checks: { overparameterised: widthsCheck(sized, records, scope.scale) },
    };
    return trainedCell(plan, records, scope.catalogue) ?? [];
  });

function caption(runs: readonly Run[]): string {
  const says = ["hard", "easy twin"].map((series) => {
    const own = runs.filter((r) => r.series === series);
    return `${series}: ${learnedByCondition(own).join(", ")}`;
  });
  return sentences(
    "The same training at 1, 2, 4 and 8 times the least width whose weights hold the target.",
    `Learned: ${says.join("; ")}.`,
  );
}

export const overparameterisedComparison: Comparison = {
  id: "overparameterised",
  title: "Over-parameterised students: 1 to 8 times the teacher's width",
  across: "width, in teachers",
  ordered: true,
  trials: widthTrials,
  caption,
};

export const overparameterised = { ...comparisonStudy(overparameterisedComparison), evidence };
