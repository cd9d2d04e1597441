import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/base/errors.ts";
import { keyFor } from "../../../src/base/random.ts";
import { drawInstance } from "../../../src/family/draw.ts";
import { studentOf } from "../../../src/family/family.ts";
import { families, familyById } from "../../../src/family/registry.ts";
import { trainByGradient } from "../../../src/learner/gradient-descent.ts";
import { handOver } from "../../../src/learner/label-transform/hand-over.ts";
import { labelTransform } from "../../../src/learner/label-transform/learner.ts";
import { parseControl } from "../../../src/learner/label-transform/options.ts";
import { transformed, transformOf } from "../../../src/learner/label-transform/transform.ts";
import { initialise } from "../../../src/network/initialise.ts";
import { firstLayer } from "../../../src/network/network.ts";
import { learnTransformed, plane, type Phases } from "./runs.ts";

const sizes = { width: 16, layers: 2, readoutLayers: 1, pool: "mean" } as const;
const small: Readonly<Record<string, object>> = {
  "gnn-hidden-plane": { n: 3, d: 4, k: 4 },
  "cnn-hidden-plane": { group: "cyclic:6", k: 4 },
  "frame-parity": { group: "cyclic:6", k: 4 },
  "invariant-polynomial": { variables: 4, degree: 2, terms: 2, invariants: "rotations:2" },
};

describe("label-transform", () => {
  it("finds a plane that the same descent on y does not, from the same examples", async () => {
    const short = { d: 16, k: 6, steps: 2400, width: 64 };
    const [square, placebo, direct] = await Promise.all(
      [{}, { control: "placebo" }, { first: 0 }].map((o) => learnTransformed({ ...short, ...o }, 0)),
    );
    expect(square.final.explainedVariance).toBeGreaterThan(0.8);
    for (const { final } of [placebo, direct]) expect(final.explainedVariance).toBeLessThan(0.2);
  });

  it("is gradient descent where the first phase takes no steps", async () => {
    const given = { steps: 30, width: 8, batch: 32, testSamples: 300 };
    const instance = drawInstance(plane, plane.parse({ n: 3, d: 4, k: 2 }), 1);
    const job = { family: plane, instance, easy: false, seed: 1 };
    const { result } = await trainByGradient({ ...job, options: given });
    const { final, details } = await labelTransform.learn({ ...job, options: { ...given, first: 0 } });
    expect(final).toEqual(result.final);
    expect(details!["first"]).toBeNull();
  });

  it("records both phases, their curves one after the other", async () => {
    const { details, samples } = await learnTransformed({ d: 8, k: 4, steps: 100, width: 8, first: 0.3 }, 0);
    const { first, main } = details as unknown as Phases;
    expect([samples, first!.steps, main.steps]).toEqual([100 * 256, 30, 70]);
    expect([first!.trainedOn, main.trainedOn]).toEqual(["square", "y"]);
    const steps = [...first!.curve, ...main.curve].map((p) => p.step);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect([steps[0], steps[steps.length - 1]]).toEqual([0, 100]);
  });

  it.each(Object.keys(small).flatMap((id) => Object.keys(familyById(id).students).map((s) => [id, s])))(
    "trains the student of %s: %s",
    async (id, student) => {
      const family = familyById(id);
      const instance = drawInstance(family, family.parse(small[id]), 0);
      const options = { student, steps: 6, batch: 8, testSamples: 100 };
      const { final } = await labelTransform.learn({ family, instance, easy: false, seed: 0, options });
      expect(final.explainedVariance).toEqual(expect.any(Number));
    },
  );

  it("refuses labels +-1, whoever's the family is", async () => {
    for (const family of families) {
      const signs = family.id === "gnn-degree-parity";
      expect(labelTransform.refusal(family)).toEqual(signs ? expect.stringContaining("y^2 = 1") : null);
    }
    const family = familyById("gnn-degree-parity");
    const instance = drawInstance(family, family.parse({ n: 5 }), 0);
    const job = { family, instance, easy: false, seed: 0, options: {} };
    await expect(labelTransform.learn(job)).rejects.toThrow("y^2 = 1");
  });

  it("reads controls, and refuses others", async () => {
    expect(parseControl("reuse:4")).toEqual({ kind: "reuse", times: 4 });
    expect(parseControl("fixed:20000")).toEqual({ kind: "fixed", size: 20_000 });
    for (const wrong of ["reuse:1", "reuse:65", "fixed:0"])
      expect(() => parseControl(wrong)).toThrow(InputError);
    for (const control of ["reuse", "fixed:", "x", "reuse:2.5"])
      await expect(learnTransformed({ d: 8, k: 4, control }, 0)).rejects.toThrow("control");
  });
});

describe("transformed labels", () => {
  const instance = drawInstance(plane, plane.parse({ n: 1, d: 6, k: 4 }), 3);

  it("have the moments of other examples' labels, with the noise before the transform", () => {
    const square = transformOf("square", instance.hard);
    const variance = instance.hard.secondMoment.value;
    const [clean, noisy] = [0, 0.5].map((noise) => transformed(instance, instance.hard, square, noise).hard);
    for (const [{ mean }, expected] of [
      [clean, variance],
      [noisy, 1.25 * variance],
    ] as const)
      // prettier-ignore
      expect(Math.abs(mean.value - expected)).toBeLessThan(4 * mean.standardError);
    expect(noisy.mean.value - clean.mean.value).toBeGreaterThan(4 * noisy.mean.standardError);
  });

  it("are what their names say", () => {
    const [mean, sd] = [instance.hard.mean.value, Math.sqrt(instance.hard.secondMoment.value)];
    const at = (name: Parameters<typeof transformOf>[0]) => [-2 * sd, 0.5 * sd, 2 * sd].map(transformOf(name, instance.hard)); // prettier-ignore
    expect(mean).toBe(0);
    expect(at("square")).toEqual([4 * sd * sd, 0.25 * sd * sd, 4 * sd * sd]);
    expect(at("abs")).toEqual([2 * sd, 0.5 * sd, 2 * sd]);
    expect(at("sign")).toEqual([-1, 1, 1]);
    expect(at("threshold")).toEqual([0, 0, 1]);
  });
});

describe("what the first phase hands over", () => {
  const networks = Object.keys(small).flatMap((id) => {
    const family = familyById(id);
    const instance = drawInstance(family, family.parse(small[id]), 0);
    return Object.keys(family.students).map((student) => [`${id} ${student}`, studentOf(family, instance, { student, ...sizes })] as const); // prettier-ignore
  });

  it.each(networks)(
    "%s: directions of the first layer, at their initial length; nothing of the rest",
    (_, network) => {
      const weights = initialise(network, keyFor("trained"));
      for (const name of Object.keys(weights)) weights[name] = weights[name].map((w) => 3 * w + 0.01);
      const handed = handOver(network, weights, 0);
      const first = firstLayer(network);
      expect(first.length).toBeGreaterThanOrEqual(2);
      for (const [name, values] of Object.entries(handed)) {
        expect(values.length).toBe(weights[name].length);
        if (name.endsWith(".b")) expect(values.every((w) => w === 0)).toBe(true);
        else if (!first.includes(name)) expect(correlation(values, weights[name])).toBeLessThan(0.9);
        else {
          const units = network.weights[name].at(-1)!;
          const [before, after] = [column(weights[name], units), column(values, units)];
          expect(correlation(before, after)).toBeCloseTo(1, 5);
          const initial = Math.sqrt((2 * before.length) / network.fanIn[name]);
          expect(Math.hypot(...after)).toBeCloseTo(initial, 4);
        }
      }
    },
  );

  const column = (matrix: Float32Array, units: number) => matrix.filter((_, i) => i % units === 0);
  const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, x, i) => sum + x * b[i], 0);
  const correlation = (a: Float32Array, b: Float32Array): number =>
    dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b) || 1);
});
