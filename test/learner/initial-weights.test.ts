/** Where a training starts: kept students, by file and by value, the target, and beside them. */

import { describe, expect, it } from "vitest";
import { drawInstance } from "../../src/family/draw.ts";
import { familyById } from "../../src/family/registry.ts";
import { readSafetensors, writeSafetensors } from "../../src/interop/safetensors.ts";
import { loadWeights, saveWeights } from "../../src/interop/weights.ts";
import { trainByGradient, type TrainJob, type TrainRun } from "../../src/learner/gradient-descent.ts";
import { weightsFor } from "../../src/network/trained.ts";
import { taskId } from "../../src/run/task.ts";

const sizes = { width: 8, batch: 32, testSamples: 300 };
const params = {
  "gnn-degree-parity": { n: 6 },
  "gnn-hidden-plane": { n: 3, d: 5, k: 4 },
  "cnn-hidden-plane": { group: "cyclic:6", k: 4 },
  "frame-parity": { group: "cyclic:6", k: 2 },
  "invariant-polynomial": { variables: 5, degree: 2, invariants: "rotations:2" },
} as const;
type Id = keyof typeof params;

function run(id: Id, options: object, job: Partial<Omit<TrainJob, "options">> = {}): Promise<TrainRun> {
  const family = familyById(id);
  const instance = drawInstance(family, family.parse(params[id]), 0);
  return trainByGradient({
    family,
    instance,
    easy: false,
    seed: 0,
    options: { ...sizes, ...options },
    ...job,
  });
}

describe.each(Object.keys(params) as Id[])("a student of %s", (id) => {
  const students = Object.keys(familyById(id).students);

  it.each(students)("%s comes back bit for bit and predicts the same", async (student) => {
    const { result, trained } = await run(id, { student, steps: 5 });
    const bytes = saveWeights(trained);
    const { sha256, file, ...loaded } = loadWeights(bytes, "w.safetensors");
    expect(loaded).toEqual(trained);
    expect([sha256, file]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), "w.safetensors"]);
    expect(saveWeights(loaded)).toEqual(bytes);

    const again = await run(id, { student, steps: 0 }, { start: { ...loaded, sha256, file } });
    expect(again.result.final).toEqual(result.final);
    expect(again.trained).toEqual(trained);
    expect(again.options.init).toBe(`sha256:${sha256}`);
  });
});

describe("a training from a kept student", () => {
  it("goes on from its weights: other data and the hard target after the easy one", async () => {
    const easy = await run("gnn-hidden-plane", { steps: 20 }, { easy: true });
    const start = loadWeights(saveWeights(easy.trained));
    const hard = await run("gnn-hidden-plane", { steps: 3 }, { start });
    expect(hard.result.curve[0]).not.toEqual((await run("gnn-hidden-plane", { steps: 3 })).result.curve[0]);
    expect((await run("gnn-hidden-plane", { steps: 3 }, { start })).result).toEqual(hard.result);
  });

  it("predicts the same labels in another unit", () => {
    const weights = { "out.w": Float32Array.of(2, -4), "out.b": Float32Array.of(0.5) };
    const shapes = { "out.w": [2], "out.b": [1] };
    const architecture = { network: "mine" };
    const family = { id: "f", params: {} };
    const kept = { family, student: "s", architecture, unit: { mean: 3, sd: 2 }, shapes, weights };
    const moved = weightsFor({ architecture, weights: shapes }, { mean: -1, sd: 4 }, kept, "w");
    // 3 + 2 (2 a - 4 b + 0.5) = -1 + 4 (a - 2 b + 1.25)
    expect(moved).toEqual({ "out.w": Float32Array.of(1, -2), "out.b": Float32Array.of(1.25) });
    expect(weightsFor({ architecture, weights: shapes }, kept.unit, kept, "w")).toEqual(weights);
  });

  it("is refused for another architecture, and for weights that are none", async () => {
    const kept = saveWeights((await run("gnn-degree-parity", { steps: 0 })).trained);
    const start = loadWeights(kept, "w.safetensors");
    const refused = (options: object, from = start) =>
      expect(run("gnn-degree-parity", { steps: 0, ...options }, { start: from })).rejects;
    await refused({ width: 16 }).toThrow(
      "w.safetensors: weights of another architecture: width is 8; allowed: 16, as of the student that is trained",
    );
    await refused({ student: "gin" }).toThrow(/another architecture: network is gnn; allowed: gin/);
    await refused({ student: "attention" }).toThrow(/network is gnn; allowed: attention/);
    await refused({ init: "teacher" }).toThrow(/init: teacher, and a student to start from/);

    const { tensors, metadata } = readSafetensors(kept, "w");
    const changed = (change: (of: typeof tensors & Map<string, never>) => void) => {
      const copy = new Map(tensors);
      change(copy as never);
      return loadWeights(writeSafetensors({ tensors: copy, metadata }), "w");
    };
    await refused(
      {},
      changed((of) => of.delete("out.b")),
    ).toThrow(/"out.b" are absent; allowed: of shape \(1\)/);
    const extra = { shape: [1], data: new Float32Array(1) };
    await refused(
      {},
      changed((of) => of.set("more", extra as never)),
    ).toThrow(/"more" are of shape \(1\); allowed: absent/);
    const turned = { shape: [1, 8], data: tensors.get("layer1.w")!.data };
    await refused(
      {},
      changed((of) => of.set("layer1.w", turned as never)),
    ).toThrow(/of shape \(1, 8\); allowed: of shape \(8\)/);
    const infinite = { shape: [1], data: Float32Array.of(Infinity) };
    await refused(
      {},
      changed((of) => of.set("out.b", infinite as never)),
    ).toThrow(/"out.b" are not all finite/);
    const unchanged = await run("gnn-degree-parity", { steps: 0 }, { start: changed(() => {}) });
    expect(unchanged.result.steps).toBe(0); // negative control
  });

  it("needs the weights: a hash alone does not start it", async () => {
    const init = `sha256:${"0".repeat(64)}`;
    await expect(run("gnn-degree-parity", { init })).rejects.toThrow(
      /init: the weights sha256:0+ are not at hand/,
    );
  });

  it.each([
    ["no metadata", {}, /metadata: schema: missing/],
    ["another program's", { format: "pt" }, /metadata: schema: missing/],
    ["an architecture that is no JSON", { architecture: "{" }, /metadata: architecture: is not JSON/],
    ["a unit of size 0", { unit: '{"mean":0,"sd":0}' }, /metadata: sd: 0 is too small/],
    ["nested parts", { architecture: '{"network":{}}' }, /metadata: network/],
  ])("is refused a file with %s", async (name, change, complaint) => {
    const { tensors, metadata } = readSafetensors(
      saveWeights((await run("frame-parity", { steps: 0 })).trained),
      "w",
    );
    const texts = name.startsWith("no") || name.startsWith("another") ? change : { ...metadata, ...change };
    expect(() => loadWeights(writeSafetensors({ tensors, metadata: texts }), "w")).toThrow(complaint);
  });

  it("is another piece of work than one without, and than one from another file", () => {
    const task = (options: object) =>
      taskId({ kind: "train", family: "gnn-degree-parity", params: { n: 6 }, seed: 0, easy: false, options });
    const ids = [{}, { init: `sha256:${"0".repeat(64)}` }, { init: `sha256:${"1".repeat(64)}` }].map(task);
    expect(new Set(ids).size).toBe(3);
  });
});

describe("perturb", () => {
  it("adds fresh weights to the target's, in proportion", async () => {
    const weights = async (options: object) => (await run("gnn-degree-parity", { steps: 0, pool: "sum", width: 20, ...options })).trained.weights; // prettier-ignore
    const target = await weights({ init: "teacher" });
    const [some, twice] = [
      await weights({ init: "teacher", perturb: 0.5 }),
      await weights({ init: "teacher", perturb: 1 }),
    ];
    for (const [name, w] of Object.entries(target))
      w.forEach((x, i) => expect(twice[name][i] - x).toBeCloseTo(2 * (some[name][i] - x), 4));
    expect(Object.values(some).flatMap((w) => [...w])).not.toEqual(
      Object.values(target).flatMap((w) => [...w]),
    );
    expect(await weights({ init: "teacher", perturb: 0.5 })).toEqual(some);
  });

  it("is refused with fresh weights", async () => {
    await expect(run("gnn-degree-parity", { perturb: 0.1 })).rejects.toThrow(
      "perturb: not read with fresh weights; allowed: init teacher or a file",
    );
  });
});
