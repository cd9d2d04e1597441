import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/base/errors.ts";
import { keyFor, normals } from "../../../src/base/random.ts";
import { gaussian } from "../../../src/distribution/gaussian.ts";
import { batchesTogether, createEnsemble, largestGroup, type EnsembleOptions } from "../../../src/engine/train/ensemble.ts"; // prettier-ignore
import type { Floats } from "../../../src/engine/train/flat.ts";
import type { Member } from "../../../src/engine/train/stepper.ts";
import type { Batch } from "../../../src/engine/train/stack.ts";
import { createTrainer } from "../../../src/engine/train/trainer.ts";
import { gnn } from "../../../src/network/gnn.ts";
import { groupLinear } from "../../../src/network/group-linear.ts";
import { initialise } from "../../../src/network/initialise.ts";
import { mlp } from "../../../src/network/mlp.ts";
import type { Network } from "../../../src/network/network.ts";
import { parseGroup } from "../../../src/symmetry/groups.ts";
import { graphs } from "../lower/graphs.ts";

const [n, batch, seeds] = [6, 8, 3];

const graphNetwork = (distinctRows: boolean): Network =>
  gnn({ n, largestDegree: n - 1, expectedDegree: 2.5, degreeSd: 1.1, layers: 2, width: 6, readoutLayers: 1, pool: "mean", distinctRows }); // prettier-ignore
const cyclic = groupLinear(parseGroup(`cyclic:${n}`), { columns: 2, layers: 1, width: 5, readoutLayers: 1, pool: "mean" }); // prettier-ignore

/** Batches of a member: of its own graphs or Gaussian rows, with Gaussian labels. */
function dataOf(network: Network, member: number, steps: number): Batch {
  const key = keyFor("ensemble data", member);
  const count = steps * batch;
  const samples = network === cyclic ? gaussian([n, 2]).sample(key, count) : graphs(key, n, count);
  return { inputs: network.encode(samples), labels: normals(key, new Float32Array(count)) };
}

/** Members whose learning rates differ as much as their weights do. */
const membersOf = (network: Network, lr: number, count = seeds): Member[] =>
  Array.from({ length: count }, (_, i) => ({ lr: lr * (1 + i), weights: initialise(network, keyFor("ensemble weights", i)) })); // prettier-ignore

const common = (network: Network, optimizer: "adam" | "sgd") =>
  ({ network, loss: "squared", optimizer, batch, type: "float64", predictBatch: 10 }) as const;

/** Losses of every member, final weights, and predictions on the first batch of member 0. */
interface Course {
  readonly losses: readonly Floats[];
  readonly weights: readonly Record<string, Float32Array>[];
  readonly predictions: readonly Float32Array[];
}

async function asEnsemble(options: EnsembleOptions, data: readonly Batch[], calls = 4): Promise<Course> {
  const ensemble = await createEnsemble(options);
  const part = (values: Floats, i: number): Floats =>
    values.subarray((i * values.length) / calls, ((i + 1) * values.length) / calls);
  const losses: number[][] = options.members.map(() => []);
  for (let i = 0; i < calls; i++) {
    const inputs = data.map((d) => Object.fromEntries(Object.entries(d.inputs).map(([name, x]) => [name, part(x, i)]))); // prettier-ignore
    const taken = await ensemble.steps(inputs, data.map((d) => part(d.labels, i))); // prettier-ignore
    for (const [m, values] of taken.entries()) losses[m].push(...values);
  }
  expect(ensemble.taken).toBe(losses[0].length);
  const weights = options.members.map((_, m) => ensemble.weights(m));
  const predictions: Float32Array[] = [];
  for (const m of options.members.keys()) predictions.push(await ensemble.predict(m, data[0].inputs, batch));
  await ensemble.dispose();
  return { losses: losses.map((x) => Float64Array.from(x)), weights, predictions };
}

/** The same of trainers that know nothing of each other. */
async function byTrainers({ members, ...options }: EnsembleOptions, data: readonly Batch[]): Promise<Course> {
  const [losses, weights, predictions]: [Floats[], Record<string, Float32Array>[], Float32Array[]] = [[], [], []]; // prettier-ignore
  for (const [m, member] of members.entries()) {
    const trainer = await createTrainer({ ...options, ...member });
    losses.push(await trainer.steps(data[m].inputs, data[m].labels));
    weights.push(trainer.weights());
    predictions.push(await trainer.predict(data[0].inputs, batch));
    await trainer.dispose();
  }
  return { losses, weights, predictions };
}

/** The largest difference, relative to the number itself for losses, to the largest of the array for the rest. */
function difference(a: Course, b: Course): number {
  const pairs = (pick: (c: Course) => Floats[], relative: (y: Floats, i: number) => number): number[] =>
    pick(a).flatMap((x, k) => Array.from(x, (v, i) => Math.abs(v - pick(b)[k][i]) / relative(pick(b)[k], i)));
  const largest = (y: Floats): number => Math.max(...y.map(Math.abs), 1e-3);
  return Math.max(
    ...pairs((c) => [...c.losses], (y, i) => y[i]), // prettier-ignore
    ...pairs((c) => c.weights.flatMap((w) => Object.values(w)), largest),
    ...pairs((c) => [...c.predictions], largest),
  );
}

describe("members of one batched step", () => {
  for (const optimizer of ["adam", "sgd"] as const)
    for (const [name, network] of [
      ["a graph network", graphNetwork(false)],
      ["a graph network on distinct rows", graphNetwork(true)],
      ["a cyclic network", cyclic],
    ] as const)
      it(`take 100 steps as their own trainers do: ${name}, ${optimizer}`, async () => {
        const lr = optimizer === "adam" ? 2e-3 : 1e-2;
        const data = Array.from({ length: seeds }, (_, m) => dataOf(network, m, 100));
        const options = { ...common(network, optimizer), members: membersOf(network, lr) };
        const own = await byTrainers(options, data);
        expect(difference(await asEnsemble({ ...options, together: true }, data), own)).toBeLessThan(1e-5);
        for (const { length } of own.losses) expect(length).toBe(100);
        for (const [m, w] of own.weights.entries()) expect(w).not.toEqual(options.members[m].weights);
      });

  it("would be caught with another's learning rate, weights or data (negative control)", async () => {
    const network = graphNetwork(true);
    const data = Array.from({ length: seeds }, (_, m) => dataOf(network, m, 20));
    const members = membersOf(network, 2e-3);
    const options = { ...common(network, "adam"), members, together: true };
    const own = await byTrainers(options, data);
    const swapped = <T>([a, b, ...rest]: readonly T[]): T[] => [b, a, ...rest];
    const rates = members.map((m, i) => ({ ...m, lr: swapped(members)[i].lr }));
    const course = async (changed: Partial<EnsembleOptions>, given = data): Promise<number> =>
      difference(await asEnsemble({ ...options, ...changed }, given), own);
    expect(await course({})).toBeLessThan(1e-5);
    expect(await course({ members: rates })).toBeGreaterThan(1e-3);
    expect(await course({ members: swapped(members) })).toBeGreaterThan(1e-3);
    expect(await course({}, swapped(data))).toBeGreaterThan(1e-3);
  });

  it("do so in jax-js too, and in float32 up to its rounding", async () => {
    const network = graphNetwork(false);
    const data = Array.from({ length: 2 }, (_, m) => dataOf(network, m, 8));
    const options = { ...common(network, "adam"), members: membersOf(network, 2e-3, 2), type: "float32", together: true } as const; // prettier-ignore
    const own = await byTrainers(options, data);
    for (const backend of ["wasm", "onnx"] as const)
      expect(difference(await asEnsemble({ ...options, backend }, data), own)).toBeLessThan(1e-3);
  });

  it("leave each other alone: one that diverges stays the only one", async () => {
    const network = graphNetwork(false);
    const data = Array.from({ length: seeds }, (_, m) => dataOf(network, m, 40));
    const members = membersOf(network, 1e-2).map((m, i) => (i === 1 ? { ...m, lr: 1e6 } : m));
    const { losses } = await asEnsemble({ ...common(network, "sgd"), members, together: true }, data);
    expect(losses.map((x) => x.every(Number.isFinite))).toEqual([true, false, true]);
  });
});

describe("an ensemble", () => {
  const network = graphNetwork(true);

  it("gives the numbers of its members' own trainers, to the bit, where they step by themselves", async () => {
    const data = Array.from({ length: seeds }, (_, m) => dataOf(network, m, 12));
    const options = { ...common(network, "adam"), members: membersOf(network, 2e-3) };
    expect(difference(await asEnsemble({ ...options, together: false }, data), await byTrainers(options, data))).toBe(0); // prettier-ignore
  });

  it("of more members than a batched step takes is in order", async () => {
    const count = largestGroup + 2;
    const data = Array.from({ length: count }, (_, m) => dataOf(network, m, 4));
    const options = { ...common(network, "adam"), members: membersOf(network, 1e-3, count), together: true };
    expect(difference(await asEnsemble(options, data), await byTrainers(options, data))).toBeLessThan(1e-5);
  });

  it("chooses by the step's size alone, and can be told", async () => {
    const wide = gnn({ n, largestDegree: n - 1, expectedDegree: 2.5, degreeSd: 1.1, layers: 2, width: 128, readoutLayers: 1, pool: "mean" }); // prettier-ignore
    const manyInputs = mlp({ inputs: 1024, layers: 1, width: 2 });
    expect(batchesTogether({ network, batch: 32 })).toBe(true);
    expect(batchesTogether({ network, batch: 256 })).toBe(false);
    expect(batchesTogether({ network: wide, batch: 32 })).toBe(false);
    expect(batchesTogether({ network: manyInputs, batch: 8 })).toBe(true);
    expect(batchesTogether({ network: manyInputs, batch: 32 })).toBe(false);
    for (const [options, expected] of [
      [{ batch: 8 }, true],
      [{ batch: 256 }, false],
      [{ batch: 8, backend: "wasm" }, false],
      [{ batch: 8, together: false }, false],
      [{ batch: 256, together: true }, true],
    ] as const) {
      const ensemble = await createEnsemble({ ...common(network, "sgd"), members: membersOf(network, 1e-2, 2), ...options }); // prettier-ignore
      expect([ensemble.together, ensemble.members, ensemble.taken]).toEqual([expected, 2, 0]);
      await ensemble.dispose();
    }
  });

  it("says what is wrong with what it is given", async () => {
    await expect(createEnsemble({ ...common(network, "sgd"), members: [] })).rejects.toThrow(InputError);
    const ensemble = await createEnsemble({
      ...common(network, "sgd"),
      members: membersOf(network, 1e-2, 2),
    });
    const [a, b] = [dataOf(network, 0, 2), dataOf(network, 1, 3)];
    const steps = (...given: Batch[]) => ensemble.steps(given.map((d) => d.inputs), given.map((d) => d.labels)); // prettier-ignore
    await expect(steps(a)).rejects.toThrow(/1 members; allowed: 2/);
    await expect(steps(a, b)).rejects.toThrow(/member 1: labels: 24 numbers; allowed: 16/);
    await expect(steps(a, { ...a, inputs: b.inputs })).rejects.toThrow(/member 1: input ".*allowed/);
    await expect(steps(a, { ...a, inputs: {} })).rejects.toThrow(/member 1: input ".*: no numbers/);
    const short = { ...a, labels: a.labels.subarray(1) };
    await expect(steps(short, short)).rejects.toThrow(/15 labels.*a multiple of 8/);
    await expect(ensemble.predict(2, a.inputs, batch)).rejects.toThrow(/no member 2; allowed: 0 to 1/);
    expect(() => ensemble.weights(0.5)).toThrow(/no member 0.5/);
    expect(ensemble.taken).toBe(0);
    await ensemble.dispose();
  });
});
