import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { polygonKernel } from "../../../src/family/plane/polygon-kernel.ts";
import { overlapNorm, polygonProduct, type Correlations } from "../../../src/family/plane/polygon-product.ts";
import { entry, mixed, shaped, single } from "./overlaps.ts";

const most = 30;
const sizes = fc.tuple(shaped, fc.double({ min: -6, max: 0, noNaN: true }).map((x) => 10 ** x)); // prettier-ignore
const even = fc.array(sizes, { minLength: 2, maxLength: most }).filter((list) => list.length % 2 === 0);

describe("polygon kernel", () => {
  it.each([
    [2, single, 0],
    [2, mixed, 1e-12],
    [4, single, 1e-12],
    [4, mixed, 0],
    [6, single, 1e-10],
    [10, mixed, 1e-12],
    [100, single, 1e-12],
  ] as [number, Correlations, number][])(
    "finds what the product finds for each overlap, to the last bit: k = %i",
    (k, correlations, absolute) => {
      const product = polygonProduct(k, correlations, { absolute });
      const kernel = polygonKernel(product, 3 + 4 * most, most);
      fc.assert(
        fc.property(even, fc.array(entry, { maxLength: 3 }), (given, before) => {
          const overlaps = given.map(([of, s]) => of(s));
          const { length } = overlaps;
          Object.assign(kernel.largest, { overlap: 0, correlation: 0 });
          // rows may begin anywhere
          kernel.overlaps.set([...before, ...overlaps.flatMap(([a, b]) => [a, b]), ...overlaps.flatMap(([, , c, d]) => [c, d])]);
          kernel.evaluate(before.length, before.length + 2 * length, length);
          const wanted = overlaps.map((o) => product.value(...o) / product.normSquared);
          expect(Array.from(kernel.correlations.subarray(0, length))).toEqual(wanted);
          expect(kernel.largest.overlap).toBe(Math.max(...overlaps.map((o) => overlapNorm(...o))));
          expect(kernel.largest.correlation).toBe(Math.max(...wanted.map(Math.abs)));
        }),
        { numRuns: 40, seed: k },
      );
    },
  ); // prettier-ignore

  it("keeps the largest of all calls, and leaves what a call does not reach", () => {
    const product = polygonProduct(4);
    const kernel = polygonKernel(product, 16, 4);
    kernel.overlaps.set([0.1, 0, 0.02, 0, 0.3, 0, 0.2, 0, 0, 0.1, 0, 0.02, 0, 0.3, 0, 0.2]);
    kernel.evaluate(0, 8, 4);
    const [first, , largest, last] = Array.from(kernel.correlations);
    kernel.evaluate(2, 10, 0);
    kernel.evaluate(0, 8, 2);
    expect(kernel.largest).toEqual({ overlap: 0.3, correlation: largest });
    expect(Array.from(kernel.correlations)).toEqual([first, kernel.correlations[1], largest, last]);
    expect(largest).toBeGreaterThan(last);
    expect(last).toBeGreaterThan(first);
  });
});
