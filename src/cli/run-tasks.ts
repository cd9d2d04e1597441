/** What commands that run many tasks share: the run folder and its stamp, workers, progress, a time limit. */

import { randomBytes } from "node:crypto";
import { lstatSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import * as z from "zod/mini";
import { InputError, reject } from "../base/errors.ts";
import { canonicalJson } from "../base/json.ts";
import { parseWith } from "../base/schema.ts";
import { numerics, version } from "../base/version.ts";
import { writeWhole } from "../base/write.node.ts";
import type { RunSummary } from "../run/executor/local.ts";
import type { StoredRecord } from "../run/record.ts";
import type { Store } from "../run/store/files.ts";
import type { Task } from "../run/task.ts";
import type { Job } from "../sweep/job.ts";
import { notice, readJson, type OutputOptions } from "./io.ts";

export interface RunFlags extends OutputOptions {
  readonly workers?: string;
  readonly yes?: boolean;
}

export function parseWorkers(text: string | undefined): number {
  const workers = text === undefined ? Math.max(1, cpus().length) : Number(text);
  if (!Number.isInteger(workers) || workers < 1 || workers > 1024)
    reject({ where: "--workers", what: `${text} does not fit`, allowed: "an integer 1 to 1024" });
  return workers;
}

/** The option of commands that resume a run folder. */
export const resumeFlag = [
  "--yes",
  "go on in a folder of another numerics version: its records are kept aside and computed again",
] as const;

/**
 * Opens the run folder as its client, until this process ends. One with records of another numerics version is refused
 * without `--yes`.
 *
 * @param more what else run.json says from now on
 */
export async function openRun(
  dir: string,
  flags: RunFlags,
  more: Readonly<Record<string, unknown>>,
): Promise<Store> {
  const { openStore } = await import("../run/store/files.ts");
  const { lockRun } = await import("../run/folder/lock.ts");
  const { clearCancellation } = await import("../run/folder/cancellation.ts");
  const store = openStore(dir);
  const lock = await lockRun(dir, (text) => notice(flags, text));
  process.once("exit", () => lock.release());
  const stamp = join(dir, "run.json");
  const before = readStamp(stamp);
  const made = await tidy(dir, flags);
  const versions = [...new Set([...made, version])].sort();
  const others = versions.filter((v) => v !== version);
  if (others.length > 0)
    notice(flags, `${dir} has records by equihard ${others.join(", ")}, of the same numerics version: kept`);
  const id = before?.["id"] ?? randomBytes(6).toString("hex");
  const now = { ...before, schema: "equihard.run/1", id, ...more, version, versions, numerics };
  if (canonicalJson(before) !== canonicalJson(now)) writeWhole(stamp, `${JSON.stringify(now)}\n`);
  clearCancellation(dir);
  return store;
}

/**
 * Leaves only records of this numerics version among the records; whatever else is there is named and kept aside.
 *
 * @returns which versions of the program made those
 */
async function tidy(dir: string, flags: RunFlags): Promise<string[]> {
  const { readContents, setAside } = await import("../run/store/files.ts");
  const { origins } = await import("../run/record.ts");
  const { records, foreign, foreignFiles, damaged } = readContents(dir);
  if (foreign.length > 0 && flags.yes !== true)
    reject({
      where: "--out",
      what: `${dir} holds ${origins(foreign)}; they do not mix with version ${numerics}, which this is`,
      next: "choose another --out, or add --yes to keep those records aside and compute them again",
    });
  for (const { name, problem } of damaged) {
    const shelf = setAside(dir, name);
    const path = join(dir, "results", name);
    if (shelf !== null) notice(flags, `${path}: ${problem}; moved to ${shelf}, its work is done again`);
  }
  const shelves = new Set(foreignFiles.flatMap((name) => setAside(dir, name) ?? []));
  if (shelves.size > 0) notice(flags, `${origins(foreign)}: kept aside in ${[...shelves].join(", ")}`);
  return records.map((r) => String(r.measurement["version"]));
}

/** The records of a run folder that this program reads; of what else is there a notice says that it is left out. */
export async function readableRecords(dir: string, flags: OutputOptions): Promise<readonly StoredRecord[]> {
  const { readContents } = await import("../run/store/files.ts");
  const { records, foreign, damaged } = readContents(dir);
  for (const { name, problem } of damaged)
    notice(flags, `${join(dir, "results", name)}: ${problem}; left out`);
  if (foreign.length > 0) notice(flags, `${foreign.length} records of another numerics version are left out`);
  return records;
}

/** What a run folder says of itself; null for a new one. */
export function readStamp(
  stamp: string,
  next = "choose another --out, or move this file away",
): Record<string, unknown> | null {
  if (lstatSync(stamp, { throwIfNoEntry: false }) === undefined) return null;
  try {
    return parseWith(z.looseObject({ schema: z.literal("equihard.run/1") }), readJson(stamp, 2 ** 20), stamp);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError({ ...error.problem, next });
  }
}

/** How a run treats failures. */
export interface RunPolicy {
  /** Attempts after the first that a failing task gets. */
  readonly retries: number;
  /** The first task that fails for good ends the run. */
  readonly failFast: boolean;
}

const policySchema = z.object({
  retries: z._default(z.int().check(z.gte(0)), 0),
  failFast: z._default(z.boolean(), false),
});

/** What run.json says of failures: every worker on the folder keeps to it. */
export const runPolicy = (stamp: Readonly<Record<string, unknown>> | null): RunPolicy =>
  parseWith(policySchema, stamp ?? {}, "run.json");

export interface RunRequest {
  readonly store: Store;
  readonly tasks: readonly Task[];
  readonly workers: number;
  readonly signal: AbortSignal;
  readonly flags: RunFlags;
  /** Seconds after which no further task is started. */
  readonly limit?: number;
  readonly policy?: RunPolicy;
  /** Tasks that are claimed at once. */
  readonly together?: number;
}

export interface TimedSummary extends RunSummary {
  readonly seconds: number;
  /** A scheduler goes on with what is left. */
  readonly detached?: boolean;
}

/** Two rounds as one run. */
const combined = (a: TimedSummary, b: TimedSummary): TimedSummary => ({
  finished: a.finished + b.finished,
  leftOut: [...a.leftOut, ...b.leftOut],
  failed: [...a.failed, ...b.failed],
  interrupted: a.interrupted || b.interrupted,
  detached: a.detached === true || b.detached === true,
  seconds: a.seconds + b.seconds,
});

export async function runWithProgress(request: RunRequest): Promise<TimedSummary> {
  const { store, tasks, workers, signal, flags, limit, policy, together = 1 } = request;
  const { runTasks } = await import("../run/executor/local.ts");
  const { cancellationWatch } = await import("../run/folder/cancellation.ts");
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  const { liveView } = await import("./live.ts");
  const bar = await liveView(flags, tasks.length);
  const cancelled = cancellationWatch(store.dir);
  const summary = await runTasks(tasks, {
    store,
    workers,
    signal: AbortSignal.any([signal, cancelled.signal]),
    together,
    ...policy,
    ...(limit === undefined ? {} : { admit: () => seconds() < limit }),
    onEvent: (event) => bar.tell(event),
  });
  bar.end();
  cancelled.end();
  return { ...summary, seconds: seconds() };
}

/**
 * A job, round after round until its records call for nothing more, under one time limit. Returns all that was wanted
 * beside the summary.
 */
export async function runJob(
  job: Job,
  request: Omit<RunRequest, "tasks">,
  execute: (request: RunRequest) => Promise<TimedSummary> = runWithProgress,
): Promise<{ readonly summary: TimedSummary; readonly tasks: readonly Task[] }> {
  const { taskId } = await import("../run/task.ts");
  const { store, limit = Infinity, policy } = request;
  if (job.askedBy === null) {
    const tasks = [...job.wanted([])];
    return { summary: await execute({ ...request, tasks }), tasks };
  }
  const tasks: Task[] = [];
  const asked = new Set<string>();
  let summary: TimedSummary = { finished: 0, leftOut: [], failed: [], interrupted: false, seconds: 0 };
  for (;;) {
    const next = [...job.wanted(store.records())].filter((task) => !asked.has(taskId(task)));
    const { interrupted, detached = false, failed } = summary;
    const ended = interrupted || detached || (policy?.failFast === true && failed.length > 0);
    if (next.length === 0 || ended) return { summary, tasks };
    for (const task of next) asked.add(taskId(task));
    tasks.push(...next);
    const left = limit === Infinity ? {} : { limit: Math.max(0, limit - summary.seconds) };
    summary = combined(summary, await execute({ ...request, ...left, tasks: next }));
  }
}

export function exitCodeOf({ interrupted, failed }: RunSummary): number {
  if (interrupted) return 130;
  return failed.length > 0 ? 1 : 0;
}
