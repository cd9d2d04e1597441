/** What commands that run many tasks share: the run folder and its stamp, workers, progress, a time limit. */

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
import type { Store } from "../run/store/files.ts";
import type { Task } from "../run/task.ts";
import { notice, progress, readJson, type OutputOptions } from "./io.ts";

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
 * Opens the run folder. One that holds another kind of run is refused, and so, without `--yes`, is one with records of
 * another numerics version.
 *
 * @param more what else run.json says from now on
 */
export async function openRun(
  dir: string,
  kind: Readonly<Record<string, unknown>>,
  flags: RunFlags,
  more: Readonly<Record<string, unknown>> = {},
): Promise<Store> {
  const { openStore } = await import("../run/store/files.ts");
  const store = openStore(dir);
  const stamp = join(dir, "run.json");
  const before = readStamp(stamp);
  for (const [name, value] of Object.entries(before === null ? {} : kind)) {
    const held = before?.[name] ?? null;
    if (canonicalJson(held) === canonicalJson(value)) continue;
    const what = `${dir} holds a run of ${name} ${JSON.stringify(held)}`;
    reject({ where: "--out", what, next: "choose another --out" });
  }
  await tidy(dir, flags);
  const made = store.records().map((r) => String(r.measurement["version"]));
  const versions = [...new Set([...made, version])].sort();
  const others = versions.filter((v) => v !== version);
  if (others.length > 0)
    notice(flags, `${dir} has records by equihard ${others.join(", ")}, of the same numerics version: kept`);
  const now = { ...before, schema: "equihard.run/1", ...kind, ...more, version, versions, numerics };
  if (canonicalJson(before) !== canonicalJson(now)) writeWhole(stamp, `${JSON.stringify(now)}\n`);
  return store;
}

/** Leaves only records of this numerics version among the records; whatever else is there is named and kept aside. */
async function tidy(dir: string, flags: RunFlags): Promise<void> {
  const { readContents, setAside } = await import("../run/store/files.ts");
  const { origins } = await import("../run/record.ts");
  const { foreign, damaged } = readContents(dir);
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
  const shelves = new Set(foreign.flatMap(({ id }) => setAside(dir, `${id}.json`) ?? []));
  if (shelves.size > 0) notice(flags, `${origins(foreign)}: kept aside in ${[...shelves].join(", ")}`);
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
}

/** Two stages as one run. */
export const combined = (a: TimedSummary, b: TimedSummary): TimedSummary => ({
  finished: a.finished + b.finished,
  leftOut: [...a.leftOut, ...b.leftOut],
  failed: [...a.failed, ...b.failed],
  interrupted: a.interrupted || b.interrupted,
  seconds: a.seconds + b.seconds,
});

export async function runWithProgress(request: RunRequest): Promise<TimedSummary> {
  const { store, tasks, workers, signal, flags, limit, policy, together = 1 } = request;
  const { runTasks } = await import("../run/executor/local.ts");
  const { taskLabel } = await import("../run/task.ts");
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  const bar = progress(flags);
  let ended = 0;
  const summary = await runTasks(tasks, {
    store,
    workers,
    signal,
    together,
    ...policy,
    ...(limit === undefined ? {} : { admit: () => seconds() < limit }),
    onEvent: ({ task, state }) => {
      if (state !== "started") ended++;
      bar.report({
        text: `${ended}/${tasks.length} ${state}: ${taskLabel(task)}`,
        fraction: ended / tasks.length,
        data: { state },
      });
    },
  });
  bar.end();
  return { ...summary, seconds: seconds() };
}

/** Columns of text, padded; what tables look like on a terminal. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((h, c) => Math.max(h.length, ...rows.map((r) => r[c].length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((x, c) => x.padEnd(widths[c]))
      .join("  ")
      .trimEnd();
  return [line(head), ...rows.map(line)];
}

export function exitCodeOf({ interrupted, failed }: RunSummary): number {
  if (interrupted) return 130;
  return failed.length > 0 ? 1 : 0;
}
