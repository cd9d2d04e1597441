import { describe, expect, it } from "vitest";
import { keyFor } from "../../src/base/random.ts";
import { drawInstance } from "../../src/family/draw.ts";
import { studentOf } from "../../src/family/family.ts";
import { isMoving, progressAt, standsOut, type ProgressValues } from "../../src/family/progress.ts";
import { familyById } from "../../src/family/registry.ts";
import { trainByGradient, type TrainResult } from "../../src/learner/gradient-descent.ts";
import { initialise } from "../../src/network/initialise.ts";

const one = { layers: 1, readoutLayers: 0 };

/** The statistics of a student at He's weights, of `count` seeds. */
function atRandom(id: string, params: object, student: string | undefined, count: number): ProgressValues[] {
  const family = familyById(id);
  return Array.from({ length: count }, (_, seed) => {
    const instance = drawInstance(family, family.parse(params), seed);
    const network = studentOf(family, instance, { ...one, width: 32, pool: "mean", student });
    const measure = family.progress?.(instance, network, false);
    if (measure === null || measure === undefined) throw new Error(`${id}: nothing measured`);
    return measure(initialise(network, keyFor("weights", seed)));
  });
}

const cases: [string, object, string | undefined, string[]][] = [
  ["gnn-hidden-plane", { n: 1, d: 32, k: 4 }, undefined, ["nearest", "order", "share"]],
  ["gnn-hidden-plane", { n: 1, d: 64, k: 6 }, undefined, ["nearest", "order", "share"]],
  ["gnn-hidden-plane", { n: 3, d: 12, k: 4 }, "mlp", ["nearest", "order", "share"]],
  ["cnn-hidden-plane", { group: "cyclic:8", k: 4 }, undefined, ["nearest", "order", "share"]],
  ["frame-parity", { group: "cyclic:12", k: 4 }, undefined, ["order", "share"]],
  ["invariant-polynomial", { variables: 12, degree: 3 }, undefined, ["order"]],
  ["invariant-polynomial", { variables: 12, degree: 2 }, "mlp", ["share"]],
];

describe("at random weights", () => {
  it.each(cases)(
    "%s %j %s: hidden parameters hardly ever stand out (negative control)",
    (id, params, student, names) => {
      const values = atRandom(id, params, student, 60);
      expect(Object.keys(values[0]).sort()).toEqual(names);
      const statistics = values.map((v) => Object.values(progressAt(v) ?? {}));
      const found = statistics.filter((all) => all.some(standsOut)).length;
      expect(found).toBeLessThanOrEqual(3); // of 60
      // what is hidden is one of 21 alike: it comes first about as often as any
      const first = values.filter((v) =>
        Object.values(v).some(([hidden, ...drawn]) => hidden > Math.max(...drawn)),
      );
      expect(first.length).toBeLessThan(25);
    },
  );
});

describe("at the target's own weights", () => {
  it.each([
    ["gnn-hidden-plane", { n: 1, d: 32, k: 4 }],
    ["gnn-hidden-plane", { n: 4, d: 16, k: 6, graph: "path" }],
    ["cnn-hidden-plane", { group: "cyclic:8", k: 4 }],
    ["frame-parity", { group: "cyclic:12", k: 4 }],
    ["invariant-polynomial", { variables: 12, degree: 3 }],
  ])("%s %j: every statistic stands out", (id, params) => {
    const family = familyById(id);
    const instance = drawInstance(family, family.parse(params), 3);
    const options = { ...one, width: 32, pool: "mean" as const };
    const measure = family.progress?.(instance, studentOf(family, instance, options), false);
    const progress = progressAt(measure?.(family.teacher?.(instance, options) ?? {}) ?? {});
    for (const [name, statistic] of Object.entries(progress ?? {})) {
      expect(statistic.hidden, name).toBeGreaterThan(statistic.largest);
      if (name === "nearest") expect(statistic.hidden).toBeCloseTo(1, 5);
      if (name === "order") expect(standsOut(statistic)).toBe(true);
    }
    expect(Object.keys(progress ?? {}).length).toBeGreaterThan(0);
  });

  it("order of the plane's target is its 2k units of weight one, and follows biases by the Hermite coefficient", () => {
    const family = familyById("gnn-hidden-plane");
    const instance = drawInstance(family, family.parse({ n: 1, d: 10, k: 4 }), 0);
    const options = { ...one, width: 8, pool: "mean" as const };
    const network = studentOf(family, instance, options);
    const weights = family.teacher?.(instance, options) ?? {};
    const order = () => family.progress?.(instance, network, false)?.(weights)["order"][0] ?? NaN;
    expect(order()).toBeCloseTo(8, 5);
    // E relu(z + t) h_4(z) over its value at t = 0, by Simpson's rule
    const coefficient = (t: number) => {
      let sum = 0;
      for (let i = 0; i <= 4000; i++) {
        const z = -10 + i / 200;
        const weight = i === 0 || i === 4000 ? 1 : i % 2 === 1 ? 4 : 2;
        sum += weight * Math.max(0, z + t) * (z ** 4 - 6 * z ** 2 + 3) * Math.exp((-z * z) / 2);
      }
      return sum;
    };
    weights["layer1.b"].fill(0.7);
    expect(order()).toBeCloseTo((8 * coefficient(0.7)) / coefficient(0), 3);
  });
});

describe("in trainings", () => {
  const runs = new Map<number, Promise<TrainResult>>();
  const trained = (d: number, k: number): Promise<TrainResult> => {
    const family = familyById("gnn-hidden-plane");
    const instance = drawInstance(family, family.parse({ n: 1, d, k }), 0);
    const options = { ...one, width: 64, steps: 700, batch: 128, testSamples: 1000 };
    const run =
      runs.get(d) ??
      trainByGradient({ family, instance, easy: false, seed: 0, options }).then((r) => r.result);
    runs.set(d, run);
    return run;
  };

  it("weights move before the loss does", async () => {
    const { curve, moving, validationBaselineLoss } = await trained(12, 4);
    expect(moving).toBe(true);
    const first = curve.findIndex((c) => Object.values(c.progress ?? {}).some(standsOut));
    expect(first).toBeGreaterThan(0);
    expect(1 - (curve[first].loss ?? NaN) / validationBaselineLoss).toBeLessThan(0.15);
  });

  it("where nothing is learned, not moving", async () => {
    const { moving, final } = await trained(64, 6);
    expect(final.explainedVariance).toBeLessThan(0.05);
    expect(moving).toBe(false);
  });

  it("without a measure there is no verdict, and none of one point or of values that are not finite", async () => {
    const family = familyById("gnn-degree-parity");
    const instance = drawInstance(family, family.parse({ n: 6 }), 0);
    const { result } = await trainByGradient({
      family,
      instance,
      easy: false,
      seed: 0,
      options: { steps: 2, testSamples: 100 },
    });
    expect(result).not.toHaveProperty("moving");
    expect(result.curve[0]).not.toHaveProperty("progress");
    expect(isMoving([{ a: { hidden: 9, mean: 0, sd: 1, largest: 1 } }], 0)).toBeNull();
    expect(progressAt({ a: Float64Array.of(NaN, 1, 2) })).toBeNull();
  });

  it("the verdict takes two points, five deviations and all drawn ones below", () => {
    const at = (hidden: number, largest = 1) => ({ a: { hidden, mean: 0, sd: 1, largest } });
    expect(isMoving([at(9), at(9)], 0)).toBe(true);
    expect(isMoving([at(9), at(4)], 0)).toBe(false);
    expect(isMoving([at(4), at(9)], 0)).toBe(false);
    expect(isMoving([at(9, 10), at(9, 10)], 0)).toBe(false);
  });

  it('"not moving" is said of runs at chance only, and where a statistic could have stood out', () => {
    const at = (name: string, sd: number, largest = 0.5) => ({
      [name]: { hidden: 0.4, mean: 0.3, sd, largest },
    });
    const twice = (point: ReturnType<typeof at>, explained: number | null) =>
      isMoving([point, point], explained);
    expect(twice(at("share", 0.1), 0.01)).toBe(false);
    expect(twice(at("share", 0.1), 0.86)).toBeNull(); // learned
    expect(twice(at("share", 0.1), null)).toBeNull(); // diverged
    expect(twice(at("share", 0.2), 0.01)).toBeNull(); // five deviations lie beyond 1
    expect(twice(at("order", 0.2), 0.01)).toBe(false); // which has no such end
    expect(twice(at("order", 0.2, 0.4), 0.01)).toBeNull(); // one drawn is the hidden one
    expect(isMoving([{ ...at("share", 0.2), ...at("order", 0.1) }, at("share", 0.2)], 0.01)).toBeNull();
  });

  it("a learned run whose statistic saturates is not called still", async () => {
    const family = familyById("invariant-polynomial");
    const instance = drawInstance(family, family.parse({ variables: 8, degree: 2 }), 0);
    const options = { student: "mlp", width: 64, steps: 1500, batch: 128, lr: 0.01, testSamples: 2000 };
    const { result } = await trainByGradient({ family, instance, easy: false, seed: 0, options });
    expect(result.final.explainedVariance).toBeGreaterThan(0.9);
    const { share } = result.curve.at(-1)?.progress ?? {};
    expect(standsOut(share)).toBe(false); // drawn terms of the same variables have most of it, too
    expect(result).not.toHaveProperty("moving");
  });
});
