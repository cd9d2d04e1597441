/** What `sweep` and `resume` share: sizing, running and reporting a sweep that has been checked. */

import { lstatSync } from "node:fs";
import { join, resolve } from "node:path";
import { reject } from "../base/errors.ts";
import { canonicalJson } from "../base/json.ts";
import { sha256 } from "../base/sha256.ts";
import { textTable } from "../base/text-table.ts";
import type { StoredRecord } from "../run/record.ts";
import type { CellTransition } from "../sweep/transitions.ts";
import type { Located } from "../sweep/document.ts";
import type { SweepSize } from "../sweep/size.ts";
import type { Job } from "../sweep/job.ts";
import type { RunFile } from "../study/job.ts";
import { briefTime } from "../base/cost.ts";
import { quoted } from "../base/shell.ts";
import { pilotsText } from "../run/executor/slurm/script.ts";
import { requireConsent } from "./consent.ts";
import { gitState } from "./git.ts";
import { print } from "./io.ts";
import { writeOut } from "./streams.ts";
import {
  exitCodeOf,
  openRun,
  parseWorkers,
  readStamp,
  runJob,
  runWithProgress,
  type RunFlags,
  type RunPolicy,
  type TimedSummary,
} from "./run-tasks.ts";
import { ownProgram, slurmExecutor, type Execute, type Executor, type ExecutorChoice } from "./executor.ts";

export interface SweepFlags extends RunFlags {
  readonly dryRun?: boolean;
  readonly retries?: string;
  readonly failFast?: boolean;
  readonly keepGoing?: boolean;
  readonly detach?: boolean;
}

export interface SweepRun {
  readonly asked: RunFile;
  /** The file's value, as the folder keeps it. */
  readonly spec: unknown;
  readonly dir: string;
  readonly choice: ExecutorChoice;
  readonly signal: AbortSignal;
  /** The second interruption, after that of `signal`. */
  readonly cancel: AbortSignal;
  readonly flags: SweepFlags;
}

/** The sweep that a run folder holds. */
export function heldSweep(dir: string, next: string): Located {
  const stamp = join(dir, "run.json");
  const { sweep: value, specHash } = readStamp(stamp, next) ?? {};
  if (value === undefined) reject({ where: dir, what: "holds a run that is no sweep", next });
  if (specHash !== specHashOf(value))
    reject({ where: stamp, what: "its sweep is not the one that was planned", next: "restore the file" });
  return { value, at: () => stamp };
}

/** What the file of a run folder asks for. */
export async function fileIn(dir: string, next = "repeat the command that wrote it"): Promise<RunFile> {
  const { readRunFile } = await import("../study/job.ts");
  const { builtIn, studies } = await import("../study/registry.ts");
  return readRunFile(heldSweep(dir, next), builtIn, studies);
}

/** The option of commands that are a sweep of their own. */
export const specFlag = [
  "--spec",
  "print the file that 'equihard sweep' runs to the same records, and run nothing",
] as const;

export function printSpec(spec: object): number {
  writeOut(`${JSON.stringify(spec)}\n`);
  return 0;
}

/** Tells whether two files say the same sweep. */
const specHashOf = (spec: unknown): string => sha256(canonicalJson(spec));

/** What run.json says of the file that a run was begun with. */
export const fileStamp = (dir: string, spec: unknown): Readonly<Record<string, unknown>> => ({
  sweep: spec,
  specHash: specHashOf(spec),
  git: readStamp(join(dir, "run.json"))?.["git"] ?? gitState(),
});

/** Refuses a folder whose run this one does not extend. */
export async function requireOwnFolder(dir: string, job: Job): Promise<void> {
  if (lstatSync(join(dir, "run.json"), { throwIfNoEntry: false }) === undefined) return;
  const { requireExtension } = await import("../sweep/identity.ts");
  const { readPieceIds } = await import("../run/folder/piece-list.ts");
  const { readContents } = await import("../run/store/files.ts");
  const { job: before } = await fileIn(dir, "choose another --out");
  const records = job.askedBy === null ? [] : readContents(dir).records;
  requireExtension(dir, before, job, { planned: readPieceIds(dir).flat(), records });
}

function policyOf({ retries = "0", failFast = false, keepGoing = false }: SweepFlags): RunPolicy {
  if (failFast && keepGoing)
    reject({ where: "--fail-fast", what: "stands beside --keep-going", allowed: "one of the two" });
  const count = Number(retries);
  if (retries.trim() === "" || !Number.isInteger(count) || count < 0 || count > 100)
    reject({ where: "--retries", what: `${retries} does not fit`, allowed: "an integer 0 to 100" });
  return { retries: count, failFast };
}

/** Seconds of work that one claim holds, where trials are shorter. */
const PIECE = 2;
const MOST_TOGETHER = 256;

/** Sizes the sweep, asks for consent where it is long, and runs what is missing. */
export async function conduct(run: SweepRun): Promise<number> {
  const { asked, dir, choice, signal, flags } = run;
  const { job } = asked;
  const policy = policyOf(flags);
  const { sizeOf } = await import("../sweep/size.ts");
  const size = await sizeOf(job, signal);
  const { execute, lanes, pilots } = await executorOf(run, size);
  const busy = Math.min(lanes, size.trials);
  // pilots ask for their memory by themselves, each on its node
  const cost = { seconds: size.seconds / busy, bytes: size.bytes * (pilots === undefined ? busy : 1) };
  if (flags.dryRun === true) return foretell(run, size, { workers: busy, seconds: cost.seconds, pilots });
  requireConsent(cost, flags.yes, "sweep");
  const store = await openRun(dir, flags, { ...fileStamp(dir, run.spec), executor: choice, ...policy });
  const many = Math.floor((PIECE * size.trials) / size.seconds);
  const together = job.isUniform ? Math.max(1, Math.min(MOST_TOGETHER, many)) : 1;
  const request = { store, workers: lanes, signal, flags, policy, together };
  const { summary, tasks } = await runJob(job, request, execute);
  const total = tasks.length;
  if (choice.executor === "print") return announce(run, total);
  const { compact } = await import("../run/store/tables.ts");
  compact(dir);
  const transitions = await transitionsIn(asked, store.records);
  const document = {
    schema: "equihard.sweep/1",
    run: dir,
    trials: total,
    finished: summary.finished,
    failed: summary.failed.map(({ task, message }) => ({ task, message })),
    interrupted: summary.interrupted,
    ...(summary.detached === true ? { detached: true } : {}),
    seconds: summary.seconds,
    ...(job.bisect === undefined ? {} : { transitions }),
  };
  const { missingIn } = await import("../run/executor/local.ts");
  const { taskLabel } = await import("../run/task.ts");
  const found = await transitionLines(transitions);
  print(flags, document, () =>
    [
      ...found,
      ...summary.failed.map(({ task, message }) => `FAILED ${taskLabel(task)}: ${message}`),
      ...(summary.detached === true ? detachedLines(run, summary, total) : [missingIn(summary, total)]),
      `${summary.finished} of ${total} trials, ${summary.seconds.toFixed(0)} s. Records: ${join(dir, "results")}`,
      ...(asked.studied === undefined ? [] : [`Then: equihard report ${quoted(dir)}`]),
    ].join("\n"),
  );
  return exitCodeOf(summary);
}

/** Where the trials run. */
async function executorOf({ dir, choice, cancel, flags }: SweepRun, work: SweepSize): Promise<Executor> {
  if (choice.executor === "slurm")
    return slurmExecutor({ dir, choice, work, cancel, detach: flags.detach === true });
  cancel.addEventListener("abort", () => process.exit(130));
  const execute = choice.executor === "print" ? planOnly : runWithProgress;
  return { execute, lanes: parseWorkers(choice.workers) };
}

/** Writes the work down for workers that another scheduler starts. */
const planOnly: Execute = async ({ store, tasks, together }) => {
  const { plannedIn } = await import("../run/executor/local.ts");
  await plannedIn(tasks, { store, ...(together === undefined ? {} : { together }) });
  return { finished: 0, leftOut: [], failed: [], interrupted: false, seconds: 0, detached: true };
};

/** The line that is a worker, wherever it is started. */
function announce({ dir, asked, flags }: SweepRun, trials: number): number {
  const worker = [...ownProgram(), "worker", resolve(dir)];
  print(flags, { schema: "equihard.sweep/1", run: dir, trials, worker }, () =>
    [
      `${trials} trials are ready in ${dir}. Start this on any host that sees the folder, as often as you like:`,
      "",
      `  ${worker.map(quoted).join(" ")}`,
      "",
      "It ends when nothing is left (0), or gives back what it was at (75: start it again); --workers N for N at once,",
      `--until 50m before a time limit. Recipes: docs/from-laptop-to-cluster.md. Then: equihard status ${quoted(dir)}`,
      ...asksForMore(asked.job, "run this again"),
    ].join("\n"),
  );
  return 0;
}

const asksForMore = ({ askedBy }: Job, next: string): string[] =>
  askedBy === null ? [] : [`${askedBy} asks for more when they are done: ${next}.`];

/** What is left to pilots, and how to look after them. */
function detachedLines({ dir, asked }: SweepRun, { finished }: TimedSummary, total: number): string[] {
  const left = `${total - finished} of ${total} pieces of work are left to pilots.`;
  return [
    `${left} Then: equihard status ${dir}; logs ${dir} -f; resume ${dir} (waits); cancel ${dir}`,
    ...asksForMore(asked.job, "resume it"),
  ];
}

/** What the sweep would take, where it would run. */
function foretell(
  { dir, asked, flags }: SweepRun,
  size: SweepSize,
  { workers, seconds, pilots }: { workers: number; seconds: number; pilots: Executor["pilots"] },
): number {
  const document = { schema: "equihard.sweep/1", run: dir, dryRun: true, ...size, workers };
  print(flags, pilots === undefined ? document : { ...document, pilots }, () =>
    [
      `${sized(size, asked)}; with ${workers} worker${workers === 1 ? "" : "s"} ${briefTime(seconds)}`,
      ...(pilots === undefined ? [] : [`on Slurm: ${pilotsText(pilots.pilots, pilots.request)}`]),
    ].join("\n"),
  );
  return 0;
}

const sized = ({ cells, trials, seconds, bytes }: SweepSize, { studied }: RunFile): string =>
  [
    studied === undefined ? `${trials} trials (${cells} combinations)` : `${trials} pieces of work`,
    `about ${briefTime(seconds)} of work`,
    `${(bytes / 2 ** 20).toFixed(0)} MiB a worker`,
  ].join(", ");

/** The transitions that a bisection has found so far. */
async function transitionsIn(
  { plan }: RunFile,
  records: () => readonly StoredRecord[],
): Promise<readonly CellTransition[]> {
  if (plan?.spec.bisect === undefined) return [];
  const { transitionsOf } = await import("../sweep/transitions.ts");
  return transitionsOf(plan, records()).transitions;
}

async function transitionLines(transitions: readonly CellTransition[]): Promise<string[]> {
  if (transitions.length === 0) return [];
  const { transitionTable } = await import("../study/sweep/transition-table.ts");
  const { head, rows } = transitionTable(transitions);
  return [...textTable(head, rows), ""];
}
