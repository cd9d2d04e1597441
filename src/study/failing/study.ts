/**
 * Each family's failing cell itself: hard targets beside their easy twins over several seeds, the null that chance is
 * judged by, and the certificate. What other studies change there counts as checks of it.
 */

import { canonicalJson } from "../../base/json.ts";
import { cnnHiddenPlane } from "../../family/cnn-hidden-plane/index.ts";
import { frameParity } from "../../family/frame-parity/index.ts";
import { invariantPolynomial } from "../../family/invariant-polynomial/index.ts";
import type { StoredRecord } from "../../run/record.ts";
import { certificateTask } from "../../run/certificate-task.ts";
import { type Task, type TaskOf } from "../../run/task.ts";
import { averageCheck } from "../average-member/study.ts";
import { trainedCell, type Cell } from "../cell.ts";
import type { CheckResult } from "../checks.ts";
import { failingCells, holdsTarget, trainingOf, type FailingCell } from "../comparison/cells.ts";
import type { Comparison } from "../comparison/comparison.ts";
import {
  learnedByCondition,
  readTrials,
  type Learning,
  type Training,
  type Trial,
} from "../comparison/trial.ts";
import { doseComparison } from "../dose/study.ts";
import { escapeLearnings, labelNoiseComparison } from "../label-noise/study.ts";
import { overparameterisedComparison } from "../overparameterised/study.ts";
import { rowOf } from "../paper.ts";
import type { Scale } from "../scale.ts";
import { seedsOf, unlessEmpty, type Scope, type Study } from "../study.ts";

const repeats: Readonly<Record<Scale, number>> = { quick: 1, laptop: 3, paper: 5 };
/** Further trainings on the same hidden parameters. */
const trainingSeeds: Readonly<Record<Scale, readonly number[]>> = {
  quick: [],
  laptop: [1],
  paper: [1, 2, 3, 4],
};
/** Where time is short: the families whose failure no other study shows. */
const first: readonly string[] = [cnnHiddenPlane.id, frameParity.id, invariantPolynomial.id];
/** Of these the one whose result is the way round. */
const escaping: readonly string[] = [invariantPolynomial.id];

/** A cell with its tasks, those on the hard target first. */
interface Planned {
  readonly cell: FailingCell;
  readonly hard: readonly Training[];
  readonly easy: readonly Training[];
  readonly shuffled: readonly Training[];
  readonly escapes: readonly Learning[];
  readonly certificate: TaskOf<"certify"> | undefined;
}

function planned({ scale, catalogue }: Scope): Planned[] {
  const quick = scale === "quick";
  const seeds = seedsOf(repeats[scale]);
  const cells = failingCells(catalogue).filter(
    (cell) => !quick || (first.includes(cell.family.id) && holdsTarget(cell)),
  );
  return cells.map((cell) => ({
    cell,
    hard: seeds.flatMap((seed) => [
      trainingOf(cell, {}, { seed }),
      ...trainingSeeds[scale].map((trainingSeed) => trainingOf(cell, { trainingSeed }, { seed })),
    ]),
    easy: seeds.map((seed) => trainingOf(cell, {}, { seed, easy: true })),
    shuffled: quick ? [] : seeds.map((seed) => trainingOf(cell, { shuffleLabels: true }, { seed })),
    escapes: escapeLearnings(cell, catalogue).filter(
      (task) => !quick || (escaping.includes(cell.family.id) && task.options["steps"] === undefined),
    ),
    certificate: cell.family.certifier === undefined ? undefined : certificateTask(cell.family, cell.params),
  }));
}

/** Whether a trial says something of a cell: at its size, or with its student at others. */
type Speaks = (task: Trial["task"], cell: FailingCell) => boolean;
const atItsSize: Speaks = ({ params }, cell) => canonicalJson(params) === canonicalJson(cell.params);
const byItsStudent: Speaks = ({ options }, cell) => options.student === cell.options.student;

/** The comparisons that change something else than one option, and so are no checks by themselves. */
const further = {
  dose: [doseComparison, byItsStudent],
  overparameterised: [overparameterisedComparison, atItsSize],
  noise: [labelNoiseComparison, atItsSize],
} as const satisfies Partial<Record<string, readonly [Comparison, Speaks]>>;

/** What a comparison says at one cell, null where nothing of it has run. */
function comparisonCheck(
  comparison: Comparison,
  speaks: Speaks,
  cell: FailingCell,
  records: readonly StoredRecord[],
  { scale, catalogue }: Scope,
): CheckResult | null {
  const trials = comparison
    .trials({ scale, catalogue: { ...catalogue, families: [cell.family] } })
    .filter(({ task }) => speaks(task, cell));
  const runs = readTrials(trials, records).filter((r) => r.series !== "easy twin");
  if (runs.length === 0) return null;
  return {
    says: `learned: ${learnedByCondition(runs).join(", ")}`,
    holds: null,
    records: runs.map((r) => r.record),
  };
}

/** The cells as far as they have run, with the checks that other studies made of them. */
function failingEvidence(records: readonly StoredRecord[], scope: Scope): Cell[] {
  return planned(scope).flatMap(({ cell, hard, certificate }) => {
    const { family, at, params } = cell;
    const row = rowOf(family.id);
    if (row === undefined) return [];
    const checks = Object.fromEntries(
      Object.entries(further).map(([id, [of, speaks]]) => [
        id,
        comparisonCheck(of, speaks, cell, records, scope),
      ]),
    );
    const average = averageCheck(family.id, params, records);
    const plan = { row, at, hard, certificate, checks: { ...checks, average } };
    return trainedCell(plan, records, scope.catalogue) ?? [];
  });
}

export const failing: Study<readonly Cell[]> = {
  id: "failing",
  tasks: (scope) => ({
    main: planned(scope).flatMap(({ certificate, hard, easy, shuffled, escapes }): Task[] => [
      ...(certificate === undefined ? [] : [certificate]),
      ...hard,
      ...easy,
      ...shuffled,
      ...escapes,
    ]),
  }),
  read: (records, scope) => unlessEmpty(failingEvidence(records, scope)),
  sections: async (cells) => (await import("./section.ts")).failingSections(cells),
  evidence: failingEvidence,
};
