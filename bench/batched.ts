/**
 * Seeds of one architecture as one batched step (vmap) against a step each: the measurement behind the rule that an
 * ensemble is one session a core. Batching pays below width 32 only, where calling kernels costs more than they compute.
 */

import { vmap } from "@jax-js/jax";
import { compileRepeated, startJax, type Specs, type Values } from "../src/engine/program.ts";
import { trainingStep } from "../src/engine/trainer.ts";
import type { Arrays, PureFunction } from "../src/engine/trace.ts";
import { median } from "./contender.ts";
import { encoded, flatWeights, pinned, workload } from "./workload.ts";

const steps = 16;
const state = ["weights", "state.m", "state.v"];

/** Seconds of processor time that a step of one seed takes when `seeds` are batched. */
async function seedStep(width: number, seeds: number, rounds: number): Promise<number> {
  await startJax();
  const work = workload(pinned(width));
  const network = work.network(true);
  const { fn, inputs } = trainingStep({ network, loss: "squared", optimizer: "adam", batch: work.batch });
  const shared = (name: string): boolean => name.startsWith("schedule.");
  const specs: Specs = Object.fromEntries(
    Object.entries(inputs).map(([name, spec]) => [name, shared(name) ? spec : { ...spec, shape: [seeds, ...spec.shape] }]),
  ); // prettier-ignore
  const names = Object.keys(inputs);
  const one = (...args: Arrays[string][]): Arrays => fn(Object.fromEntries(names.map((name, i) => [name, args[i]]))); // prettier-ignore
  const axes = names.map((name) => (shared(name) ? null : 0));
  const batched: PureFunction = (args) =>
    (vmap as unknown as (f: typeof one, axes: unknown) => typeof one)(one, axes)(...names.map((name) => args[name])); // prettier-ignore
  const single = seeds === 1; // by itself a seed is not batched at all
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
  const weights = Array.from({ length: seeds }, (_, seed) => flatWeights(workload(pinned(width), seed)));
  const size = seeds * weights[0].length;
  let now: Values = { weights: repeat(weights, seeds), "state.m": new Float32Array(size), "state.v": new Float32Array(size) }; // prettier-ignore
  const seconds: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const start = process.cpuUsage();
    for (let i = 0; i < 3; i++) now = (await program.run(now, each, steps)).state;
    const { user, system } = process.cpuUsage(start);
    if (round > 0) seconds.push((user + system) / 1e6 / (3 * steps * seeds));
  }
  await program.dispose();
  return median(seconds);
}

export interface BatchedSeeds {
  readonly width: number;
  /** How many times less processor time a seed's step takes among eight batched ones than by itself. */
  readonly gain: number;
}

export async function batchedSeeds(quick: boolean): Promise<BatchedSeeds[]> {
  const results: BatchedSeeds[] = [];
  for (const width of quick ? [16, 32] : [8, 16, 32, 64, 128]) {
    const alone = await seedStep(width, 1, quick ? 5 : 11);
    results.push({ width, gain: alone / (await seedStep(width, 8, quick ? 5 : 11)) });
  }
  return results;
}
