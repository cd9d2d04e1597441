/** What `sweep` and `resume` share: sizing, running and reporting a sweep that has been checked. */

import { join } from "node:path";
import { reject } from "../base/errors.ts";
import type { CellTransition } from "../sweep/transitions.ts";
import type { Located } from "../sweep/document.ts";
import type { SweepPlan } from "../sweep/plan.ts";
import type { SweepSize } from "../sweep/size.ts";
import type { Store } from "../run/store/files.ts";
import { briefTime } from "../query/certifier.ts";
import { requireConsent } from "./consent.ts";
import { print } from "./io.ts";
import {
  combined,
  exitCodeOf,
  openRun,
  readStamp,
  runWithProgress,
  textTable,
  type RunFlags,
  type RunPolicy,
  type TimedSummary,
} from "./run-tasks.ts";

export interface SweepFlags extends RunFlags {
  readonly dryRun?: boolean;
  readonly retries?: string;
  readonly failFast?: boolean;
  readonly keepGoing?: boolean;
}

export interface SweepRun {
  readonly plan: SweepPlan;
  /** The file's value, as the folder keeps it. */
  readonly spec: unknown;
  readonly dir: string;
  readonly workers: number;
  readonly signal: AbortSignal;
  readonly flags: SweepFlags;
}

/** The sweep that a run folder holds. */
export function heldSweep(dir: string, next: string): Located {
  const stamp = join(dir, "run.json");
  const value = readStamp(stamp, next)?.["sweep"];
  if (value === undefined) reject({ where: dir, what: "holds a run that is no sweep", next });
  return { value, at: () => stamp };
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
const MOST_TOGETHER = 64;

/** Sizes the sweep, asks for consent where it is long, and runs what is missing. */
export async function conduct(run: SweepRun): Promise<number> {
  const { plan, dir, workers, signal, flags } = run;
  const policy = policyOf(flags);
  const { sizeOf } = await import("../sweep/size.ts");
  const size = await sizeOf(plan, signal);
  const busy = Math.min(workers, size.trials);
  const cost = { seconds: size.seconds / busy, bytes: size.bytes * busy };
  if (flags.dryRun === true) {
    const document = { schema: "equihard.sweep/1", run: dir, dryRun: true, ...size, workers: busy };
    print(
      flags,
      document,
      () => `${sized(size)}; with ${busy} worker${busy === 1 ? "" : "s"} ${briefTime(cost.seconds)}`,
    );
    return 0;
  }
  requireConsent(cost, flags.yes, "sweep");
  const store = await openRun(dir, {}, flags, { sweep: run.spec, ...policy });
  const together = Math.max(1, Math.min(MOST_TOGETHER, Math.floor((PIECE * size.trials) / size.seconds)));
  const { summary, total, transitions } = await (plan.spec.bisect === undefined ? all : bisected)(
    run,
    { store, workers, signal, flags, policy },
    together,
  );
  const document = {
    schema: "equihard.sweep/1",
    run: dir,
    trials: total,
    finished: summary.finished,
    failed: summary.failed.map(({ task, message }) => ({ task, message })),
    interrupted: summary.interrupted,
    seconds: summary.seconds,
    ...(plan.spec.bisect === undefined ? {} : { transitions }),
  };
  const { missingIn } = await import("../run/executor/local.ts");
  const { taskLabel } = await import("../run/task.ts");
  print(flags, document, () =>
    [
      ...transitionLines(transitions),
      ...summary.failed.map(({ task, message }) => `FAILED ${taskLabel(task)}: ${message}`),
      missingIn(summary, total),
      `${summary.finished} of ${total} trials, ${summary.seconds.toFixed(0)} s. Records: ${join(dir, "results")}`,
    ].join("\n"),
  );
  return exitCodeOf(summary);
}

const sized = ({ cells, trials, seconds, bytes }: SweepSize): string =>
  [
    `${trials} trials (${cells} combinations)`,
    `about ${briefTime(seconds)} of work`,
    `${(bytes / 2 ** 20).toFixed(0)} MiB a worker`,
  ].join(", ");

interface Request {
  readonly store: Store;
  readonly workers: number;
  readonly signal: AbortSignal;
  readonly flags: SweepFlags;
  readonly policy: RunPolicy;
}

interface Outcome {
  readonly summary: TimedSummary;
  readonly total: number;
  readonly transitions: readonly CellTransition[];
}

async function all({ plan }: SweepRun, request: Request, together: number): Promise<Outcome> {
  const { trialsOf } = await import("../sweep/identity.ts");
  const tasks = [...trialsOf(plan)];
  const summary = await runWithProgress({ ...request, tasks, together });
  return { summary, total: tasks.length, transitions: [] };
}

/** Round after round, until every transition is found; a trial that fails ends it. */
async function bisected({ plan }: SweepRun, request: Request): Promise<Outcome> {
  const { transitionsOf } = await import("../sweep/transitions.ts");
  let summary: TimedSummary = { finished: 0, leftOut: [], failed: [], interrupted: false, seconds: 0 };
  for (let total = 0; ;) {
    const { wanted, transitions } = transitionsOf(plan, request.store.records());
    if (wanted.length === 0 || summary.failed.length > 0 || summary.interrupted)
      return { summary, total, transitions };
    total += wanted.length;
    summary = combined(summary, await runWithProgress({ ...request, tasks: wanted }));
  }
}

function transitionLines(transitions: readonly CellTransition[]): string[] {
  if (transitions.length === 0) return [];
  const number = (x: number | null): string => (x === null ? "-" : String(Number(x.toPrecision(4))));
  const rows = transitions.map(({ family, values, over, transition: t }) => [
    family,
    Object.entries(values)
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
      .join(" "),
    over,
    t?.status ?? "not found yet",
    number(t?.estimate ?? null),
    `${number(t?.between[0] ?? null)} to ${number(t?.between[1] ?? null)}`,
    `${number(t?.interval[0] ?? null)} to ${number(t?.interval[1] ?? null)}`,
  ]);
  return [
    ...textTable(["family", "at", "over", "transition", "estimate", "between", "90 % interval"], rows),
    "",
  ];
}
