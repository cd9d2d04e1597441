import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { mean, median, quantile } from "../../src/base/statistics.ts";

describe("statistics", () => {
  it("the median of an even number of values is the mean of the middle two", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([10, 1, 4, 2])).toBe(3);
    expect(median([0.1, 0.2])).toBe((0.1 + 0.2) / 2);
    expect(median([Infinity, 1, 2])).toBe(2);
    expect(mean([1, 2, 6])).toBe(3);
    expect([median([]), mean([])]).toEqual([NaN, NaN]);
  });

  it("quantiles as NumPy's default: numpy.quantile([1, 2, 4, 8], q)", () => {
    expect([0, 0.25, 0.4, 0.5, 0.9, 1].map((q) => quantile([8, 2, 1, 4], q))).toEqual([
      1,
      1.75,
      2.4000000000000004,
      3,
      expect.closeTo(6.8, 12),
      8,
    ]);
    // as much above the upper one as below the lower one
    const values = Array.from({ length: 2000 }, (_, i) => i);
    expect(quantile(values, 0.025) + quantile(values, 0.975)).toBeCloseTo(1999, 9);
  });

  it("has the only median of the sources", () => {
    const src = resolve(import.meta.dirname, "../../src");
    const middle = /(sorted?|\.sort\([^\n]*\))\[[^\]\n]*(>> 1|\/ 2)/;
    const own = readdirSync(src, { recursive: true, encoding: "utf8" }).filter(
      (file) => file.endsWith(".ts") && middle.test(readFileSync(join(src, file), "utf8")),
    );
    expect(own).toEqual([]);
    expect(middle.test("values.sort()[values.length >> 1]")).toBe(true); // the negative control
  });
});
