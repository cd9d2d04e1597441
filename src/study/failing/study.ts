/**
 * Each family's failing cell itself: hard targets beside their easy twins over several seeds, the null that chance is
 * judged by, and the certificate. What other studies change there counts as checks of it.
 */

import { cnnHiddenPlane } from "../../family/cnn-hidden-plane/index.ts";
import { frameParity } from "../../family/frame-parity/index.ts";
import { invariantPolynomial } from "../../family/invariant-polynomial/index.ts";
import { canonicalJson } from "../../base/json.ts";
import type { StoredRecord } from "../../run/record.ts";
import { certificateTask } from "../../run/certificate-task.ts";
import { type Task, type TaskOf } from "../../run/task.ts";
import { averageCheck } from "../average-member/study.ts";
import { trainedCell, type Cell } from "../cell.ts";
import type { CheckResult } from "../checks.ts";
import { failingCells, trainingOf, type FailingCell } from "../comparison/cells.ts";
import type { Comparison } from "../comparison/comparison.ts";
import { learnedByCondition, readTrials, type Learning, type Training } from "../comparison/trial.ts";
import { doseComparison } from "../dose/study.ts";
import { escapeLearnings, labelNoiseComparison } from "../label-noise/study.ts";
import { overparameterisedComparison } from "../overparameterised/study.ts";
import { rowOf } from "../paper.ts";
import type { Scale } from "../scale.ts";
import { seedsOf, unlessEmpty, type Scope, type Study } from "../study.ts";

const repeats: Readonly<Record<Scale, number>> = { quick: 1, laptop: 3, paper: 5 };
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
  const cells = failingCells(catalogue).filter(({ family }) => !quick || first.includes(family.id));
  return cells.map((cell) => ({
    cell,
    hard: seeds.map((seed) => trainingOf(cell, {}, { seed })),
    easy: seeds.map((seed) => trainingOf(cell, {}, { seed, easy: true })),
    shuffled: quick ? [] : seeds.map((seed) => trainingOf(cell, { shuffleLabels: true }, { seed })),
    escapes: escapeLearnings(cell, catalogue).filter(
      (task) => !quick || (escaping.includes(cell.family.id) && task.options["steps"] === undefined),
    ),
    certificate: cell.family.certifier === undefined ? undefined : certificateTask(cell.family, cell.params),
  }));
}

/** The comparisons that change something else than one option, and so are no checks by themselves. */
const further = {
  dose: doseComparison,
  overparameterised: overparameterisedComparison,
  noise: labelNoiseComparison,
} as const satisfies Partial<Record<string, Comparison>>;

/** What a comparison says of a cell, at its very size where there are several; null where nothing of it has run. */
function comparisonCheck(
  comparison: Comparison,
  { family, params }: FailingCell,
  records: readonly StoredRecord[],
  { scale, catalogue }: Scope,
): CheckResult | null {
  const trials = comparison.trials({ scale, catalogue: { ...catalogue, families: [family] } });
  const own = trials.filter(({ task }) => task.family === family.id);
  const here = own.filter(({ task }) => canonicalJson(task.params) === canonicalJson(params));
  const sized = new Set(own.map((t) => t.panel)).size > 1;
  const runs = readTrials(sized ? here : own, records).filter((r) => r.series !== "easy twin");
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
      Object.entries(further).map(([id, of]) => [id, comparisonCheck(of, cell, records, scope)]),
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
