/** The measurements beside the race of the pinned step. */

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { foldIn, keyFor, normals } from "../src/base/random.ts";
import type { Samples } from "../src/distribution/law.ts";
import { degreeParityLaw } from "../src/family/gnn-degree-parity/degree-law.ts";
import { createTrainer } from "../src/engine/train/trainer.ts";
import { product } from "../src/base/product.ts";
import { studentOf } from "../src/family/family.ts";
import { gnnDegreeParity } from "../src/family/gnn-degree-parity/index.ts";
import { gnnHiddenPlane } from "../src/family/gnn-hidden-plane/index.ts";
import { initialise } from "../src/network/initialise.ts";
import { median } from "../src/base/statistics.ts";
import { used, type Contender } from "./contender.ts";
import { equihard } from "./peers/equihard.ts";
import { learningRate, pinned, workload, type Size } from "./workload.ts";

const flush = async (contender: Contender, steps: number): Promise<number> =>
  (await contender.steps(steps)).cpuSeconds / steps;

/** Seconds of processor time of one call of `f`: the median of `times`. */
async function timed(times: number, f: (i: number) => unknown): Promise<number> {
  const seconds: number[] = [];
  for (let i = 0; i < times; i++) {
    const start = process.cpuUsage();
    await f(i);
    seconds.push(used(start));
  }
  return median(seconds);
}

/** Floating-point operations of one step's matrix products. */
export function flops({ n, batch, width }: Size, distinctRows: boolean): number {
  const readout = 3 * 2 * batch * width * width;
  if (!distinctRows) return 2 * batch * n * (6 * width * width + 2 * n * width) + readout;
  return 2 * batch * n * (2 * 2 * n * width) + 2 * n * 6 * width * width + readout;
}

/** From the traced function to the first prediction-ready session, seconds; a new architecture each time. */
export const compilation = (times: number): Promise<number> =>
  timed(times, async (i) => {
    const work = workload({ ...pinned(64), width: 64 + i });
    const network = work.network(true);
    const options = { network, loss: "squared", optimizer: "adam", lr: learningRate, batch: work.batch, weights: work.weights } as const; // prettier-ignore
    await (await createTrainer(options)).dispose();
  });

/** Seconds for drawing and labelling one pinned batch, and for encoding it into distinct rows as well, as training does. */
export async function sampling(encoding: boolean): Promise<number> {
  const work = workload(pinned(32));
  const network = work.network(true);
  const { law, hard, key } = gnnDegreeParity.draw(gnnDegreeParity.parse({ n: work.n, degrees: [5, 6, 7] }), keyFor("bench sampling")); // prettier-ignore
  let { samples } = work.batches[0];
  let into = network.encode(samples);
  const perHundred = await timed(15, (round) => {
    for (let i = 0; i < 100; i++) {
      samples = law.sample(foldIn(key, 100 * round + i), work.batch, samples);
      hard.label(samples);
      if (encoding) into = network.encode(samples, into);
    }
  });
  return perHundred / 100;
}

/** Large inputs: 5 nodes of 256 features, in batches of 256; a graph network of width 64 learns hidden planes on them. */
const large = { params: { d: 256, n: 5, k: 4 }, batch: 256, width: 64 };

/** Seconds of a batch's drawing and labelling, and of a step on it. */
export async function largeSampling(times: number): Promise<{ draw: number; step: number; normals: number }> {
  const { params, batch, width } = large;
  const instance = gnnHiddenPlane.draw(gnnHiddenPlane.parse(params), keyFor("bench large"));
  const network = studentOf(gnnHiddenPlane, instance, { student: "gnn", layers: 2, width, readoutLayers: 1, pool: "mean" }); // prettier-ignore
  const weights = initialise(network, keyFor("bench large weights"));
  const trainer = await createTrainer({ network, loss: "squared", optimizer: "adam", lr: learningRate, batch, weights }); // prettier-ignore
  const { inputs, labels, slots } = trainer.stack(8);
  const [draws, steps]: number[][] = [[], []];
  let samples: Samples | undefined;
  for (let round = 0; round <= times; round++) {
    for (const [i, slot] of slots.entries()) {
      const start = process.cpuUsage();
      samples = instance.law.sample(foldIn(instance.key, slots.length * round + i), batch, samples);
      const drawn = instance.hard.label(samples);
      if (round > 0) draws.push(used(start)); // the first warms up
      slot.labels.set(drawn);
      network.encode(samples, slot.inputs);
    }
    const start = process.cpuUsage();
    await trainer.steps(inputs, labels);
    if (round > 0) steps.push(used(start) / slots.length);
  }
  await trainer.dispose();
  return { draw: median(draws), step: median(steps), normals: batch * product(instance.law.shape) };
}

/** Nanoseconds a standard normal. */
export const normalCost = async (kind: typeof Float32Array | typeof Float64Array): Promise<number> => {
  const out = new kind(1e5);
  return (await timed(31, (i) => normals(keyFor("bench normals", i), out))) * 1e4;
};

/** The exact law of n = 15 in a process of its own (`--certificate`): seconds and the process's peak memory in bytes. */
export async function certificate(program: string): Promise<{ seconds: number; bytes: number }> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, "--certificate"]);
  return JSON.parse(stdout) as { seconds: number; bytes: number };
}

export function runCertificate(): void {
  const start = process.cpuUsage();
  degreeParityLaw(15, 0.5);
  const seconds = used(start);
  console.log(JSON.stringify({ seconds, bytes: process.resourceUsage().maxRSS * 1024 }));
}

export interface Scaling {
  readonly of: keyof Size;
  readonly arithmetic: "plain" | "distinct rows";
  /** Fitted exponent of the step's processor time. */
  readonly time: number;
  /** The same fit to the operations of its matrix products. */
  readonly operations: number;
}

/** Fitted exponents of the cost of a step against one size, the others as pinned (width 64). */
export async function scaling(quick: boolean): Promise<Scaling[]> {
  const ranges: Record<keyof Size, number[]> = quick
    ? { width: [32, 96, 256], n: [10, 20, 40], batch: [64, 256, 1024] }
    : { width: [32, 64, 128, 256, 512], n: [10, 15, 25, 40, 60], batch: [32, 128, 512, 2048] };
  const results: Scaling[] = [];
  for (const distinctRows of [false, true])
    for (const [of, values] of Object.entries(ranges) as [keyof Size, number[]][]) {
      const points: { at: number; time: number; operations: number }[] = [];
      for (const at of values) {
        const size = { ...pinned(64), [of]: at };
        const contender = await equihard(workload(size), distinctRows);
        const steps = Math.max(4, Math.min(200, Math.round(4e9 / flops(size, distinctRows))));
        await contender.steps(Math.min(4, steps));
        const times: number[] = [];
        for (let i = 0; i < (quick ? 3 : 5); i++) times.push(await flush(contender, steps));
        points.push({ at, time: Math.min(...times), operations: flops(size, distinctRows) });
        await contender.close();
      }
      const fit = (value: (p: (typeof points)[number]) => number): number =>
        slope(points.map((p) => Math.log(p.at)), points.map((p) => Math.log(value(p)))); // prettier-ignore
      results.push({ of, arithmetic: distinctRows ? "distinct rows" : "plain", time: fit((p) => p.time), operations: fit((p) => p.operations) }); // prettier-ignore
    }
  return results;
}

/** Least-squares slope of y against x. */
export function slope(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const covariance = mean(x.map((v, i) => (v - mx) * (y[i] - my)));
  return covariance / mean(x.map((v) => (v - mx) ** 2));
}
