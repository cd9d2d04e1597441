import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.ts";
import { canonicalJson } from "../../src/base/json.ts";
import { drawInstance } from "../../src/family/draw.ts";
import { familyById } from "../../src/family/registry.ts";
import { evaluate } from "../../src/learner/evaluate.ts";
import { trainByGradient, type TrainResult } from "../../src/learner/gradient-descent.ts";
import type { TrainOptions } from "../../src/learner/training-options.ts";

async function trained(id: string, options: Record<string, unknown>): Promise<TrainResult> {
  const family = familyById(id);
  const instance = drawInstance(family, family.parse(id === "gnn-degree-parity" ? { n: 6 } : {}), 0);
  const all = { width: 8, batch: 32, testSamples: 500, optimizer: "sgd" as const, ...options };
  return (await trainByGradient({ family, instance, easy: false, seed: 0, options: all })).result;
}

const nothing = {
  loss: null,
  accuracy: null,
  correlation: null,
  explainedVariance: null,
  standardError: null,
};

describe("a training that diverges", () => {
  it("is an outcome with JSON of its own, the same again, whichever step goes too far", async () => {
    const seen = new Set<string>();
    for (let steps = 0; steps <= 10; steps++) {
      const result = await trained("gnn-degree-parity", { steps, lr: 100 });
      const json = canonicalJson(result); // throws where a number has no JSON form
      expect(result.final.loss === null).toBe(result.stopped === "diverged");
      if (result.stopped === "diverged") expect(result.final).toMatchObject({ ...nothing, objective: null, testSamples: 500 }); // prettier-ignore
      expect(canonicalJson(await trained("gnn-degree-parity", { steps, lr: 100 }))).toBe(json);
      seen.add(result.stopped);
    }
    expect([...seen]).toEqual(["budget", "diverged"]);
  });

  it("has a curve of the last numbers there were, from a fixed set of real labels too", async () => {
    const options = { steps: 200, lr: 100, samples: 100, stopAt: 0.5 };
    const { curve, stopped, trainAccuracy } = await trained("invariant-polynomial", options);
    expect([stopped, trainAccuracy, curve[0].loss]).toEqual(["diverged", null, expect.any(Number)]);
    expect(curve[curve.length - 1].loss).toBeNull();
  });

  it("is not one with a lower rate (negative control)", async () => {
    const { stopped, final } = await trained("gnn-degree-parity", { steps: 20, lr: 1e-3 });
    expect([stopped, final.loss]).toEqual(["budget", expect.any(Number)]);
  });
});

describe("a training seed", () => {
  it("draws another training on the same hidden parameters, judged on the same examples; the same again", async () => {
    for (const samples of [undefined, 100]) {
      const one = (trainingSeed?: number, more = {}) =>
        trained("gnn-degree-parity", {
          steps: 5,
          ...(samples === undefined ? {} : { samples }),
          trainingSeed,
          ...more,
        });
      const [first, again, other, same] = [await one(), await one(1), await one(2), await one(1)];
      expect(canonicalJson(same)).toBe(canonicalJson(again));
      const losses = [first, again, other].map(({ curve }) => curve[0].loss);
      expect(new Set(losses).size).toBe(3);
      const baselines = [first, again, other].map(({ final, validationBaselineLoss }) => [
        final.baselineLoss,
        validationBaselineLoss,
      ]);
      expect(baselines).toEqual([baselines[0], baselines[0], baselines[0]]);
      // from the same weights it is the examples that differ
      const from = { init: "teacher", pool: "sum", lr: 0.1, noise: 0.1 };
      const [a, b] = [await one(1, from), await one(2, from)];
      expect(a.curve[0].loss).toBe(b.curve[0].loss);
      expect(a.final.loss).not.toBe(b.final.loss);
    }
  });
});

it("trainByGradient refuses options that there are not", async () => {
  const family = familyById("gnn-degree-parity");
  const instance = drawInstance(family, family.parse({ n: 6 }), 0);
  const job = { family, instance, easy: false, seed: 0 };
  for (const wrong of [{ loss: "hinge" }, { init: "xavier" }, { pool: "max" }, { lr: NaN }, { batch: 1.5 }]) {
    const options = wrong as Partial<TrainOptions>;
    await expect(trainByGradient({ ...job, options })).rejects.toThrow(InputError);
  }
});

it("refuses a step of attention that would hold gigabytes, before it draws anything", async () => {
  const family = familyById("gnn-degree-parity");
  const instance = drawInstance(family, family.parse({ n: 200 }), 0);
  const job = { family, instance, easy: false, seed: 0 };
  const options = { student: "attention", steps: 0, testSamples: 100 };
  await expect(trainByGradient({ ...job, options })).rejects.toThrow(
    "train: about 4.0 GiB of a step's arrays would be held at once; allowed: at most 2 GiB; lower --n, --batch or --layers",
  );
  const small = { ...options, batch: 1, testSamples: 100, layers: 1 }; // a layer on degrees only: no attention
  expect((await trainByGradient({ ...job, options: small })).result.steps).toBe(0);
});

describe("evaluate", () => {
  const of = (predictions: number[], kind: "sign" | "real") =>
    evaluate(predictions, [1, -1, 1, -1], kind, { value: 0, standardError: 0 });

  it("gives what compares with the labels as null where predictions are not finite, and only there", () => {
    for (const wrong of [NaN, Infinity, -Infinity, 1e200])
      for (const kind of ["sign", "real"] as const)
        expect(of([1, -1, wrong, -1], kind)).toMatchObject(nothing);
    expect(of([1, -1, 1, 1], "sign")).toMatchObject({ loss: 1, accuracy: 0.75, correlation: 0.5, explainedVariance: 0 }); // prettier-ignore
    // the squared errors' own spread is beyond float64, they are not
    expect(of([1e100, -1, 1, -1], "real")).toMatchObject({ loss: 2.5e199, standardError: null });
    expect(() => canonicalJson(of([1e100, 1, 1, 1], "real"))).not.toThrow();
  });
});
