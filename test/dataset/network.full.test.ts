/** Exported networks give the numbers of the network itself, for any number of examples. */

import { InferenceSession, Tensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { chunk } from "../../src/dataset/examples.ts";
import { keptStudent, networkMetadata, teacherOf, type Held } from "../../src/dataset/network.ts";
import { slice } from "../../src/distribution/samples.ts";
import { studentOf } from "../../src/family/family.ts";
import { networkOnnx } from "../../src/interop/network-onnx.ts";
import { loadWeights, saveWeights } from "../../src/interop/weights.ts";
import { createPredictor } from "../../src/engine/train/predictor.ts";
import { pack, totalSize } from "../../src/engine/train/flat.ts";
import { freshStudent, graphStudents, small, sourceOf } from "./made.ts";

type Source = ReturnType<typeof sourceOf>;

async function runOnnx(source: Source, held: Held, count: number): Promise<Float32Array> {
  const { shape } = source.instance.law;
  const bytes = await networkOnnx(
    held.network,
    held.trained,
    { name: "X", shape },
    networkMetadata(source, held),
  );
  const session = await InferenceSession.create(bytes);
  const { data } = slice(chunk(source, "", 0).samples, 0, count);
  const { y } = await session.run({ X: new Tensor("float32", Float32Array.from(data), [count, ...shape]) });
  expect(y.dims).toEqual([count]);
  return y.data as Float32Array;
}

const worst = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((most, x, i) => Math.max(most, Math.abs(x - b[i]) / Math.max(1, Math.abs(b[i]))), 0);

describe("a teacher as ONNX", () => {
  it.each(small)("%s %j is the hard target", async (id, params) => {
    const source = sourceOf(id, params);
    const { labels } = chunk(source, "", 0);
    const held = teacherOf(source, id.endsWith("parity") || id.startsWith("inv") ? {} : { width: 16 });
    for (const count of [1, 40])
      expect(worst(await runOnnx(source, held, count), labels.subarray(0, count))).toBeLessThan(1e-4);
  });
});

describe("a student as ONNX", () => {
  it.each(graphStudents)("%s %j %s predicts what its network does", async (id, params, student) => {
    const source = sourceOf(id, params);
    const trained = freshStudent(source, student);
    const { unit, weights } = trained;
    const kept = keptStudent(source, loadWeights(saveWeights(trained), "kept"));
    expect(kept.trained).toMatchObject({ student, weights });
    const { network } = kept;
    const samples = slice(chunk(source, "", 0).samples, 0, 9);
    const flat = new Float32Array(totalSize(network.weights));
    pack(network.weights, weights, flat);
    const predictor = createPredictor({ network, predictBatch: 9 });
    const expected = await predictor.predict(flat, network.encode(samples), 9);
    await predictor.dispose();
    const found = await runOnnx(source, kept, 9);
    expect(worst(found, expected.map((h) => unit.mean + unit.sd * h))).toBeLessThan(1e-5); // prettier-ignore
  });

  it("says where an encoding is no graph", async () => {
    const source = sourceOf("frame-parity", { group: "symmetric:6", k: 2, frame: "sort-abs" });
    await expect(runOnnx(source, teacherOf(source, {}), 1)).rejects.toThrow(
      /encodes these examples by a program/,
    );
    const sizes = { layers: 2, width: 32, readoutLayers: 1, pool: "mean" } as const;
    const vectors = { variables: 4, degree: 2, terms: 2, invariants: "rotations:2" };
    const [graphs, invariants] = [
      sourceOf("gnn-degree-parity", { n: 6 }),
      sourceOf("invariant-polynomial", vectors),
    ];
    for (const [of, student] of [
      [graphs, "canonical"],
      [invariants, "gram-schmidt"],
    ] as const)
      expect(studentOf(of.family, of.instance, { ...sizes, student }).encodeTraced).toBeUndefined();
  });
});
