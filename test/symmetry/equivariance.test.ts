import { expect, it } from "vitest";
import { keyFor } from "../../src/base/random.ts";
import { equivarianceError } from "../../src/symmetry/equivariance.ts";
import { parseGroup } from "../../src/symmetry/groups.ts";

const key = keyFor("equivariance");
const shiftAndAdd = (x: Float64Array): Float64Array => x.map((y, i) => y + 2 * x[(i + 1) % x.length]);

it("is rounding for maps that commute with the group", () => {
  expect(equivarianceError(shiftAndAdd, parseGroup("cyclic:7"), key)).toBe(0);
  const centred = (x: Float64Array) => x.map((y) => y - x.reduce((a, b) => a + b, 0) / x.length);
  expect(equivarianceError(centred, parseGroup("symmetric:6"), key)).toBeLessThan(1e-12);
});

it("tells maps that do not (negative control)", () => {
  expect(equivarianceError(shiftAndAdd, parseGroup("dihedral:7"), key)).toBeGreaterThan(0.1);
  expect(equivarianceError((x) => x.map((y, i) => y * i), parseGroup("cyclic:7"), key)).toBeGreaterThan(0.1);
  expect(equivarianceError((x) => x.map(() => NaN), parseGroup("cyclic:7"), key)).toBeNaN();
  expect(() => equivarianceError((x) => x.slice(1), parseGroup("cyclic:7"), key)).toThrow(RangeError);
});
