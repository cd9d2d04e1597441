import { describe, expect, it } from "vitest";
import { hundredths } from "../../src/base/hundredths.ts";

describe("a number to two digits", () => {
  it("has a sign where there is anything to it", () => {
    expect([-0.004, 0, 0.004, -0.006, 1, -10.004].map(hundredths)).toEqual([
      "0.00",
      "0.00",
      "0.00",
      "-0.01",
      "1.00",
      "-10.00",
    ]);
  });
});
