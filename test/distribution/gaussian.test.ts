import { describe, expect, it } from "vitest";
import { gaussian } from "../../src/distribution/gaussian.ts";

describe("gaussian", () => {
  const { count, shape, ...drawn } = gaussian([4, 5]).sample([1, 2], 5000);
  const data = Float32Array.from(drawn.data);

  it("has the shape asked for and its moments: 0, 1, 0, 3, uncorrelated entries", () => {
    expect([count, shape, data.length]).toEqual([5000, [4, 5], 100_000]);
    const moment = (p: number): number => data.reduce((sum: number, x: number) => sum + x ** p, 0) / data.length; // prettier-ignore
    // standard errors: sqrt(Var x^p / 100,000), Var = 1, 2, 15, 96
    for (const [p, truth, variance] of [[1, 0, 1], [2, 1, 2], [3, 0, 15], [4, 3, 96]] as const)
      expect(Math.abs(moment(p) - truth)).toBeLessThan(4 * Math.sqrt(variance / data.length));
    let cross = 0;
    for (let i = 0; i < data.length; i += 20) cross += data[i] * data[i + 7];
    expect(Math.abs(cross / 5000)).toBeLessThan(4 / Math.sqrt(5000));
  }); // prettier-ignore

  it("is fixed by its key", () => {
    expect(gaussian([4, 5]).sample([1, 2], 5000).data).toEqual(data);
    expect(gaussian([4, 5]).sample([1, 3], 5000).data).not.toEqual(data);
  });

  it("is the same in memory of examples that are done with, where they are as many", () => {
    const done = gaussian([4, 5]).sample([1, 3], 5000);
    const again = gaussian([4, 5]).sample([1, 2], 5000, done);
    expect(again.data).toBe(done.data);
    expect(again.data).toEqual(data);
    const fewer = gaussian([4, 5]).sample([1, 2], 4999, done);
    expect([fewer.count, fewer.data.length]).toEqual([4999, 99_980]);
    expect(done.data).toEqual(data);
  });
});
