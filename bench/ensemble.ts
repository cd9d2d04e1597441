/** Sixteen seeds of the pinned width-32 network, over both cores: an ensemble of half of them in each of two processes. */

import { createInterface } from "node:readline";
import type { Contender } from "./contender.ts";
import { equihardSeeds } from "./peers/equihard.ts";
import { startProcess } from "./peers/process.ts";
import { pinned, workload } from "./workload.ts";

export const seeds = 16;
const processes = 2;

/** One step of it is a step of all seeds. */
export async function ensemble(program: string): Promise<Contender> {
  const started = await Promise.all(
    Array.from({ length: processes }, (_, i) => startProcess("ensemble", process.execPath, [program, "--seeds", String(i)], 1)), // prettier-ignore
  );
  const parts = started.filter((p) => p !== null);
  return {
    name: `equihard, ${seeds} seeds`,
    version: parts[0].version,
    async steps(count) {
      const slices = await Promise.all(parts.map((p) => p.steps(count)));
      const cpuSeconds = slices.reduce((sum, s) => sum + s.cpuSeconds, 0);
      return { seconds: Math.max(...slices.map((s) => s.seconds)), cpuSeconds, losses: slices[0].losses };
    },
    async close() {
      await Promise.all(parts.map((p) => p.close()));
    },
  };
}

/** A process of the ensemble: trains every second seed, a number of steps for each line it reads. */
export async function runSeeds(part: number): Promise<void> {
  const own = Array.from({ length: seeds / processes }, (_, i) => processes * i + part);
  const contender = await equihardSeeds(own.map((seed) => workload(pinned(32), seed)), true); // prettier-ignore
  console.log(JSON.stringify({ version: contender.version }));
  for await (const line of createInterface({ input: process.stdin }))
    console.log(JSON.stringify(await contender.steps(Number(line))));
  await contender.close();
}
