import { describe, expect, it } from "vitest";
import { allGraphs, cubeInputs, graphProbabilities } from "../../src/prover/all-inputs.ts";

const rows = <T extends ArrayLike<number>>(data: T, length: number): string[] =>
  Array.from({ length: data.length / length }, (_, s) =>
    Array.from({ length }, (__, i) => data[s * length + i]).join(),
  );

describe("all inputs of a law", () => {
  it("of the cube are the vectors of signs, each once", () => {
    const { count, data } = cubeInputs([3, 2]);
    expect(count).toBe(64);
    expect(new Set(rows(data, 6)).size).toBe(64);
    expect(data.every((x) => Math.abs(x) === 1)).toBe(true);
    expect(() => cubeInputs([4, 4])).toThrow(/2\^16 inputs/);
  });

  it("of graphs are the symmetric matrices without loops, each once", () => {
    const { count, shape, data } = allGraphs(4);
    expect([count, shape]).toEqual([64, [4, 4]]);
    expect(new Set(rows(data, 16)).size).toBe(64);
    for (let s = 0; s < 64; s++)
      for (let i = 0; i < 4; i++)
        for (let j = 0; j <= i; j++)
          expect(data[(s * 4 + i) * 4 + j]).toBe(i === j ? 0 : data[(s * 4 + j) * 4 + i]);
    const p = graphProbabilities(4, 0.3);
    for (let s = 0; s < 64; s++) {
      const edges = Array.from(data.subarray(16 * s, 16 * (s + 1))).reduce((a, b) => a + b, 0) / 2;
      expect(p[s]).toBeCloseTo(0.3 ** edges * 0.7 ** (6 - edges), 14);
    }
    expect(() => allGraphs(7)).toThrow(/2\^21 inputs/);
  });
});
