import { describe, expect, it } from "vitest";
import { keyFor } from "../../../src/base/random.ts";
import type { NativeRuntime, Session } from "../../../src/engine/run/session.ts";
import { idleSessions, sharedSession } from "../../../src/engine/run/session-cache.ts";
import * as native from "../../../src/engine/run/session.node.ts";
import { createTrainer, type Trainer } from "../../../src/engine/train/trainer.ts";
import { encodeModel } from "../../../src/engine/lower/onnx-model.ts";
import { gnn } from "../../../src/network/gnn.ts";
import { initialise } from "../../../src/network/initialise.ts";
import { graphs } from "../lower/graphs.ts";

/** The native runtime, counting the sessions it has made and ended. */
function counting(): NativeRuntime & { made: number; ended: number } {
  const counter = {
    runtimeVersion: native.runtimeVersion,
    made: 0,
    ended: 0,
    async createSession(model: Uint8Array): Promise<Session> {
      counter.made++;
      const session = await native.createSession(model);
      return { ...session, release: async () => (counter.ended++, session.release()) };
    },
  };
  return counter;
}

/** The model y = x, its arrays of `size` numbers. */
function identity(size: number): Uint8Array {
  const array = (name: string) => ({ name, type: "float32", shape: [size] }) as const;
  return encodeModel({
    nodes: [{ op: "Identity", inputs: ["x"], outputs: ["y"], attributes: {} }],
    constants: [],
    inputs: [array("x")],
    outputs: [array("y")],
  });
}

describe("a shared session", () => {
  it("is one for equal models, another for others, and ends when unused and too many are", async () => {
    const runtime = counting();
    const [a, b] = [await sharedSession(runtime, identity(1)), await sharedSession(runtime, identity(1))];
    const other = await sharedSession(runtime, identity(2));
    expect(runtime.made).toBe(2);
    await a.release();
    await a.release(); // once is enough: b still runs
    expect((await b.run({ x: Float32Array.of(7) }))["y"]).toEqual(Float32Array.of(7));
    for (let size = 3; size < 3 + idleSessions; size++) await (await sharedSession(runtime, identity(size))).release();
    expect(runtime.ended).toBe(0);
    expect((await b.run({ x: Float32Array.of(8) }))["y"]).toEqual(Float32Array.of(8));
    await b.release(); // the longest unused goes, which is not this one
    expect([runtime.made, runtime.ended]).toEqual([2 + idleSessions, 1]);
    await (await sharedSession(runtime, identity(1))).release();
    expect(runtime.made).toBe(2 + idleSessions);
    expect((await other.run({ x: Float32Array.of(1, 2) }))["y"]).toEqual(Float32Array.of(1, 2));
    await other.release();
  }); // prettier-ignore

  it("is made once for two who ask at the same time", async () => {
    const runtime = counting();
    const both = await Promise.all([1, 2].map(() => sharedSession(runtime, identity(5))));
    expect(runtime.made).toBe(1);
    await Promise.all(both.map((s) => s.release()));
  });

  it("of a model that cannot be loaded is an error every time", async () => {
    const runtime = counting();
    for (const made of [1, 2]) {
      await expect(sharedSession(runtime, Uint8Array.of(1, 2, 3))).rejects.toThrow();
      expect(runtime.made).toBe(made);
    }
  });
});

it("trainings side by side on one session do not disturb each other", async () => {
  const n = 6;
  const network = gnn({ n, largestDegree: n - 1, expectedDegree: 2.5, degreeSd: 1, layers: 2, width: 8, readoutLayers: 1, pool: "mean" }); // prettier-ignore
  const make = (seed: number): Promise<Trainer> =>
    createTrainer({ network, loss: "squared", optimizer: "adam", lr: 1e-2, batch: 8, weights: initialise(network, keyFor(seed)), backend: "onnx" }); // prettier-ignore
  const step = (t: Trainer, seed: number, i: number): Promise<number> =>
    t.step(network.encode(graphs(keyFor(seed, i), n, 8)), new Float32Array(8).fill(seed));
  const alone = async (seed: number): Promise<number[]> => {
    const t = await make(seed);
    const losses: number[] = [];
    for (let i = 0; i < 5; i++) losses.push(await step(t, seed, i));
    await t.dispose();
    return losses;
  };
  const expected = [await alone(1), await alone(2)];
  const pair = [await make(1), await make(2)];
  const losses: number[][] = [[], []];
  for (let i = 0; i < 5; i++)
    for (const [s, loss] of (await Promise.all(pair.map((t, j) => step(t, j + 1, i)))).entries()) losses[s].push(loss); // prettier-ignore
  await Promise.all(pair.map((t) => t.dispose()));
  expect(losses).toEqual(expected);
});
