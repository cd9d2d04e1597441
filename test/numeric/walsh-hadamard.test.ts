import { describe, expect, it } from "vitest";
import { normals } from "../../src/base/random.ts";
import { walshHadamard } from "../../src/numeric/walsh-hadamard.ts";

function direct(x: Float64Array): Float64Array {
  const sign = (w: number): number => (w.toString(2).replaceAll("0", "").length % 2 === 0 ? 1 : -1);
  return x.map((_, s) => x.reduce((sum, value, v) => sum + sign(s & v) * value, 0));
}

describe("the Walsh-Hadamard transform", () => {
  it("is the sum over signs", () => {
    for (let m = 0; m <= 9; m++) {
      const x = normals([1, m], new Float64Array(2 ** m));
      const expected = direct(x);
      walshHadamard(x);
      x.forEach((value, s) => expect(Math.abs(value - expected[s])).toBeLessThan(1e-11));
    }
  });

  it("is its own inverse up to the length, also in blocks", () => {
    for (const m of [12, 13, 14, 17, 20]) {
      const x = normals([2, m], new Float64Array(2 ** m));
      const y = walshHadamard(walshHadamard(x.slice()));
      let worst = 0;
      for (let i = 0; i < x.length; i++) worst = Math.max(worst, Math.abs(y[i] / x.length - x[i]));
      expect(worst).toBeLessThan(1e-12);
    }
  });

  it("turns a point into a character", () => {
    const x = new Float64Array(2 ** 15);
    x[0b101] = 1;
    walshHadamard(x);
    expect([x[0], x[1], x[4], x[5], x[8], x[13]]).toEqual([1, -1, -1, 1, 1, 1]);
  });

  it("refuses other lengths", () => {
    expect(() => walshHadamard(new Float64Array(0))).toThrow(RangeError);
    expect(() => walshHadamard(new Float64Array(12))).toThrow(RangeError);
  });
});
