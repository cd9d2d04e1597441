/** One way of taking the workload's training steps, and how several are timed in turn. */

import { median } from "../src/base/statistics.ts";

export interface Slice {
  readonly seconds: number;
  /** Processor time of the process that took them, which other programs' load disturbs less. */
  readonly cpuSeconds: number;
  /** The loss of each step, on its batch before the update. */
  readonly losses: readonly number[];
}

export interface Contender {
  readonly name: string;
  readonly version: string;
  /** Takes `count` further steps. */
  steps(count: number): Promise<Slice>;
  close(): Promise<void>;
}

/** Seconds of this process's processor time since `start`. */
export function used(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** Steps a contender of this process may take in one call. */
const together = 16;

/** A contender of this process: `take` takes some steps, at most 16, and gives their losses. */
export function inProcess(
  name: string,
  version: string,
  take: (count: number) => Promise<readonly number[]>,
  close: () => Promise<void> = () => Promise.resolve(),
): Contender {
  return {
    name,
    version,
    close,
    async steps(count) {
      const losses: number[] = [];
      const start = performance.now();
      const before = process.cpuUsage();
      while (losses.length < count) losses.push(...(await take(Math.min(together, count - losses.length))));
      return { seconds: (performance.now() - start) / 1000, cpuSeconds: used(before), losses };
    },
  };
}

/** Closes the contenders after `f`, whatever becomes of it. */
export async function closing<T>(contenders: readonly Contender[], f: () => Promise<T>): Promise<T> {
  try {
    return await f();
  } finally {
    await Promise.all(contenders.map((c) => c.close()));
  }
}

export interface Timing {
  readonly name: string;
  readonly version: string;
  /** Steps a second of every round. */
  readonly rates: readonly number[];
  /** Steps a second of processor time of every round. */
  readonly cpuRates: readonly number[];
  /** The losses of the first steps, to compare trajectories. */
  readonly losses: readonly number[];
}

/**
 * Times contenders in turn, round after round, in an order that rotates: what else the machine does falls on all of them.
 * Each takes `compared` steps first (a multiple of 16, as all counts are), whose losses are returned.
 */
export async function race(
  contenders: readonly Contender[],
  rounds: number,
  secondsEach: number,
  compared = 32,
): Promise<Timing[]> {
  const losses: number[][] = [];
  const counts: number[] = [];
  for (const c of contenders) {
    const first = await c.steps(compared);
    losses.push([...first.losses]);
    counts.push(together * Math.max(1, Math.round((secondsEach * compared) / first.seconds / together)));
  }
  const rates: number[][] = contenders.map(() => []);
  const cpuRates: number[][] = contenders.map(() => []);
  for (let round = 0; round < rounds; round++)
    for (let turn = 0; turn < contenders.length; turn++) {
      const i = (turn + round) % contenders.length;
      const { seconds, cpuSeconds } = await contenders[i].steps(counts[i]);
      rates[i].push(counts[i] / seconds);
      cpuRates[i].push(counts[i] / cpuSeconds);
    }
  return contenders.map(({ name, version }, i) => ({
    name,
    version,
    rates: rates[i],
    cpuRates: cpuRates[i],
    losses: losses[i],
  }));
}

/** The median over rounds of how many times less processor time a step of `a` takes than one of `b`. */
export const cpuRatio = (a: Timing, b: Timing): number =>
  median(a.cpuRates.map((rate, i) => rate / b.cpuRates[i]));

/** The largest relative difference of two loss trajectories over the given number of steps. */
export const deviation = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.slice(0, b.length).map((x, i) => Math.abs(x - b[i]) / Math.abs(b[i])));
