import { describe, expect, it } from "vitest";
import { keyFor } from "../../../src/base/random.ts";
import { studentOf } from "../../../src/family/family.ts";
import { frameParity as family } from "../../../src/family/frame-parity/index.ts";
import type { Samples } from "../../../src/distribution/law.ts";
import { parityNormSquared } from "../../../src/family/frame-parity/relu-parity.ts";
import { frameAverage, frameOf } from "../../../src/symmetry/frames.ts";
import type { FrameParityInstance } from "../../../src/family/frame-parity/family.ts";
import { teacherOutputs } from "../teacher-outputs.ts";

const instanceOf = (params: Record<string, unknown>, seed = 0) =>
  family.draw(family.parse(params), keyFor("test", params, seed));

/** mean over g in F(x) of sum_w weight(w) relu(<w, (g^-1 x)_S> / sqrt k), spelled out. */
function byDefinition(instance: FrameParityInstance, samples: Samples, easy: boolean): number[] {
  const { group, frame } = instance.params.values;
  const { subset, pair } = instance.hidden;
  const k = subset.length;
  const inPair = subset.map((p) => !easy || pair.includes(p));
  const g = (x: Float64Array): number => {
    let sum = 0;
    for (let w = 0; w < 2 ** k; w++) {
      const sign = (i: number): number => ((w >> i) & 1 ? -1 : 1);
      const t = subset.reduce((s, p, i) => s + sign(i) * x[p], 0) / Math.sqrt(k);
      sum += subset.reduce((s, _, i) => (inPair[i] ? s * sign(i) : s), 1) * Math.max(0, t);
    }
    return sum;
  };
  const of = frameOf(frame, group);
  const n = group.degree;
  return Array.from({ length: samples.count }, (_, e) => frameAverage(of, g, Float64Array.from(samples.data.subarray(e * n, (e + 1) * n)))); // prettier-ignore
}

const cases = [
  { group: "cyclic:9", k: 4, frame: "reynolds" },
  { group: "dihedral:6", k: 2, frame: "reynolds" },
  { group: "symmetric:5", k: 4, frame: "reynolds" },
  { group: "cyclic:2xcyclic:4", k: 6, frame: "reynolds" },
  { group: "trivial:6", k: 4, frame: "reynolds" },
  { group: "symmetric:7", k: 4, frame: "sort-abs" },
  { group: "cyclic:8", k: 6, frame: "sort-abs" },
];

describe("targets", () => {
  it.each(cases)("are the definition, hard and easy: $group, k = $k, $frame", (params) => {
    const instance = instanceOf(params);
    const samples = instance.law.sample([3, 1], 40);
    for (const [target, easy] of [[instance.hard, false], [instance.easy, true]] as const) {
      const truth = byDefinition(instance, samples, easy);
      target.label(samples).forEach((y, e) => expect(y).toBeCloseTo(truth[e], 9));
    }
  }); // prettier-ignore

  it.each(cases)("are held by the student's weights, any depth: $group, k = $k, $frame", async (params) => {
    const instance = instanceOf(params);
    const samples = instance.law.sample([3, 2], 30);
    const labels = instance.hard.label(samples);
    for (const [layers, readoutLayers, pool] of [[1, 0, "mean"], [2, 1, "sum"], [3, 2, "mean"]] as const) {
      const outputs = await teacherOutputs(family, instance, { layers, readoutLayers, width: 70, pool }, samples);
      outputs.forEach((y, e) => expect(Math.abs(y - labels[e])).toBeLessThan(2e-5));
    }
  }); // prettier-ignore

  it.each(cases)("have the second moments stated: $group, k = $k, $frame", (params) => {
    const instance = instanceOf(params, 1);
    const count = 20_000;
    const samples = instance.law.sample([3, 3], count);
    for (const { label, secondMoment, mean } of [instance.hard, instance.easy]) {
      const squares = label(samples).map((y) => y * y);
      const found = squares.reduce((a, b) => a + b, 0) / count;
      const error = Math.sqrt(squares.reduce((s, y) => s + (y - found) ** 2, 0)) / count;
      expect(Math.abs(found - secondMoment.value)).toBeLessThan(4 * Math.hypot(error, secondMoment.standardError)); // prettier-ignore
      expect(mean.value).toBe(0);
    }
  });

  it("have norms that shrink with the orbit, and the twin of k = 2 is the target", () => {
    const instance = instanceOf({ group: "cyclic:12", k: 4, subset: [0, 3, 6, 9] });
    expect(instance.facts).toMatchObject({ orbit: 3, twinIsTarget: false });
    expect(instance.hard.secondMoment.value).toBeCloseTo(parityNormSquared(4) / 3, 12);
    const two = instanceOf({ group: "cyclic:7", k: 2 });
    const samples = two.law.sample([1, 1], 20);
    expect(two.easy.label(samples)).toEqual(two.hard.label(samples));
    expect(two.easy.secondMoment).toEqual(two.hard.secondMoment);
    expect(two.facts["twinIsTarget"]).toBe(true);
  });
});

describe("concepts", () => {
  it.each(cases)("are the instances' targets, normalised: $group, k = $k, $frame", (params) => {
    const list = family.members!(family.parse(params), { seed: 0 });
    const samples = list.law.sample([5, 1], 25);
    const values = list.values(samples, 0, list.count);
    for (let m = 0; m < list.count; m += Math.ceil(list.count / 5)) {
      const instance = instanceOf({ ...params, ...list.hidden(m) });
      const scale = 1 / Math.sqrt(instance.hard.secondMoment.value);
      const tolerance = params.frame === "reynolds" ? 1e-5 : 0.08;
      instance.hard.label(samples).forEach((y, e) => {
        const v = values[m * 25 + e];
        expect(Math.abs(v - scale * y)).toBeLessThan(tolerance * Math.max(1e-3, Math.abs(v)));
      });
      // a part of the list has the same values
      expect(list.values(samples, m, m + 1)).toEqual(values.slice(m * 25, (m + 1) * 25));
    }
  });

  it("lists more than a thousand orbits, and draws from families too large to list", () => {
    const whole = family.members!(family.parse({ group: "cyclic:20", k: 6 }), { seed: 0 });
    expect(whole.count).toBe(1944);
    const large = family.parse({ group: "cyclic:64", k: 6 });
    expect(() => family.members!(large, { seed: 0 })).toThrow(/1171552 functions, too many to list/);
    const drawn = family.members!(large, { seed: 0, count: 50 });
    const sets = Array.from({ length: 50 }, (_, m) => JSON.stringify(drawn.hidden(m)));
    expect(new Set(sets).size).toBe(50);
    expect(family.members!(large, { seed: 1, count: 50 }).hidden(0)).not.toEqual(drawn.hidden(0));
    const samples = drawn.law.sample([5, 2], 1000);
    const values = drawn.values(samples, 0, 50);
    const meanSquare = values.reduce((s, v) => s + v * v, 0) / values.length;
    expect(meanSquare).toBeCloseTo(1, 1);
  });
});

describe("parse and draw", () => {
  it.each([
    [{ group: "cyclic:8", k: 3 }, /k: 3 is odd, and for odd k the 2\^k relu units cancel/],
    [{ group: "cyclic:8", k: 1 }, /one linear function/],
    [{ group: "cyclic:8", k: 10 }, /cyclic:8 has 8 coordinates, no 10 of them/],
    [{ group: "cyclic:8", k: 0 }, /k: 0 is too small/],
    [{ group: "cyclic", k: 2 }, /is not a group/],
    [{ group: "cycle:8", k: 2 }, /did you mean "cyclic"/],
    [{ group: "cyclic:8", k: 2, frame: "sort" }, /frame: "sort" is unknown/],
    [{ group: "cyclic:8", k: 2, subset: [1] }, /subset: has 1 points; allowed: k = 2 points/],
    [{ group: "cyclic:8", k: 2, subset: [1, 8] }, /not a subset/],
    [{ group: "file:g.json", k: 2 }, /cannot be read here/],
    [{ k: 2 }, /group: missing/],
  ])("rejects %j", (params, message) => {
    expect(() => family.parse(params)).toThrow(message);
  });

  it("reads generators from a file once: the parameters then stand alone", () => {
    const text = '{"degree": 6, "generators": [[1, 2, 0, 4, 5, 3]]}';
    const params = family.parse({ group: "file:g.json", k: 2, subset: [0, 4] }, () => text);
    expect(family.parse(params)).toEqual(params);
    expect(family.draw(params, [1, 1]).facts["orbit"]).toBe(3);
    const wrong = '{"degree": 3, "generators": [[1, 1, 0]]}';
    expect(() => family.parse({ group: "file:g.json", k: 2 }, () => wrong)).toThrow(/not a permutation/);
  });

  it("refuses what is too large to evaluate or to hold, with the number", () => {
    expect(() => instanceOf({ group: "cyclic:40", k: 18 })).toThrow(/2\^18 units/);
    expect(() => instanceOf({ group: "symmetric:40", k: 8 })).toThrow(/too long to list/);
    const instance = instanceOf({ group: "cyclic:12", k: 8 });
    const options = { layers: 1, readoutLayers: 0, width: 64, pool: "mean" } as const;
    expect(() => family.teacher!(instance, options)).toThrow(/width: 64 units .* at least 256/);
    const large = instanceOf({ group: "cyclic:512", k: 4 });
    expect(() => studentOf(family, large, options)).toThrow(/512 transformed inputs of 512 entries/);
  });
});
