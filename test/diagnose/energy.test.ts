/** The sum of squared correlations: unbiased, and judged against what chance draws. */

import { describe, expect, it } from "vitest";
import { keyFor, normals, stream } from "../../src/base/random.ts";
import { energyOf, type Functions } from "../../src/diagnose/energy.ts";
import { labelTransforms, standardised } from "../../src/diagnose/labels.ts";

const columns = (seed: number, count: number, examples: number): Functions => {
  const values = new Float32Array(count * examples);
  for (let f = 0; f < count; f++)
    values.set(standardised(normals(keyFor("column", seed, f), new Float64Array(examples))), f * examples);
  return { count, examples, values };
};

describe("the energy of a label", () => {
  it("is the mean over pairs of different examples, with the jackknife's standard error", async () => {
    const [n, p] = [12, 3];
    const functions = columns(1, p, n);
    const label = standardised(normals(keyFor("label", 1), new Float64Array(n)));
    const over = (left: readonly number[]): number => {
      let sum = 0;
      for (const i of left)
        for (const j of left)
          if (i !== j)
            for (let f = 0; f < p; f++)
              sum += label[i] * label[j] * functions.values[f * n + i] * functions.values[f * n + j];
      return sum / (left.length * (left.length - 1));
    };
    const all = Array.from({ length: n }, (_, i) => i);
    const without = all.map((i) => over(all.filter((j) => j !== i)));
    const middle = without.reduce((a, b) => a + b, 0) / n;
    const squares = without.reduce((sum, x) => sum + (x - middle) ** 2, 0);
    const { value, standardError } = await energyOf(functions, label, keyFor("test"));
    expect(value).toBeCloseTo(over(all), 6);
    expect(standardError).toBeCloseTo(Math.sqrt(((n - 1) / n) * squares), 6);
  });

  it("sees a hidden direction, and nothing in noise or in a label whose size alone depends on the input", async () => {
    const functions = columns(2, 10, 400);
    const first = Float64Array.from(functions.values.subarray(0, 400));
    const noise = normals(keyFor("noise"), new Float64Array(400));
    const p = async (label: Float64Array): Promise<number> =>
      (await energyOf(functions, standardised(label), keyFor("test"))).p;
    expect(await p(first.map((x, i) => x + 2 * noise[i]))).toBe(1 / 2000);
    expect(await p(noise)).toBeGreaterThan(0.05);
    // y = |x| times a coin: E[y x] = 0, though y^2 = x^2
    const { below } = stream(keyFor("coins"));
    const sized = first.map((x) => (below(2) === 0 ? x : -x));
    expect(await p(sized)).toBeGreaterThan(0.05);
  });
});

describe("functions of the label", () => {
  it("are none where the label has two values, and different ones otherwise", () => {
    const names = (y: readonly number[]): string[] =>
      labelTransforms(Float64Array.from(y)).map((t) => t.name);
    expect(names([0, 1, 1, 0, 1])).toEqual(["label"]);
    expect(names([-3, -1, 0.5, 1, 2, 7])).toEqual(["label", "square", "abs", "sign", "threshold"]);
    expect(names([-1, 0, 1, 0])).toEqual(["label", "square", "threshold"]);
  });
});
