/**
 * Seeds of one architecture as one batched step (vmap) against a step each: the measurement behind the rule that an
 * ensemble is one session a core. Batching pays for narrow networks on batches far below the default of 256 examples, where
 * calling kernels costs more than they compute.
 */

import { vmap } from "@jax-js/jax";
import { compileRepeated, startJax, type Specs, type Values } from "../src/engine/program.ts";
import { trainingStep } from "../src/engine/trainer.ts";
import type { Arrays, PureFunction } from "../src/engine/trace.ts";
import { median } from "./contender.ts";
import { encoded, flatWeights, pinned, workload } from "./workload.ts";

const steps = 16;
const state = ["weights", "state.m", "state.v"];

export interface BatchedCase {
  readonly width: number;
  readonly batch: number;
  readonly seeds: number;
  readonly distinctRows: boolean;
}

export interface BatchedSeeds extends BatchedCase {
  /** How many times less processor time a seed's step takes among the batched ones than by itself. */
  readonly gain: number;
}

interface Contender {
  /** Processor time of some steps, a step and seed. */
  time(): Promise<number>;
  dispose(): Promise<void>;
}

/** `seeds` trainings at once; one is not batched at all. */
async function stepOf({ width, batch, seeds, distinctRows }: BatchedCase): Promise<Contender> {
  await startJax();
  const size = { ...pinned(width), batch };
  const work = workload(size);
  const network = work.network(distinctRows);
  const { fn, inputs } = trainingStep({ network, loss: "squared", optimizer: "adam", batch });
  const shared = (name: string): boolean => name.startsWith("schedule.");
  const specs: Specs = Object.fromEntries(
    Object.entries(inputs).map(([name, spec]) => [name, shared(name) ? spec : { ...spec, shape: [seeds, ...spec.shape] }]),
  ); // prettier-ignore
  const names = Object.keys(inputs);
  const one = (...args: Arrays[string][]): Arrays => fn(Object.fromEntries(names.map((name, i) => [name, args[i]]))); // prettier-ignore
  const axes = names.map((name) => (shared(name) ? null : 0));
  const batched: PureFunction = (args) =>
    (vmap as unknown as (f: typeof one, axes: unknown) => typeof one)(one, axes)(...names.map((name) => args[name])); // prettier-ignore
  const single = seeds === 1;
  const program = await compileRepeated(single ? fn : batched, single ? inputs : specs, state, { backend: "onnx" }); // prettier-ignore

  const repeat = (parts: readonly Float32Array[], times: number): Float32Array => {
    const all = new Float32Array(times * parts[0].length);
    for (let i = 0; i < times; i++) all.set(parts[i % parts.length], i * parts[0].length);
    return all;
  };
  const encodings = encoded(work, network);
  const each: Values = {
    "schedule.0": new Float32Array(steps).fill(2e-3),
    "schedule.1": new Float32Array(steps).fill(1e-8),
    labels: repeat(work.batches.map((b) => b.labels), steps * seeds), // prettier-ignore
    ...Object.fromEntries(Object.keys(encodings[0]).map((name) => [`inputs.${name}`, repeat(encodings.map((e) => e[name]), steps * seeds)])), // prettier-ignore
  };
  const weights = Array.from({ length: seeds }, (_, seed) => flatWeights(workload(size, seed)));
  const buffer = (): Float32Array => new Float32Array(seeds * weights[0].length);
  let now: Values = { weights: repeat(weights, seeds), "state.m": buffer(), "state.v": buffer() };
  const runs = Math.ceil(8 / seeds);
  return {
    async time() {
      const start = process.cpuUsage();
      for (let i = 0; i < runs; i++) now = (await program.run(now, each, steps)).state;
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1e6 / (runs * steps * seeds);
    },
    dispose: () => program.dispose(),
  };
}

/** The median gain over rounds in which both take turns. */
async function gainOf(of: BatchedCase, rounds: number): Promise<BatchedSeeds> {
  const [alone, among] = [await stepOf({ ...of, seeds: 1 }), await stepOf(of)];
  const gains: number[] = [];
  for (let round = -1; round < rounds; round++) {
    const gain = (await alone.time()) / (await among.time());
    if (round >= 0) gains.push(gain);
  }
  await alone.dispose();
  await among.dispose();
  return { ...of, gain: median(gains) };
}

const seeds = 8;

export async function batchedSeeds(quick: boolean): Promise<BatchedSeeds[]> {
  const results: BatchedSeeds[] = [];
  for (const distinctRows of quick ? [true] : [true, false])
    for (const batch of quick ? [32, 128] : [32, 128, 256])
      for (const width of quick ? [8, 32] : [4, 8, 16, 32])
        results.push(await gainOf({ width, batch, seeds, distinctRows }, quick ? 5 : 9));
  return results;
}

export function batchedTable(results: readonly BatchedSeeds[]): string {
  const widths = [...new Set(results.map((r) => r.width))];
  const nameOf = (r: BatchedSeeds): string => `${r.distinctRows ? "distinct rows" : "same arithmetic"}, batch ${r.batch}`;
  const names = [...new Set(results.map(nameOf))];
  const gains = (name: string): string[] => results.filter((r) => nameOf(r) === name).map((r) => r.gain.toFixed(2));
  return [
    `| ${seeds} seeds as one step (vmap): times less processor time a seed | ${widths.map((w) => `width ${w}`).join(" | ")} |`,
    `| --- |${" --- |".repeat(widths.length)}`,
    ...names.map((name) => `| ${name} | ${gains(name).join(" | ")} |`),
  ].join("\n");
} // prettier-ignore
