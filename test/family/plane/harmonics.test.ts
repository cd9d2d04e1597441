import fc from "fast-check";
import { expect, it } from "vitest";
import { harmonicDimension } from "../../../src/family/plane/harmonics.ts";
import {
  harmonicDimensionByRestriction,
  harmonicDimensionBySeries,
} from "../../../src/family/plane/harmonics-recounted.ts";

it("spherical harmonics are counted by three formulas, with math.md's values", () => {
  expect(harmonicDimension(16, 4)).toBe(3740n);
  expect(harmonicDimension(64, 4)).toBe(764_400n);
  expect(Number(harmonicDimension(256, 4))).toBeCloseTo(1.83e8, -6);
  expect(Number(harmonicDimension(64, 6))).toBeCloseTo(1.19e8, -6);
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 60 }), fc.integer({ min: 1, max: 40 }), (d, k) => {
      const dimension = harmonicDimension(d, k);
      expect(harmonicDimensionBySeries(d, k)).toBe(dimension);
      expect(harmonicDimensionByRestriction(d, k)).toBe(dimension);
    }),
  );
  expect(harmonicDimensionBySeries(1_000_000, 100)).toBe(harmonicDimension(1_000_000, 100));
});
