/** `worker RUN`: does what is open in a run folder, beside whoever else is at it. */

import { join } from "node:path";
import { reject } from "../base/errors.ts";
import { numerics } from "../base/version.ts";
import { cancellationWatch, isCancelled } from "../run/folder/cancellation.ts";
import { newCommand, parseArguments } from "./command.ts";
import { notice, print, progress, type OutputOptions } from "./io.ts";
import { parseWorkers, readStamp, runPolicy, type RunPolicy } from "./run-tasks.ts";
import { requireRun } from "./status.ts";
import { parseDuration } from "./units.ts";

/** What a scheduler reads as: start it again. */
const GIVEN_BACK = 75;

/** The signals that end a worker, and its exit code then. They are taken before anything else is loaded. */
function endings(): { readonly signal: AbortSignal; readonly code: () => number } {
  const controller = new AbortController();
  let code = 0;
  const end = (with_: number) => (): void => {
    code = with_;
    controller.abort();
  };
  process.on("SIGTERM", end(GIVEN_BACK));
  process.on("SIGUSR1", end(GIVEN_BACK));
  process.on("SIGINT", end(130));
  return { signal: controller.signal, code: () => code };
}

export async function run(args: readonly string[]): Promise<number> {
  const { signal, code } = endings();
  const command = newCommand(
    "worker",
    [
      "Does what is open in a run folder, one trial after another, until nothing is left: exit 0.",
      "Any number may work on one folder, on any hosts. SIGTERM or SIGUSR1: what is under way is given back, exit 75.",
    ].join("\n"),
    "equihard worker runs/sweep --until 50m",
  )
    .argument("[run]", "run folder")
    .option("--workers <integer>", "trials at once, each in a process of its own [1]")
    .option(
      "--until <duration>",
      "begin nothing after this time (s, m, h, d); exit 75 if something is left then",
    );
  const parsed = parseArguments(command, args);
  if (parsed === null) return 0;
  const flags = parsed.opts<OutputOptions & { until?: string; workers?: string }>();
  const limit = flags.until === undefined ? Infinity : parseDuration(flags.until, "--until");
  const dir = requireRun(parsed.args[0], "worker");
  const policy = policyOf(dir);
  const lanes = parseWorkers(flags.workers ?? "1");
  const summary = await work(dir, { signal, limit, lanes, policy, flags });
  const document = { schema: "equihard.worker/1", run: dir, ...summary };
  print(flags, document, () => `${summary.finished} done, ${summary.failed} failed, ${summary.left} left`);
  if (signal.aborted) return code();
  if (isCancelled(dir)) return 0; // 75 would have it started again
  if (policy.failFast && summary.failed > 0) return 1;
  return summary.left > 0 ? GIVEN_BACK : 0;
}

/** How a run treats failures, from its folder. */
function policyOf(dir: string): RunPolicy {
  const stamp = readStamp(join(dir, "run.json"), "restore it, or name another run folder");
  if (stamp?.["numerics"] !== numerics)
    reject({
      where: dir,
      what: `is a run of numerics version ${String(stamp?.["numerics"])}, this is version ${numerics}`,
      next: "use the program that began it, or resume it with this one first",
    });
  return runPolicy(stamp);
}

interface Work {
  readonly signal: AbortSignal;
  readonly limit: number;
  /** Trials at once. */
  readonly lanes: number;
  readonly policy: RunPolicy;
  readonly flags: OutputOptions;
}

interface Counts {
  readonly finished: number;
  readonly failed: number;
  /** Begun by nobody, or given back. */
  readonly left: number;
}

async function work(dir: string, { signal, limit, lanes, policy, flags }: Work): Promise<Counts> {
  const { openBoard } = await import("../run/folder/board.ts");
  const { LEASE } = await import("../run/folder/claims.ts");
  const { openStore } = await import("../run/store/files.ts");
  const { pull } = await import("../run/pull.ts");
  const { taskLabel } = await import("../run/task.ts");
  const start = performance.now();
  const store = openStore(dir, "worker");
  const bar = progress(flags);
  const counts = { finished: 0, failed: 0, left: 0 };
  const stopped = new AbortController();
  const cancelled = cancellationWatch(dir);
  const ended = AbortSignal.any([signal, stopped.signal, cancelled.signal]);
  const board = openBoard({
    dir,
    retries: policy.retries,
    lease: LEASE,
    onSettled: ({ task }, fate) => {
      if (fate === "done") counts.finished++;
      if (fate === "failed") counts.failed++;
      if (fate === "left out") counts.left++;
      if (fate === "failed" && policy.failFast) stopped.abort();
      if (fate !== "left out") bar.report({ text: `${fate}: ${taskLabel(task)}`, data: { state: fate } });
    },
  });
  const admit = (): boolean => (performance.now() - start) / 1000 < limit;
  const lane = (): Promise<void> => pull({ board, store, signal: ended, patient: false, admit });
  try {
    await Promise.all(Array.from({ length: lanes }, lane));
  } finally {
    stopped.abort();
    cancelled.end();
    bar.end();
  }
  if (cancelled.signal.aborted) notice(flags, `${dir} is cancelled; 'equihard resume' goes on`);
  board.refresh();
  const { all } = board.heldElsewhere();
  if (all > 0)
    notice(flags, `other workers are at the last ${all === 1 ? "piece" : `${all} pieces`} of ${dir}`);
  return { ...counts, left: counts.left + board.unclaimed() };
}
