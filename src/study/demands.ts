/**
 * The checks of a figure's trainings: for each of `checks` on how many of the targets shown the run's records have it,
 * whoever planned them. What is not there is a gap of the figure, counted and never typed.
 */

import { grouped } from "../base/group.ts";
import { canonicalJson } from "../base/json.ts";
import { plainMlp } from "../family/student.ts";
import type { Demands, Gap } from "../report/demands.ts";
import { familyIn, learnerIn } from "../run/catalogue.ts";
import { recordsOf, type Finished, type StoredRecord } from "../run/record.ts";
import { taskId, type TaskOf } from "../run/task.ts";
import { checkBetween, hiddenIn, plannedOf, targetOf } from "./cell.ts";
import { checks, type CheckId } from "./checks.ts";
import { doseComparison } from "./dose/study.ts";
import { isLearned } from "./learned.ts";
import { overparameterisedComparison } from "./overparameterised/study.ts";
import type { Trial } from "./comparison/trial.ts";
import type { Scope } from "./study.ts";
import type { Training } from "./verdict.ts";

type Learnt = Finished<"learn">;
type Shown = Training | Learnt;

const isTraining = (record: Shown): record is Training => record.task.kind === "train";
const sizeOf = ({ family, params }: Pick<TaskOf<"train">, "family" | "params">): string =>
  `${family} ${canonicalJson(params)}`;

/** What a run has of its targets. */
export interface RunChecks {
  readonly shown: ReadonlyMap<string, Shown>;
  /** The checks made of a target. */
  of(target: string): ReadonlySet<CheckId>;
}

/** Reads a run once for all its figures. */
export function runChecks(records: readonly StoredRecord[], { scale, catalogue }: Scope): RunChecks {
  const [trained, learnt] = [recordsOf(records, "train"), recordsOf(records, "learn")];
  const certified = new Set(recordsOf(records, "certify").map((r) => sizeOf(r.task)));
  const able = new Set(
    trained.filter((r) => r.task.easy !== true && isLearned(r.result.final)).map((r) => r.task.family),
  );
  const finished = new Set(records.map((r) => r.id));
  const ranOf = (comparison: typeof doseComparison): readonly Trial["task"][] =>
    comparison.trials({ scale, catalogue }).flatMap(({ task }) => (finished.has(taskId(task)) ? [task] : []));
  const dosed = new Set(ranOf(doseComparison).map((task) => task.family));
  const widened = new Set(ranOf(overparameterisedComparison).map(sizeOf));
  const byTarget = grouped(trained, (r) => targetOf(r.task));
  const learntBy = grouped(learnt, (r) => targetOf(r.task));
  const known = new Map<string, ReadonlySet<CheckId>>();
  return {
    shown: new Map([...trained, ...learnt].map((r) => [r.id, r])),
    of(target) {
      const before = known.get(target);
      if (before !== undefined) return before;
      const [runs, learners] = [byTarget.get(target) ?? [], learntBy.get(target) ?? []];
      const [{ task }] = [...runs, ...learners];
      const made = new Set<CheckId>([
        "standardised",
        "constant",
        ...trainedChecks(runs, familyIn(catalogue, task.family).students),
        ...learners.flatMap((r) =>
          learntChecks(r, learnerIn(catalogue, r.task.learner).escape !== undefined),
        ),
        ...(certified.has(sizeOf(task)) ? (["average"] as const) : []),
        ...(able.has(task.family) ? (["learns"] as const) : []),
        ...(dosed.has(task.family) ? (["dose"] as const) : []),
        ...(widened.has(sizeOf(task)) ? (["overparameterised"] as const) : []),
      ]);
      known.set(target, made);
      return made;
    },
  };
}

/** What trainings on one target check of that around which most was changed; the twin has to share options of any. */
function trainedChecks(
  runs: readonly Training[],
  students: Readonly<Record<string, unknown>>,
): readonly CheckId[] {
  const isPlain = (name: string | undefined): boolean => name !== undefined && students[name] === plainMlp;
  const hard = runs.filter((r) => r.task.easy !== true);
  const options = (r: Training): string => canonicalJson(r.task.options);
  const hardOptions = new Set(hard.map(options));
  const twin = runs.some((r) => r.task.easy === true && hardOptions.has(options(r)));
  const planned = hard.map((r) => plannedOf(r.task));
  const around = planned.map(
    (of) => new Set(planned.flatMap((beside) => checkBetween(of, beside, isPlain) ?? [])),
  );
  const most = around.reduce((a, b) => (b.size > a.size ? b : a), new Set<CheckId>());
  return twin ? ["twin", ...most] : [...most];
}

function learntChecks({ task: { easy, options } }: Learnt, escapes: boolean): readonly CheckId[] {
  if (easy === true || !escapes) return [];
  return options["noise"] === undefined ? ["escape"] : ["escape", "noise"];
}

const span = (values: readonly number[]): string => {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? String(low) : `${low} to ${high}`;
};

/** How many hidden parameters a cell of the figure has, and how many seeds on each. */
function repeatsIn(runs: readonly Shown[]): { readonly made: boolean; readonly says: string } {
  const hidden = (r: Shown): string => hiddenIn(r.result.instance);
  const sizes = ({ task: { family, params } }: Shown): string =>
    sizeOf({
      family,
      params: Object.fromEntries(Object.entries(params).filter(([, of]) => !Array.isArray(of))),
    });
  const how = ({ task }: Shown): string =>
    task.kind === "learn"
      ? canonicalJson([task.learner, { ...task.options }])
      : canonicalJson({ ...task.options, trainingSeed: null });
  const cells = [...grouped(runs, (r) => `${sizes(r)} ${how(r)}`).values()];
  const counts = cells.map((of) => new Set(of.map(hidden)).size);
  const seeds = cells.flatMap((of) => [...grouped(of, hidden).values()].map((same) => same.length));
  if (Math.max(...counts, ...seeds) === 1) return { made: false, says: "one seed a cell" };
  return {
    made: Math.min(...counts) > 1 && Math.max(...seeds) > 1,
    says: `${span(counts)} hidden parameters a cell, seeds on each: ${span(seeds)}`,
  };
}

/**
 * @param ids of the records that a figure shows
 * @returns null where none of them is of a learner on a hard target
 */
export function demandsOf(run: RunChecks, ids: readonly string[]): Demands | null {
  const shown = [...new Set(ids)].flatMap((id) => run.shown.get(id) ?? []);
  const hard = shown.filter(
    (r) => r.task.easy !== true && !(isTraining(r) && r.task.options.shuffleLabels === true),
  );
  if (hard.length === 0) return null;
  const targets = [...new Set(hard.map((r) => targetOf(r.task)))].map((target) => run.of(target));
  const repeats = repeatsIn(hard);
  const asked = checks.map(({ id, name }): Gap & { readonly all: boolean } => {
    if (id === "repeats") return { name, says: repeats.says, all: repeats.made };
    const many = targets.filter((made) => made.has(id)).length;
    const says = many === 0 ? "not made" : `${many} of ${targets.length} targets`;
    return { name, says, all: many === targets.length };
  });
  return {
    made: asked.filter((a) => a.all).map((a) => a.name),
    gaps: asked.filter((a) => !a.all).map(({ name, says }) => ({ name, says })),
  };
}
