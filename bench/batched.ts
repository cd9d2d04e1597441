/**
 * Seeds of one architecture as one batched step against a step each, in one thread: the measurement behind the rule by which
 * ensembles choose (`batchesTogether`).
 */

import { batchesTogether } from "../src/engine/train/ensemble.ts";
import { median } from "../src/base/statistics.ts";
import { equihardSeeds } from "./peers/equihard.ts";
import { pinned, workload } from "./workload.ts";

export interface BatchedCase {
  readonly width: number;
  readonly batch: number;
  readonly seeds: number;
  readonly distinctRows: boolean;
}

export interface BatchedSeeds extends BatchedCase {
  /** How many times less processor time a seed's step takes among the batched ones than by itself. */
  readonly gain: number;
  /** Whether an ensemble would batch them. */
  readonly chosen: boolean;
}

const steps = 16;

/** The median gain over rounds in which both take turns. */
async function gainOf(of: BatchedCase, rounds: number): Promise<BatchedSeeds> {
  const { width, batch, distinctRows } = of;
  const works = Array.from({ length: of.seeds }, (_, seed) => workload({ ...pinned(width), batch }, seed));
  const alone = await equihardSeeds(works, distinctRows, { together: false });
  const among = await equihardSeeds(works, distinctRows, { together: true });
  const gains: number[] = [];
  for (let round = -1; round < rounds; round++) {
    const gain = (await alone.steps(steps)).cpuSeconds / (await among.steps(steps)).cpuSeconds;
    if (round >= 0) gains.push(gain);
  }
  await alone.close();
  await among.close();
  const network = works[0].network(distinctRows);
  return { ...of, gain: median(gains), chosen: batchesTogether({ network, batch }) };
}

const seeds = 8;

export async function batchedSeeds(quick: boolean): Promise<BatchedSeeds[]> {
  const results: BatchedSeeds[] = [];
  for (const distinctRows of quick ? [true] : [true, false])
    for (const batch of quick ? [32, 128] : [16, 32, 64, 128])
      for (const width of quick ? [8, 32] : [4, 8, 16, 32, 64])
        results.push(await gainOf({ width, batch, seeds, distinctRows }, quick ? 5 : 9));
  return results;
}

export function batchedTable(results: readonly BatchedSeeds[]): string {
  const widths = [...new Set(results.map((r) => r.width))];
  const nameOf = (r: BatchedSeeds): string => `${r.distinctRows ? "distinct rows" : "same arithmetic"}, batch ${r.batch}`;
  const names = [...new Set(results.map(nameOf))];
  const gains = (name: string): string[] =>
    results.filter((r) => nameOf(r) === name).map((r) => `${r.gain.toFixed(2)}${r.chosen ? " (chosen)" : ""}`);
  return [
    `| ${seeds} seeds as one step (vmap): times less processor time a seed | ${widths.map((w) => `width ${w}`).join(" | ")} |`,
    `| --- |${" --- |".repeat(widths.length)}`,
    ...names.map((name) => `| ${name} | ${gains(name).join(" | ")} |`),
  ].join("\n");
} // prettier-ignore
