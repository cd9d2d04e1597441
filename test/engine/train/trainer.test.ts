import { afterAll, describe, expect, it } from "vitest";
import { keyFor, normals } from "../../../src/base/random.ts";
import type { Samples } from "../../../src/distribution/law.ts";
import { compile } from "../../../src/engine/run/program.ts";
import { train } from "../../../src/engine/train/train.ts";
import { createEnsemble } from "../../../src/engine/train/ensemble.ts";
import { createTrainer, type Trainer, type TrainerOptions } from "../../../src/engine/train/trainer.ts";
import { trainingStep } from "../../../src/engine/train/training-step.ts";
import { gnn, type GnnOptions } from "../../../src/network/gnn.ts";
import { initialise } from "../../../src/network/initialise.ts";
import { degreeCounts, graphs } from "../lower/graphs.ts";

const n = 7;
const batch = 16;

/** +1 or -1: whether at least half of the nodes have degree 2 or 3; a few steps get somewhere on it. */
const labels = (samples: Samples): Float32Array =>
  Float32Array.from(degreeCounts(samples, [2, 3]), (m) => (m >= n / 2 ? 1 : -1));

const network = (options: Partial<GnnOptions> = {}) =>
  gnn({
    n,
    largestDegree: n - 1,
    expectedDegree: (n - 1) / 2,
    degreeSd: Math.sqrt((n - 1) / 4),
    layers: 2,
    width: 12,
    readoutLayers: 1,
    pool: "mean",
    ...options,
  });

type Options = Partial<TrainerOptions> & { readonly net?: Partial<GnnOptions> };

const opened: Trainer[] = [];
afterAll(() => Promise.all(opened.map((t) => t.dispose())));

async function trainer({ net, ...options }: Options): Promise<Trainer> {
  const student = network(net);
  const made = await createTrainer({
    network: student,
    loss: "squared",
    optimizer: "adam",
    lr: 2e-3,
    batch,
    weights: initialise(student, keyFor("weights", 3)),
    predictBatch: 10,
    ...options,
  });
  opened.push(made);
  return made;
}

async function takeSteps(t: Trainer, net: Partial<GnnOptions> | undefined, steps: number): Promise<number[]> {
  const losses: number[] = [];
  for (let i = 0; i < steps; i++) {
    const x = graphs(keyFor("train", t.taken), n, batch);
    losses.push(await t.step(network(net).encode(x), labels(x)));
  }
  return losses;
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

const losses = async (options: Options, steps = 25): Promise<number[]> =>
  takeSteps(await trainer(options), options.net, steps);

function expectClose(a: readonly number[], b: readonly number[], relative: number): void {
  expect(a.length).toBe(b.length);
  const bad = a.findIndex((x, i) => !(Math.abs(x - b[i]) <= relative * Math.abs(b[i])));
  if (bad >= 0) expect.fail(`step ${bad}: ${a[bad]} is not ${b[bad]}`);
}

describe("a training run", () => {
  for (const loss of ["squared", "logistic", "l1"] as const)
    for (const optimizer of ["adam", "sgd"] as const)
      it(`with ${loss} loss and ${optimizer} takes the same course through ONNX and in jax-js`, async () => {
        const options = { loss, optimizer, lr: optimizer === "sgd" ? 0.02 : 2e-3 } as const;
        const native = await losses({ ...options, backend: "onnx" });
        expectClose(native, await losses({ ...options, backend: "wasm" }), 1e-4);
        // against the same batches with the weights held still: a batch of 16 alone says little
        const still = await losses({ ...options, lr: 0, backend: "onnx" });
        expect(sum(native)).toBeLessThan(sum(still));
      });

  for (const layers of [1, 2, 3])
    it(`of ${layers} layers takes the same course on distinct rows and without`, async () => {
      const course = (distinctRows: boolean): Promise<number[]> =>
        losses({ type: "float64", net: { layers, distinctRows } }, 60);
      expectClose(await course(true), await course(false), 1e-5);
    });

  it("is bit-identical when repeated", async () => {
    expect(await losses({})).toEqual(await losses({}));
  });

  it("takes the same course in one call as step by step, to the bit", async () => {
    const [one, many] = [await trainer({}), await trainer({})];
    const single = await takeSteps(one, undefined, 9);
    const { inputs, labels: targets, slots } = many.stack(9);
    for (const [i, slot] of slots.entries()) {
      const x = graphs(keyFor("train", i), n, batch);
      network().encode(x, slot.inputs);
      slot.labels.set(labels(x));
    }
    expect(Array.from(await many.steps(inputs, targets))).toEqual(single);
    expect(many.taken).toBe(9);
    expect(many.checkpoint()).toEqual(one.checkpoint());
  });

  it("continues from a checkpoint as if it had not stopped", async () => {
    const whole = await trainer({});
    const all = await takeSteps(whole, undefined, 20);
    const first = await trainer({});
    const start = await takeSteps(first, undefined, 8);
    const checkpoint = first.checkpoint();
    await takeSteps(first, undefined, 3); // must not change the checkpoint
    const second = await trainer({});
    second.restore(checkpoint);
    expect([...start, ...(await takeSteps(second, undefined, 12))]).toEqual(all);
    expect(second.weights()).toEqual(whole.weights());
  });
});

describe("a perfect student", () => {
  // m = number of nodes of degree >= 3, as an exact network of integers: relu(deg - 2) - relu(deg - 3), summed
  const options = { net: { pool: "sum", layers: 1, width: 4 }, lr: 0.1 } as const;
  const weights = {
    "layer1.w": Float32Array.of(1, 1, 0, 0),
    "layer1.b": Float32Array.of(-2, -3, 0, 0),
    "readout1.w": Float32Array.of(1, 0, 0, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    "readout1.b": new Float32Array(4),
    "out.w": Float32Array.of(1, 0, 0, 0),
    "out.b": new Float32Array(1),
  };
  const count = (x: Samples): Float32Array => Float32Array.from(degreeCounts(x, [3, 4, 5, 6]));

  for (const distinctRows of [true, false])
    for (const loss of ["squared", "l1"] as const)
      it(`keeps ${loss} loss exactly 0 under Adam (distinct rows: ${distinctRows})`, async () => {
        const net = { ...options.net, distinctRows };
        const t = await trainer({ ...options, net, loss, weights });
        for (let i = 0; i < 20; i++) {
          const x = graphs(keyFor("train", i), n, batch);
          expect(await t.step(network(net).encode(x), count(x))).toBe(0);
        }
        expect(t.weights()).toEqual(weights);
      });

  it("lets Adam's first moments come to 0, not to rest among subnormal numbers", async () => {
    const t = await trainer({ ...options, lr: 0, weights });
    const { state, weights: flat } = t.checkpoint();
    t.restore({ step: 0, weights: flat, state: { m: state.m.fill(1e-3), v: state.v.fill(1) } });
    const { inputs, labels: targets, slots } = t.stack(25);
    for (const [i, slot] of slots.entries()) {
      const x = graphs(keyFor("train", i), n, batch);
      network(options.net).encode(x, slot.inputs);
      slot.labels.set(count(x));
    }
    for (let i = 0; i < 40; i++) await t.steps(inputs, targets);
    const { m, v } = t.checkpoint().state;
    expect(m.every((x) => x === 0)).toBe(true);
    // 0.999^1000
    expect(v.every((x) => Math.abs(x - 0.3677) < 1e-3)).toBe(true);
  });

  it("loses it when a weight is off (negative control)", async () => {
    const t = await trainer({ ...options, weights: { ...weights, "out.b": Float32Array.of(1e-3) } });
    const x = graphs(keyFor("train", 0), n, batch);
    expect(await t.step(network(options.net).encode(x), count(x))).toBeGreaterThan(0);
  });
});

describe("the gradient of a training step", () => {
  it("is that of finite differences", async () => {
    const student = network({ width: 5 });
    const x = graphs(keyFor("gradient"), n, batch);
    for (const loss of ["squared", "logistic"] as const) {
      const { fn, inputs } = trainingStep({
        network: student,
        loss,
        optimizer: "sgd",
        batch,
        type: "float64",
      });
      const program = await compile(fn, inputs);
      // biases away from 0, where units would sit on their kinks
      const drawn = Object.values(initialise(student, keyFor("w"))).flatMap((w) => Array.from(w));
      const shift = normals(keyFor("shift"), new Float64Array(drawn.length));
      const start = shift.map((z, i) => drawn[i] + 0.1 * z);
      const encoded = Object.entries(student.encode(x)).map(([k, v]) => [
        `inputs.${k}`,
        Float64Array.from(v),
      ]);
      const run = (weights: Float64Array) =>
        program.run({
          weights,
          "schedule.0": Float64Array.of(1),
          labels: Float64Array.from(labels(x)),
          ...Object.fromEntries(encoded),
        });
      const { weights_next: next } = await run(start);
      for (let i = 0; i < start.length; i += 3) {
        const at = async (by: number): Promise<number> => (await run(start.with(i, start[i] + by))).loss[0];
        const slope = ((await at(1e-5)) - (await at(-1e-5))) / 2e-5;
        expect(Math.abs(slope - (start[i] - next[i]))).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope)));
      }
      await program.dispose();
    }
  });
});

describe("train", () => {
  const setUp = async () => {
    const t = await trainer({});
    return {
      trainer: t,
      steps: 30,
      interval: 10,
      batch: (step: number) => {
        const x = graphs(keyFor("train", step), n, batch);
        return { inputs: network().encode(x), labels: labels(x) };
      },
      test: (step: number) => Promise.resolve({ at: step }),
    };
  };

  it("records the start, every interval and the end", async () => {
    const options = await setUp();
    const { curve, losses, stopped, steps } = await train({ ...options, steps: 25 });
    expect(curve.map((p) => p.step)).toEqual([0, 10, 20, 25]);
    expect(curve.map((p) => p.point.at)).toEqual([0, 10, 20, 25]);
    expect([losses.length, steps, stopped]).toEqual([25, 25, "budget"]);
  });

  it("stops early, on request and between calls", async () => {
    const early = await train({ ...(await setUp()), stop: ({ at }) => at >= 10 });
    expect([early.steps, early.stopped]).toEqual([10, "reached"]);
    const control = new AbortController();
    const options = await setUp();
    const interrupted = await train({
      ...options,
      signal: control.signal,
      batch(step) {
        if (step === 6) control.abort();
        return options.batch(step);
      },
    });
    // after the steps begun together, which end where the curve is due
    expect([interrupted.steps, interrupted.stopped, interrupted.curve.at(-1)?.step]).toEqual([
      10,
      "interrupted",
      10,
    ]);
  });

  it("takes no step when none is asked for", async () => {
    const { curve, steps, stepsPerSecond } = await train({ ...(await setUp()), steps: 0 });
    expect([curve.length, steps, stepsPerSecond]).toEqual([1, 0, 0]);
  });
});

describe("a trainer", () => {
  const refused = async (options: Record<string, unknown>, message: RegExp) =>
    expect(trainer(options as Options)).rejects.toThrow(message);

  it("is refused with one line what no step can be made of, as an ensemble is", async () => {
    await refused({ loss: "hinge" }, /loss: "hinge" is unknown; allowed: squared, logistic, l1/);
    await refused({ optimizer: "adm" }, /optimizer: "adm" is unknown.*did you mean "adam"/);
    await refused({ type: "float16" }, /type: "float16" is unknown/);
    await refused({ backend: "cuda" }, /backend: "cuda" is unknown/);
    await refused({ batch: 2.5 }, /batch is 2.5; allowed: an integer/);
    await refused({ predictBatch: 0 }, /predictBatch is 0/);
    for (const lr of [NaN, Infinity, -1e-3]) await refused({ lr }, /learning rate is/);
    await refused({ weights: {} }, /weight ".*": no numbers/);
    const student = network();
    const members = [{ lr: 1e-3, weights: initialise(student, keyFor("weights", 3)) }];
    const options = { network: student, loss: "hinge" as "l1", optimizer: "adam" as const, batch, members };
    await expect(createEnsemble(options)).rejects.toThrow(/loss: "hinge" is unknown/);
  });

  it("refuses arrays of the wrong length, and is left as it was", async () => {
    const t = await trainer({});
    const x = graphs(keyFor("train", 0), n, batch);
    const [inputs, targets] = [network().encode(x), labels(x)];
    const short = Object.fromEntries(Object.entries(inputs).map(([name, a]) => [name, a.subarray(1)]));
    await expect(t.step(inputs, targets.subarray(1))).rejects.toThrow(/15 labels; allowed: one batch, 16/);
    await expect(t.steps(inputs, targets.subarray(1))).rejects.toThrow(/15 labels are no whole number/);
    await expect(t.steps(inputs, targets.subarray(0, 0))).rejects.toThrow(/0 labels/);
    await expect(t.step(short, targets)).rejects.toThrow(/input ".*": \d+ numbers; allowed: \d+, for 16/);
    await expect(t.step({}, targets)).rejects.toThrow(/input ".*": no numbers/);
    await expect(t.predict(inputs, batch + 1)).rejects.toThrow(/for 17 examples/);
    const { state, ...others } = t.checkpoint();
    expect(() => t.restore({ ...others, state: {} })).toThrow(/state\.m: no numbers/);
    expect(() => t.restore({ ...others, state, weights: new Float32Array(1) })).toThrow(/weights: 1 numbers/);
    expect([t.taken, t.checkpoint()]).toEqual([0, { ...others, state }]);
  });
});
