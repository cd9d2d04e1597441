import { expect, it } from "vitest";
import { worstPlaneDeviation } from "./simulation.ts";

it("inner products agree with simulation within 4 standard errors on 200 random cases", () => {
  const worst = worstPlaneDeviation(200);
  expect(worst).toBeLessThan(4);
  expect(worst).toBeGreaterThan(2); // 600 comparisons: the errors are not overestimated
});
