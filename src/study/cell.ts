/** A cell of evidence: one result of the paper at one setting, with all that stands beside it in a run's records. */

import { hundredths } from "../base/hundredths.ts";
import { grouped } from "../base/group.ts";
import { canonicalJson } from "../base/json.ts";
import { plainMlp } from "../family/student.ts";
import { trainSchema } from "../learner/training-options.ts";
import { parseWith } from "../base/schema.ts";
import { familyIn, learnerIn, type Catalogue } from "../run/catalogue.ts";
import { deviation, mean } from "../base/statistics.ts";
import { shownAbove, shownBelow } from "../numeric/rounding.ts";
import { sentences } from "../report/page.ts";
import { finder, recordsOf, type Finished, type StoredRecord } from "../run/record.ts";
import type { Task, TaskOf } from "../run/task.ts";
import { allChecks, type CheckId, type CheckResult, type Checks } from "./checks.ts";
import { achieved, byExplained, isLearned } from "./learned.ts";
import type { RowId } from "./paper.ts";
import {
  chanceLevel,
  outcomeOf,
  shortlyBelow,
  verdictOf,
  type ChanceLevel,
  type Training,
  type Verdict,
} from "./verdict.ts";

/** Something that a run found: in words, with its numbers and the records they are from. */
export interface Fact {
  readonly says: string;
  /** The same in two or three words. */
  readonly short: string;
  readonly values: readonly number[];
  readonly records: readonly string[];
}

/** One result at one setting; what was not run is null. */
export interface Cell {
  readonly row: RowId;
  /** The setting in words. */
  readonly at: string;
  readonly certified: Fact | null;
  readonly hard: Fact | null;
  readonly twin: Fact | null;
  readonly escape: Fact | null;
  readonly verdict: Verdict;
  readonly checks: Checks;
}

/** A family at one size in words: `gnn-hidden-plane, n = 5, d = 32, k = 6`. */
export const settingText = ({ family, params }: Pick<Task, "family" | "params">): string =>
  [family, ...Object.entries(params).map(([name, value]) => `${name} = ${String(value)}`)].join(", ");

/** Where a cell's trainings are planned; what else it shows is found by what records say of their tasks. */
export interface CellPlan {
  readonly row: RowId;
  readonly at: string;
  /** Trainings on the hard target, over hidden parameters and seeds, with one setting of the options. */
  readonly hard: readonly TaskOf<"train">[];
  readonly certificate?: TaskOf<"certify"> | undefined;
  /** Further trainings on shuffled labels, beside those of the cell's own targets. */
  readonly shuffled?: readonly TaskOf<"train">[];
  /** Checks that no change of one option makes. */
  readonly checks?: Partial<Checks>;
}

/** A check by the option that makes it, the first that differs: a teacher start may take fewer steps as well. */
const byOption: readonly (readonly [CheckId, readonly (keyof ReturnType<typeof filled>)[]])[] = [
  ["shuffled", ["shuffleLabels"]],
  ["fixed", ["samples"]],
  ["perturbed", ["perturb"]],
  ["teacher", ["init"]],
  ["plain", ["student"]],
  ["optimiser", ["optimizer", "batch", "loss"]],
  ["width", ["width", "layers", "readoutLayers"]],
  ["start", ["initScale"]],
  ["rate", ["lr"]],
  ["longer", ["steps"]],
];

const filled = (options: TaskOf<"train">["options"]) => parseWith(trainSchema, options);

/** A training with its options, defaults filled in. */
export interface Planned {
  readonly task: TaskOf<"train">;
  readonly options: ReturnType<typeof filled>;
}

export const plannedOf = (task: TaskOf<"train">): Planned => ({ task, options: filled(task.options) });

/** Changes of the training that try to make a failing student learn. */
const tunings: readonly CheckId[] = ["rate", "width", "start", "optimiser", "longer"];

/**
 * Which check a training is of another one on the same target; null where it is none.
 * @param isPlain whether a student of the family knows nothing of the symmetry
 */
export const checkOf = (
  of: TaskOf<"train">,
  beside: TaskOf<"train">,
  isPlain: (student: string | undefined) => boolean,
): CheckId | null => checkBetween(plannedOf(of), plannedOf(beside), isPlain);

/** The same of trainings whose options have been read. @see checkOf */
export function checkBetween(
  { task: of, options: a }: Planned,
  { task: beside, options: b }: Planned,
  isPlain: (student: string | undefined) => boolean,
): CheckId | null {
  if (a.gradientNoise !== b.gradientNoise || a.control !== b.control) return null; // another algorithm
  const found = byOption.find(([, names]) => names.some((name) => a[name] !== b[name]));
  if ((of.easy ?? false) !== (beside.easy ?? false)) return found === undefined ? "twin" : null;
  if (found === undefined) return null;
  if (found[0] === "longer") return b.steps >= 4 * a.steps ? "longer" : null;
  return found[0] === "plain" && !isPlain(beside.options.student) ? "symmetric" : found[0];
}

/** What is to be learned: one instance of a family, by its seed. */
export const targetOf = ({
  family,
  params,
  seed,
}: Pick<TaskOf<"train">, "family" | "params" | "seed">): string =>
  `${family} ${seed} ${canonicalJson(params)}`;

/** The cell of a plan as far as it has run; null where none of its trainings has. */
export function trainedCell(
  { row, at, hard: tasks, certificate: certify, shuffled = [], checks = {} }: CellPlan,
  records: readonly StoredRecord[],
  catalogue: Catalogue,
): Cell | null {
  const found = finder(records);
  const hard = tasks.flatMap((task) => found(task) ?? []);
  if (hard.length === 0) return null;
  const beside = besides(tasks, records, catalogue);
  const of = (check: CheckId): Training[] => beside.get(check) ?? [];
  const unlabelled = [...of("shuffled"), ...shuffled.flatMap((task) => found(task) ?? [])];
  if (unlabelled.length > 0) beside.set("shuffled", [...new Set(unlabelled)]);
  const chance = chanceLevel(of("shuffled").map((r) => r.result.final));
  const certificate = certify === undefined ? undefined : found(certify);
  const average = certificate === undefined ? {} : { average: averageCheck(certificate) };
  const twin = of("twin");
  const escapes = escapesOn(tasks, records, catalogue);
  const made = [...beside].map(([check, runs]) => [check, resultOf(check, runs, chance)] as const);
  return {
    row,
    at,
    certified: certificate === undefined ? null : certifiedFact(certificate),
    hard: trainedFact(hard),
    twin: twin.length === 0 ? null : trainedFact(twin),
    escape: escapes.length === 0 ? null : learnedFact(escapes),
    verdict: verdictOf({
      hard,
      tuned: tunings.flatMap(of),
      twin,
      certificate: certificate?.result ?? null,
      chance,
    }),
    checks: allChecks({
      ...always(hard),
      ...average,
      ...Object.fromEntries(made),
      ...(escapes.length === 0 ? {} : { escape: escapeCheck(escapes) }),
      ...checks,
    }),
  };
}

/** A cell of a result that no learner is trained for: it holds on instances, or one of them speaks against it. */
export const instanceCell = ({
  holds,
  because,
  ...given
}: Pick<Cell, "row" | "at"> &
  Partial<Pick<Cell, "certified" | "hard">> & {
    readonly holds: boolean;
    readonly because: string;
  }): Cell => ({
  certified: null,
  hard: null,
  twin: null,
  escape: null,
  checks: allChecks({}),
  verdict: { kind: holds ? "holds" : "open", because },
  ...given,
});

/** Trainings on the targets of some tasks, by what they check of them. */
function besides(
  tasks: readonly TaskOf<"train">[],
  records: readonly StoredRecord[],
  catalogue: Catalogue,
): Map<CheckId, Training[]> {
  const byTarget = new Map(tasks.map((task) => [targetOf(task), task]));
  const groups = new Map<CheckId, Training[]>();
  for (const record of recordsOf(records, "train")) {
    const task = byTarget.get(targetOf(record.task));
    if (task === undefined) continue;
    const { students } = familyIn(catalogue, task.family);
    const check = checkOf(task, record.task, (name) => name !== undefined && students[name] === plainMlp);
    if (check !== null) groups.set(check, [...(groups.get(check) ?? []), record]);
  }
  return groups;
}

/** Runs on the hard targets of learners that have a way round a certificate, on labels as they are. */
function escapesOn(
  tasks: readonly TaskOf<"train">[],
  records: readonly StoredRecord[],
  catalogue: Catalogue,
): Finished<"learn">[] {
  const targets = new Set(tasks.map(targetOf));
  return recordsOf(records, "learn").filter(
    ({ task }) =>
      task.easy !== true &&
      task.options["noise"] === undefined &&
      targets.has(targetOf(task)) &&
      learnerIn(catalogue, task.learner).escape !== undefined,
  );
}

/** What every training of this program has: standardised labels, and the best constant in its evaluation. */
function always(hard: readonly Training[]): Partial<Checks> {
  const records = hard.map((r) => r.id);
  const shares = hard.flatMap((r) => achieved(r.result.final) ?? []);
  return {
    standardised: { says: "by the target's mean and spread, hard and easy", holds: true, records },
    constant: { says: `of what the best constant leaves: ${range(shares)}`, holds: null, records },
    repeats: repeatsOf(hard),
  };
}

/** Sets, vectors and terms of an instance: numbers beside them are measured, and differ from seed to seed. */
export function hiddenIn(instance: Training["result"]["instance"]): string {
  return canonicalJson(Object.fromEntries(Object.entries(instance).filter(([, of]) => Array.isArray(of))));
}

/** Both variances: between hidden parameters, and between seeds on one; null where one of them cannot be told. */
function repeatsOf(hard: readonly Training[]): CheckResult | null {
  const instances = grouped(hard, (r) => hiddenIn(r.result.instance));
  const all = [...instances.values()].map((of) => of.map((r) => achieved(r.result.final) ?? 0));
  const several = all.filter((values) => values.length > 1);
  if (all.length < 2 || several.length === 0) return null;
  const between = deviation(all.map(mean));
  const within = Math.sqrt(mean(several.map((values) => deviation(values) ** 2)));
  return {
    says: sentences(
      `${all.length} hidden parameters, more than one seed on ${several.length}: standard deviation`,
      `${hundredths(between)} between them, ${hundredths(within)} between seeds`,
    ),
    holds: null,
    records: hard.map((r) => r.id),
  };
}

/** What a check needs to have come out as, where it is no mere comparison. */
const wanted: Partial<Record<CheckId, (o: ReturnType<typeof outcomeOf>) => boolean>> = {
  twin: (o) => o === "learned",
  teacher: (o) => o === "learned",
  shuffled: (o) => o !== "learned" && o !== "partly",
  ...Object.fromEntries(tunings.map((check) => [check, (o: string) => o !== "learned"])),
};

function resultOf(check: CheckId, runs: readonly Training[], chance: ChanceLevel | null): CheckResult {
  const test = wanted[check];
  const { says, records } = trainedFact(runs);
  const holds = test === undefined ? null : runs.every((r) => test(outcomeOf(r.result.final, chance)));
  return { says, holds, records };
}

/** The least and the greatest of values, one number where they print alike. */
function range(values: readonly number[]): string {
  if (values.length === 0) return "none";
  const [low, high] = [Math.min(...values), Math.max(...values)].map(hundredths);
  return low === high ? low : `${low} to ${high}`;
}

/** Counts and the range of what is achieved, the diverged left out of the latter. */
function trainedFact(runs: readonly Training[]): Fact {
  const values = runs.flatMap((r) => achieved(r.result.final) ?? []);
  const learned = runs.filter((r) => isLearned(r.result.final)).length;
  const short = `${learned} of ${runs.length} learned`;
  return {
    says: `${short}, ${measureOf(runs)} ${range(values)}`,
    short,
    values,
    records: runs.map((r) => r.id),
  };
}

/** What `achieved` measures of these labels, in words. */
const measureOf = (runs: readonly Training[]): string =>
  runs.some((r) => r.result.final.baselineAccuracy !== null)
    ? "share of the majority's errors avoided"
    : "explained variance";

function learnedFact(runs: readonly Finished<"learn">[]): Fact {
  const values = runs.flatMap((r) => r.result.final.explainedVariance ?? []);
  const names = [...new Set(runs.map((r) => r.task.learner))].join(", ");
  return {
    says: `${names}: explained variance ${range(values)}`,
    short: `${foundBy(runs).length} of ${runs.length} found it`,
    values,
    records: runs.map((r) => r.id),
  };
}

const foundBy = (runs: readonly Finished<"learn">[]): Finished<"learn">[] =>
  runs.filter(({ result }) => isLearned(byExplained(result.final)));

function escapeCheck(runs: readonly Finished<"learn">[]): CheckResult {
  const found = foundBy(runs);
  return {
    says: `${found.length} of ${runs.length} runs found the target`,
    holds: found.length > 0,
    records: runs.map((r) => r.id),
  };
}

/** Whatever is predicted without a look at labels: by the theorem, on average over the members. */
function averageCheck({ id, result: { dimension } }: Finished<"certify">): CheckResult {
  const most = Math.min(1, 1 / Number(dimension.spectral));
  return {
    says: `any fixed predictor, the average member too, explains at most ${shownAbove(most, 2)} on average`,
    holds: null,
    records: [id],
  };
}

function certifiedFact({ id, result: { dimension, statement } }: Finished<"certify">): Fact {
  const needed = statement.vacuous
    ? "vacuous"
    : `queries of tolerance ${statement.tau} needed: ${shortlyBelow(statement.queries)}`;
  const effective = Number(dimension.spectral);
  return {
    says: `d_eff at least ${shownBelow(effective, 3)}; ${needed}`,
    short: `dimension ${shortlyBelow(Number.isFinite(effective) ? Math.floor(effective) : dimension.spectral)}`,
    values: [effective],
    records: [id],
  };
}
