import { describe, expect, it } from "vitest";
import { keyFor } from "../../../src/base/random.ts";
import { cnnHiddenPlane as family } from "../../../src/family/cnn-hidden-plane/index.ts";
import type { Samples } from "../../../src/distribution/law.ts";
import { listElements } from "../../../src/symmetry/chain.ts";
import type { CnnPlaneInstance } from "../../../src/family/cnn-hidden-plane/family.ts";
import { teacherOutputs } from "../teacher-outputs.ts";

const instanceOf = (params: Record<string, unknown>, seed = 0) =>
  family.draw(family.parse(params), keyFor("test", params, seed));

/** (1/|G|) sum_g sum_columns sum_m a_m relu(w_m . U g^-1 x), spelled out. */
function byDefinition(instance: CnnPlaneInstance, samples: Samples, easy: boolean): number[] {
  const { group, k, columns } = instance.params.values;
  const { u, v } = instance.hidden;
  const elements = listElements(group.chain(), 1000, group.name);
  const n = group.degree;
  return Array.from({ length: samples.count }, (_, e) => {
    let sum = 0;
    for (const g of elements)
      for (let c = 0; c < columns; c++) {
        const x = Array.from({ length: n }, (_, i) => samples.data[(e * n + g[i]) * columns + c]);
        const [y, z] = [u, v].map((row) => row.reduce((s, a, i) => s + a * x[i], 0));
        for (let m = 1; m <= 2 * k; m++) {
          const weight = easy ? Math.cos((2 * Math.PI * m) / k) : (-1) ** m;
          const t = (Math.PI * m) / k;
          sum += weight * Math.max(0, Math.cos(t) * y + Math.sin(t) * z);
        }
      }
    return sum / elements.length;
  });
}

const cases = [
  { group: "cyclic:8", k: 4 },
  { group: "cyclic:6", k: 2, columns: 3 },
  { group: "dihedral:5", k: 6, columns: 2 },
  { group: "symmetric:4", k: 4 },
  { group: "cyclic:2xcyclic:3", k: 4 },
];

describe("targets", () => {
  it.each(cases)("are the definition, hard and easy, and the student's weights: %j", async (params) => {
    const instance = instanceOf(params);
    const samples = instance.law.sample([3, 1], 30);
    for (const [target, easy] of [[instance.hard, false], [instance.easy, true]] as const) {
      const truth = byDefinition(instance, samples, easy);
      target.label(samples).forEach((y, e) => expect(y).toBeCloseTo(truth[e], 10));
    }
    const labels = instance.hard.label(samples);
    for (const [layers, readoutLayers, pool] of [[1, 0, "mean"], [2, 1, "sum"], [2, 2, "mean"]] as const) {
      const outputs = await teacherOutputs(family, instance, { layers, readoutLayers, width: 28, pool }, samples);
      outputs.forEach((y, e) => expect(Math.abs(y - labels[e])).toBeLessThan(2e-5));
    }
  }); // prettier-ignore

  it.each(cases)("have the second moments stated: %j", (params) => {
    const instance = instanceOf(params, 1);
    const count = 20_000;
    const samples = instance.law.sample([3, 3], count);
    for (const { label, secondMoment, mean } of [instance.hard, instance.easy]) {
      const labels = label(samples);
      const squares = labels.map((y) => y * y);
      const found = squares.reduce((a, b) => a + b, 0) / count;
      const error = Math.sqrt(squares.reduce((s, y) => s + (y - found) ** 2, 0)) / count;
      expect(Math.abs(found - secondMoment.value)).toBeLessThan(4 * error);
      expect(Math.abs(labels.reduce((a, b) => a + b, 0) / count)).toBeLessThan(4 * Math.sqrt(found / count));
      expect(mean.value).toBe(0);
    }
  });

  it("warns at k = 2, where the twin is the target", () => {
    const facts = instanceOf({ k: 2 }).facts;
    expect(facts).toMatchObject({ easyEqualsHard: true });
    expect(facts["warning"]).toMatch(/k >= 4/);
    expect(instanceOf({ k: 4 }).facts["warning"]).toBeUndefined();
  });
});

describe("concepts", () => {
  it("are planes' targets, normalised", () => {
    const params = family.parse({ group: "cyclic:8", k: 4, columns: 2 });
    const list = family.members!(params, { seed: 2, count: 8 });
    const samples = list.law.sample([4, 4], 20_000);
    const values = list.values(samples, 0, 8);
    for (let m = 0; m < 8; m++) {
      const row = values.subarray(m * samples.count, (m + 1) * samples.count);
      expect(row.reduce((s, v) => s + v * v, 0) / samples.count).toBeCloseTo(1, 0);
    }
    expect(list.values({ ...samples, count: 2 }, 5, 6)).toEqual(values.slice(5 * 20_000, 5 * 20_000 + 2));
    expect(() => family.members!(params, { seed: 0 })).toThrow(/infinitely many/);
  });
});

describe("parse and draw", () => {
  it.each([
    [{ k: 3 }, /k: 3 is odd/],
    [{ k: 0 }, /k: 0 is too small/],
    [{ k: 4, group: "cyclic:1" }, /one coordinate/],
    [{ k: 4, columns: 0 }, /columns: 0 is too small/],
    [{ k: 4, count: 1 }, /count: 1 is too small/],
    [{ k: 4, group: "cyclic" }, /is not a group/],
    [{}, /k: missing/],
  ])("rejects %j", (params, message) => {
    expect(() => family.parse(params)).toThrow(message);
  });

  it("refuses groups too large to average over, and widths too small, with the number", () => {
    expect(() => instanceOf({ group: "symmetric:12", k: 4 })).toThrow(/479001600 elements/);
    const options = { layers: 1, readoutLayers: 0, width: 16, pool: "mean" } as const;
    expect(() => family.teacher!(instanceOf({ k: 4, columns: 4 }), options)).toThrow(/at least 32/);
  });
});
