import { describe, expect, it } from "vitest";
import { keyFor } from "../../src/base/random.ts";
import { packRows } from "../../src/distribution/bit-rows.ts";
import { degreesOf, sampleGraphs } from "../../src/distribution/erdos-renyi.ts";
import type { Samples } from "../../src/distribution/law.ts";
import { rowsOf, slice, take } from "../../src/distribution/samples.ts";

const n = 19;
const drawn = sampleGraphs(keyFor("parts"), { n, edges: "directed", p: 0.4 }, 6);
const given: Samples = { count: 6, shape: [n, n], data: Float64Array.from(drawn.data) };
const vectors: Samples = { count: 6, shape: [2], data: Float32Array.from({ length: 12 }, (_, i) => i) };
const bytesOf = (i: number): number[] => Array.from(drawn.data.slice(i * n * n, (i + 1) * n * n));

describe.each([["drawn", drawn], ["given as numbers", given]] as const)("graphs %s", (_, samples) => {
  it("have parts that agree in bytes, bits and degrees", () => {
    for (const [part, chosen] of [
      [slice(samples, 1, 4), [1, 2, 3]],
      [slice(slice(samples, 1, 6), 2, 4), [3, 4]],
      [take(samples, [5, 0, 5]), [5, 0, 5]],
    ] as const) {
      const bytes = Uint8Array.from(chosen.flatMap(bytesOf));
      expect([part.count, part.shape]).toEqual([chosen.length, [n, n]]);
      expect(Array.from(part.data)).toEqual(Array.from(bytes));
      expect(rowsOf(part)).toEqual(packRows(bytes, n));
      const sums = Array.from({ length: chosen.length * n }, (__, row) => bytes.subarray(row * n, (row + 1) * n).reduce((a, b) => a + b, 0)); // prettier-ignore
      expect(Array.from(degreesOf(part))).toEqual(sums);
    }
  });
}); // prettier-ignore

it("a slice shares memory with the whole", () => {
  expect(slice(drawn, 2, 3).rows?.buffer).toBe(drawn.rows?.buffer);
  expect(slice(drawn, 2, 3).data.buffer).toBe(drawn.data.buffer);
  expect(slice(vectors, 2, 3).data.buffer).toBe(vectors.data.buffer);
  expect(Array.from(slice(vectors, 2, 4).data)).toEqual([4, 5, 6, 7]);
  expect(Array.from(take(vectors, [3, 0]).data)).toEqual([6, 7, 0, 1]);
});
