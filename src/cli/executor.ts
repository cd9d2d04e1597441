/** Where the trials of a sweep run: on this machine, on Slurm, or under another scheduler by a printed line. */

import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod/mini";
import type { Command } from "commander";
import { reject, requireChoice } from "../base/errors.ts";
import { refuseUnread } from "../base/options.ts";
import { parseWith } from "../base/schema.ts";
import type { View } from "../run/executor/slurm/decide.ts";
import type { Measured, Wanted } from "../run/executor/slurm/sizing.ts";
import { notice } from "./io.ts";
import type { RunRequest, TimedSummary } from "./run-tasks.ts";
import { parseDuration, parseMemory } from "./units.ts";

const kinds = ["local", "slurm", "print"] as const;

/** What a run's folder says of where it runs, in the words of the command line. */
const choiceSchema = z.strictObject({
  executor: z._default(z.enum(kinds), "local"),
  workers: z.optional(z.string()),
  partition: z.optional(z.string()),
  time: z.optional(z.string()),
  cores: z.optional(z.string()),
  memory: z.optional(z.string()),
});

/** @see choiceSchema */
export type ExecutorChoice = z.output<typeof choiceSchema>;
/** The options that `addExecutor` adds. */
export type ExecutorFlags = Partial<Record<keyof ExecutorChoice, string>> & { readonly detach?: boolean };

export const addExecutor = (command: Command): Command =>
  command
    .option(
      "--executor <local|slurm|print>",
      "where trials run; print: the line for another scheduler [local]",
    )
    .option("--workers <integer>", "worker processes in all, one single-threaded session each [cores]")
    .option("--detach", "slurm: return once pilots are submitted; resume waits for them again")
    .option("--partition <name>", "slurm: partition [the site's default]")
    .option("--time <duration>", "slurm: of a pilot (m, h, d) [what its work needs]")
    .option("--cores <integer>", "slurm: worker processes of a pilot [a node's]")
    .option("--memory <size>", "slurm: of a pilot (M, G, T) [measured]");

/** What is chosen: by options, else as the run's folder says. */
export function executorChoice(flags: ExecutorFlags, held?: unknown): ExecutorChoice {
  const given = Object.fromEntries(
    (Object.keys(choiceSchema.shape) as (keyof ExecutorChoice)[]).flatMap((name) =>
      flags[name] === undefined ? [] : [[name, flags[name]]],
    ),
  );
  if (given["executor"] !== undefined) requireChoice(String(given["executor"]), kinds, "--executor");
  const kept = held === undefined ? undefined : parseWith(choiceSchema, held, "run.json");
  const before = (given["executor"] ?? kept?.executor) === kept?.executor ? kept : {}; // another's options
  const choice = parseWith(choiceSchema, { ...before, ...given }, "run.json");
  const { executor, workers: _, ...options } = choice;
  if (executor === "slurm")
    wantedOf(choice); // what is no number is said before anything is done
  else refuseUnread({ ...options, detach: flags.detach }, [], `the executor ${executor}`);
  return choice;
}

/** Runs tasks somewhere. */
export type Execute = (request: RunRequest) => Promise<TimedSummary>;

/** Where tasks are run, and how many at once. */
export interface Executor {
  readonly execute: Execute;
  readonly lanes: number;
  /** What is asked of Slurm. */
  readonly pilots?: View["asked"];
}

/** How a run on Slurm is begun, and how its user ends it. */
export interface SlurmRun {
  readonly dir: string;
  readonly choice: ExecutorChoice;
  readonly work: Measured;
  readonly detach: boolean;
  /** The second Ctrl-C: the jobs are cancelled. */
  readonly cancel: AbortSignal;
}

const count = (text: string | undefined, where: string): number | undefined => {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 1_000_000) return value;
  return reject({ where, what: `${text} does not fit`, allowed: "an integer of 1 or more" });
};

function wantedOf({ workers, cores, time, memory }: ExecutorChoice): Wanted {
  const [all, each] = [count(workers, "--workers"), count(cores, "--cores")];
  return {
    ...(all === undefined ? {} : { workers: all }),
    ...(each === undefined ? {} : { cores: each }),
    ...(time === undefined ? {} : { time: parseDuration(time, "--time") }),
    ...(memory === undefined ? {} : { memory: parseMemory(memory, "--memory") }),
  };
}

/** What starts this program: on a node that sees the same files, too. */
export const ownProgram = (): string[] => [process.execPath, realpathSync(process.argv[1])];

/** Seconds in which a second Ctrl-C cancels. */
const SECOND = 3;

/** @throws InputError where Slurm does not answer, or the wants are beyond its limits: before anything is written */
export async function slurmExecutor({ dir, choice, work, detach, cancel }: SlurmRun): Promise<Executor> {
  const { ask } = await import("../run/executor/slurm/calls.ts");
  const { partitionOf, readSite } = await import("../run/executor/slurm/site.ts");
  const { sizing } = await import("../run/executor/slurm/sizing.ts");
  const { runTasksOnSlurm } = await import("../run/executor/slurm/client.ts");
  const { liveView } = await import("./live.ts");
  const site = await readSite(ask);
  const partition = partitionOf(site, choice.partition ?? process.env["SBATCH_PARTITION"]);
  const asked = sizing(work, partition, wantedOf(choice));
  const bounds = { maxArraySize: site.maxArraySize, memory: partition.memory, limit: partition.limit };
  const execute: Execute = async ({ store, tasks, signal, flags, policy, together = 1 }) => {
    const started = performance.now();
    const bar = await liveView(flags, tasks.length);
    const onNote = (text: string): void => notice(flags, text);
    const summary = await runTasksOnSlurm(tasks, {
      store,
      signal,
      together,
      ...policy,
      ask,
      program: ownProgram(),
      dir: resolve(dir),
      asked,
      bounds,
      detach,
      cancel,
      onNote,
      onEvent: (event) => bar.tell(event, event.state === "kept" ? "done" : event.state),
    });
    bar.end();
    if (summary.detached && signal.aborted) await secondThoughts(dir, cancel, onNote);
    const detached = summary.detached && !cancel.aborted;
    return { ...summary, detached, seconds: (performance.now() - started) / 1000 };
  };
  return { execute, lanes: asked.pilots * asked.request.cores, pilots: asked };
}

/** After the first Ctrl-C, which leaves pilots at work. */
async function secondThoughts(
  dir: string,
  cancel: AbortSignal,
  onNote: (text: string) => void,
): Promise<void> {
  onNote(`detached, pilots go on with ${dir}; Ctrl-C again within ${SECOND} s cancels them`);
  await pause(SECOND * 1000, undefined, { signal: cancel }).catch(() => {});
  if (!cancel.aborted) return;
  const { cancelRun } = await import("../run/executor/slurm/cancel.ts");
  const { ask } = await import("../run/executor/slurm/calls.ts");
  await cancelRun(resolve(dir), ask);
  onNote(`${dir} is cancelled; 'equihard resume' goes on`);
}
