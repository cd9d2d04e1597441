/**
 * The optimisations change how a training step is computed, not what: the same losses over 100 steps with each left out. In
 * float64, as Adam turns the rounding of a gradient that is identically zero into steps.
 */

import { beforeAll, describe, expect, it } from "vitest";
import { keyFor, normals } from "../../../src/base/random.ts";
import { sampleGraphs, degreesOf } from "../../../src/distribution/erdos-renyi.ts";
import { splitFlat, joinFlat, pack, totalSize } from "../../../src/engine/train/flat.ts";
import { numpy as np, valueAndGrad } from "../../../src/engine/lower/jax.ts";
import { meanLoss } from "../../../src/engine/train/loss.ts";
import { lowerProgram } from "../../../src/engine/lower/lower.ts";
import { optimiser } from "../../../src/engine/train/optimiser.ts";
import { allPasses, type Passes } from "../../../src/engine/lower/passes.ts";
import { compile, startJax, type TypedArray } from "../../../src/engine/run/program.ts";
import { nextOf } from "../../../src/engine/lower/scan.ts";
import { trace, type Arrays, type PureFunction } from "../../../src/engine/lower/trace.ts";
import type { Encoded } from "../../../src/engine/train/stack.ts";
import { createTrainer } from "../../../src/engine/train/trainer.ts";
import { trainingStep } from "../../../src/engine/train/training-step.ts";
import { frameAveraged } from "../../../src/network/frame-averaged.ts";
import { gnn } from "../../../src/network/gnn.ts";
import { initialise } from "../../../src/network/initialise.ts";
import type { Network } from "../../../src/network/network.ts";
import { parseGroup } from "../../../src/symmetry/groups.ts";

const [n, batch, steps, lr] = [7, 16, 100, 2e-3];
const law = { n, edges: "undirected", p: 0.5 } as const;

const graphNetwork = (layers: number, distinctRows: boolean): Network =>
  gnn({ n, largestDegree: n - 1, expectedDegree: 3, degreeSd: Math.sqrt(1.5), layers, width: 8, readoutLayers: 1, pool: "mean", distinctRows }); // prettier-ignore

const networks = [
  ["2 layers", graphNetwork(2, false)],
  ["3 layers on distinct rows", graphNetwork(3, true)],
  ["2 layers averaged over a group", frameAveraged({ group: parseGroup(`cyclic:${n}`), frame: "reynolds", columns: 1, layers: 2, width: 8, readoutLayers: 1, pool: "mean" })], // prettier-ignore
] as const;

const type = "float64";
const options = (network: Network) => ({ network, loss: "squared", optimizer: "adam", batch, type }) as const;

/** The batch of each step, of graphs or of their degrees: +1 where an even number of nodes has degree 2 or 3. */
function batches(network: Network): { inputs: Encoded; labels: Float64Array }[] {
  return Array.from({ length: steps }, (_, step) => {
    const samples = sampleGraphs(keyFor("passes", step), law, batch);
    const degrees = degreesOf(samples);
    const odd = (g: number): number => degrees.subarray(g * n, (g + 1) * n).reduce((m, d) => m ^ Number(d === 2 || d === 3), 0); // prettier-ignore
    const centred = { count: batch, shape: [n], data: Float32Array.from(degrees, (d) => d - 3) };
    return { inputs: network.encode("x" in network.inputs ? centred : samples), labels: Float64Array.from({ length: batch }, (__, g) => 1 - 2 * odd(g)) }; // prettier-ignore
  });
}

/** Losses of a step that is compiled by itself and run a step at a time. */
async function oneByOne(network: Network, fn: PureFunction, passes: Partial<Passes>, rate = lr): Promise<number[]> {
  const program = await compile(fn, trainingStep(options(network)).inputs, { backend: "onnx", passes });
  const size = totalSize(network.weights);
  const start = new Float64Array(size);
  pack(network.weights, initialise(network, keyFor("weights")), start);
  let state: Record<string, TypedArray> = { weights: start, "state.m": new Float64Array(size), "state.v": new Float64Array(size) };
  const losses: number[] = [];
  for (const [step, { inputs, labels }] of batches(network).entries()) {
    const given = Object.entries(inputs).map(([name, x]) => [`inputs.${name}`, Float64Array.from(x)] as const);
    const schedule = optimiser("adam").schedule(step + 1, rate).map((x, i) => [`schedule.${i}`, Float64Array.of(x)] as const);
    const out = await program.run({ ...state, ...Object.fromEntries([...given, ...schedule]), labels });
    state = Object.fromEntries(Object.keys(state).map((name) => [name, out[nextOf(name)]]));
    losses.push(out["loss"][0]);
  }
  await program.dispose();
  return losses;
} // prettier-ignore

/** Losses as training takes them: several steps in one run. */
async function together(network: Network): Promise<number[]> {
  const trainer = await createTrainer({ ...options(network), lr, weights: initialise(network, keyFor("weights")), backend: "onnx" }); // prettier-ignore
  const losses: number[] = [];
  const all = batches(network);
  for (let at = 0; at < steps; at += 25) {
    const stack = trainer.stack(25);
    for (const [i, slot] of stack.slots.entries()) {
      for (const [name, x] of Object.entries(all[at + i].inputs)) slot.inputs[name].set(x);
      slot.labels.set(all[at + i].labels);
    }
    losses.push(...(await trainer.steps(stack.inputs, stack.labels)));
  }
  await trainer.dispose();
  return losses;
}

/** The same step with the optimiser on every weight by itself instead of on one flat buffer. */
function stepByWeight(network: Network): PureFunction {
  const rule = optimiser("adam");
  const shapes = network.weights;
  return (args) => {
    const objective = (w: Arrays, inputs: Arrays, labels: np.Array): np.Array =>
      meanLoss("squared", network.forward(w, inputs), labels);
    const inputs = Object.fromEntries(Object.keys(network.inputs).map((name) => [name, args[`inputs.${name}`]])); // prettier-ignore
    const [loss, gradients] = valueAndGrad(objective)(splitFlat(shapes, args["weights"].ref), inputs, args["labels"]); // prettier-ignore
    const [w, m, v] = ["weights", "state.m", "state.v"].map((name) => splitFlat(shapes, args[name]));
    const next = Object.keys(shapes).map((name) => {
      const schedule = [args["schedule.0"].ref, args["schedule.1"].ref];
      return [name, rule.update(w[name], (gradients as unknown as Arrays)[name], [m[name], v[name]], schedule)] as const; // prettier-ignore
    });
    const joined = (of: (u: (typeof next)[number][1]) => np.Array): np.Array =>
      joinFlat(shapes, Object.fromEntries(next.map(([name, u]) => [name, of(u)])));
    return {
      [nextOf("weights")]: joined((u) => u.weights),
      [nextOf("state.m")]: joined((u) => u.state[0]),
      [nextOf("state.v")]: joined((u) => u.state[1]),
      loss,
    };
  };
}

const difference = (a: readonly number[], b: readonly number[]): number =>
  a.length === b.length ? Math.max(...a.map((x, i) => Math.abs(x - b[i]) / Math.abs(b[i]))) : Infinity;

beforeAll(startJax);

describe.each(networks)("a step of %s", (_, network) => {
  const { fn, inputs } = trainingStep(options(network));
  let course: number[] = [];
  beforeAll(async () => {
    course = await together(network);
  });

  const standard = Object.keys(allPasses).filter((pass) => allPasses[pass as keyof Passes]);
  it.each(standard)("takes the same course without %s", async (pass) => {
    const passes = { [pass]: false };
    const program = trace(fn, inputs);
    // left out, it makes another graph: the switch switches something
    expect(lowerProgram(program, undefined, passes).nodes).not.toEqual(lowerProgram(program).nodes);
    expect(difference(await oneByOne(network, fn, passes), course)).toBeLessThan(1e-5);
  });

  it("takes the same course without all of them", async () => {
    const none = Object.fromEntries(Object.keys(allPasses).map((pass) => [pass, false]));
    expect(difference(await oneByOne(network, fn, none), course)).toBeLessThan(1e-5);
  });

  it("takes the same course with the optimiser on every weight by itself", async () => {
    expect(difference(await oneByOne(network, stepByWeight(network), {}), course)).toBeLessThan(1e-5);
  });

  it("takes another at another learning rate (negative control)", async () => {
    expect(difference(await oneByOne(network, fn, {}, lr * 1.001), course)).toBeGreaterThan(1e-5);
  });
});

it("distinct rows change nothing", async () => {
  for (const layers of [1, 2, 3]) {
    const [a, b] = [true, false].map((distinct) => together(graphNetwork(layers, distinct)));
    expect(difference(await a, await b)).toBeLessThan(1e-5);
  }
});

describe("a batched product whose operands lie transposed", () => {
  const given = {
    a: { shape: [6, 3, 4], type: "float32" },
    b: { shape: [5, 3, 4], type: "float32" },
  } as const;
  /** Products of 6 x 3 and 3 x 5, one for each of four examples, which come last. */
  const fn: PureFunction = ({ a, b }) => ({
    product: np.matmul(np.transpose(a, [2, 0, 1]), np.transpose(b, [2, 1, 0])),
  });
  const a = normals(keyFor("a"), new Float32Array(6 * 3 * 4));
  const b = normals(keyFor("b"), new Float32Array(5 * 3 * 4));

  it("is the runtime's own for this runtime alone, with the same numbers", async () => {
    const own = (passes?: Partial<Passes>): number =>
      lowerProgram(trace(fn, given), undefined, passes).nodes.filter((n) => n.op === "FusedMatMul").length;
    expect([own(), own({ fused: true })]).toEqual([0, 1]);
    const results = [];
    for (const options of [{}, { passes: { fused: false } }, { backend: "wasm" }] as const) {
      const program = await compile(fn, given, options);
      results.push((await program.run({ a, b }))["product"]);
      await program.dispose();
    }
    const [runtime, ordinary, jax] = results;
    expect(runtime).toEqual(ordinary);
    runtime.forEach((x, i) => expect(x).toBeCloseTo(jax[i], 5));
    expect(Math.abs(runtime[0])).toBeGreaterThan(0);
  });
});
