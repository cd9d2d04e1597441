import { expect, it } from "vitest";
import { logLogSlope, slope } from "../../src/numeric/least-squares.ts";

it("slopes of lines and exponents of power laws", () => {
  expect(slope([0, 1, 5].map((x) => ({ x, y: 3 - 2 * x })))).toBeCloseTo(-2, 12);
  expect(slope([{ x: 0, y: 0 }, { x: 1, y: 2 }, { x: 2, y: 1 }])).toBeCloseTo(0.5, 12);
  expect(logLogSlope([2, 3, 7].map((x) => ({ x, y: 5 * x ** 1.5 })))).toBeCloseTo(1.5, 12);
}); // prettier-ignore
