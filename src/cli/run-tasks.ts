/** What commands that run many tasks share: the run folder and its stamp, workers, progress, a time limit. */

import { existsSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { reject } from "../base/errors.ts";
import { canonicalJson } from "../base/json.ts";
import type { RunSummary } from "../experiment/runner.ts";
import type { Store } from "../experiment/store.ts";
import type { Task } from "../experiment/task.ts";
import { progress, writeWhole, type OutputOptions } from "./io.ts";
import { version } from "./main.ts";

export interface RunFlags extends OutputOptions {
  readonly workers?: string;
}

export function parseWorkers(text: string | undefined): number {
  const workers = text === undefined ? Math.max(1, cpus().length) : Number(text);
  if (!Number.isInteger(workers) || workers < 1 || workers > 1024)
    reject({ where: "--workers", what: `${text} does not fit`, allowed: "an integer 1 to 1024" });
  return workers;
}

/** Opens the run folder; one that holds another kind of run is refused. */
export async function openRun(dir: string, kind: Readonly<Record<string, unknown>>): Promise<Store> {
  const { openStore } = await import("../experiment/store.ts");
  const store = openStore(dir);
  const stamp = join(dir, "run.json");
  if (!existsSync(stamp)) {
    writeWhole(stamp, `${JSON.stringify({ schema: "equihard.run/1", ...kind, version })}\n`);
    return store;
  }
  const other = { where: "--out", next: "choose another --out" };
  let before: Record<string, unknown>;
  try {
    before = JSON.parse(readFileSync(stamp, "utf8")) as Record<string, unknown>;
  } catch {
    return reject({ ...other, what: `${stamp} is not JSON` });
  }
  for (const [name, value] of Object.entries(kind))
    if (canonicalJson(before[name] ?? null) !== canonicalJson(value))
      reject({ ...other, what: `${dir} holds a run of ${name} ${JSON.stringify(before[name])}` });
  return store;
}

export interface RunRequest {
  readonly store: Store;
  readonly tasks: readonly Task[];
  readonly workers: number;
  readonly signal: AbortSignal;
  readonly flags: RunFlags;
  /** Seconds after which no further task is started. */
  readonly limit?: number;
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
  const { store, tasks, workers, signal, flags, limit } = request;
  const { runTasks } = await import("../experiment/runner.ts");
  const { taskLabel } = await import("../experiment/task.ts");
  const started = Date.now();
  const seconds = (): number => (Date.now() - started) / 1000;
  const bar = progress(flags);
  let ended = 0;
  const summary = await runTasks(tasks, {
    store,
    workers,
    version,
    signal,
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
  const line = (cells: readonly string[]): string => cells.map((x, c) => x.padEnd(widths[c])).join("  ").trimEnd(); // prettier-ignore
  return [line(head), ...rows.map(line)];
}

export const exitCodeOf = (summary: RunSummary): number =>
  summary.interrupted ? 130 : summary.failed.length > 0 ? 1 : 0;
