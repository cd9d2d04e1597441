/** Sweeps: how well two workers share trials of a second or more, and what a short trial costs beside its own work. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "../src/base/statistics.ts";
import { runTasks } from "../src/run/executor/local.ts";
import { openStore } from "../src/run/store/files.ts";
import type { Task } from "../src/run/task.ts";
import type { Row } from "./report.ts";

/** Beside the bundle of the benchmark. */
const program = new URL("worker.js", import.meta.url);

const trials = (count: number, steps: number): Task[] =>
  Array.from({ length: count }, (_, seed) => ({
    kind: "train",
    family: "gnn-degree-parity",
    params: { n: 8 },
    seed,
    easy: false,
    options: { steps, batch: 64, width: 16, testSamples: 100 },
  }));

/** Seconds of a run, from its start to its end, and of its trials by themselves. */
async function timed(tasks: readonly Task[], workers: number, together: number) {
  const dir = mkdtempSync(join(tmpdir(), "equihard-bench-"));
  let inTrials = 0;
  const start = performance.now();
  const { finished } = await runTasks(tasks, {
    store: openStore(dir),
    workers,
    together,
    program,
    signal: new AbortController().signal,
    onEvent: ({ seconds = 0 }) => (inTrials += seconds),
  });
  const whole = (performance.now() - start) / 1000;
  rmSync(dir, { recursive: true });
  if (finished !== tasks.length) throw new Error(`${tasks.length - finished} trials have failed`);
  return { whole, inTrials };
}

export interface SweepSpeed {
  /** What one worker takes over what two take, by two. */
  readonly efficiency: number;
  /** Seconds of a trial by itself, in the first of these runs. */
  readonly trial: number;
  /** Seconds a short trial takes beside its work, on one worker. */
  readonly overhead: number;
}

export async function sweepSpeed(quick: boolean): Promise<SweepSpeed> {
  const long = trials(quick ? 8 : 32, 2000);
  const rounds = [];
  for (let round = 0; round < (quick ? 1 : 3); round++)
    rounds.push([await timed(long, 1, 1), await timed(long, 2, 1)] as const);
  const short = await timed(trials(quick ? 200 : 1000, 5), 1, 64);
  return {
    efficiency: median(rounds.map(([one, two]) => one.whole / (2 * two.whole))),
    trial: rounds[0][0].inTrials / long.length,
    overhead: (short.whole - short.inTrials) / (quick ? 200 : 1000),
  };
}

export const sweepRows = ({ efficiency, trial, overhead }: SweepSpeed): Row[] => [
  {
    measure: "two workers of a sweep, of twice one",
    value: `${(100 * efficiency).toFixed(0)} % (trials of ${trial.toFixed(1)} s)`,
    number: 100 * efficiency,
    target: { atLeast: 95 },
    unit: "%",
  },
  {
    measure: "a short trial of a sweep, beside its work",
    value: `${(1000 * overhead).toFixed(1)} ms`,
    number: 1000 * overhead,
    target: { atMost: 2 },
    unit: "ms",
  },
];
