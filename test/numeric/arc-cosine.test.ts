import { describe, expect, it } from "vitest";
import { kappa, kappaCoefficients } from "../../src/numeric/arc-cosine.ts";

describe("kappa", () => {
  it("is its Taylor series and its defining integral's known values", () => {
    const coefficients = kappaCoefficients(60);
    for (const c of [-0.5, -0.1, 0, 0.3, 0.55]) {
      let sum = 0;
      for (let t = 60; t >= 0; t--) sum = sum * c + coefficients[t];
      expect(Math.abs(kappa(c) - sum)).toBeLessThan(1e-16 * 4);
    }
    expect(kappa(1)).toBeCloseTo(0.5, 15);
    expect(Math.abs(kappa(-1))).toBeLessThan(1e-16);
    const c = 0.37;
    const definition = (Math.sqrt(1 - c * c) + c * (Math.PI - Math.acos(c))) / (2 * Math.PI);
    expect(Math.abs(kappa(c) - definition)).toBeLessThan(1e-15);
  });
});
