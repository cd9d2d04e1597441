/** Grades and transitions. */

import { describe, expect, it } from "vitest";
import { keyFor, stream } from "../../src/base/random.ts";
import { grade, type Grade } from "../../src/suite/grade.ts";
import { verdict } from "../../src/suite/verdict.ts";
import { transition } from "../../src/suite/transition.ts";

const draws = stream(keyFor("grades"));
const normal = (n: number): Float64Array => Float64Array.from({ length: n }, () => draws.normal());

describe("a grade", () => {
  it("is 1 for the labels, 0 for their mean, and has the noise's share otherwise", () => {
    const y = normal(4000);
    expect(grade(y, y, "real")).toMatchObject({ explainedVariance: 1, standardError: 0, accuracy: null });
    const mean = y.reduce((a, b) => a + b, 0) / y.length;
    expect(grade(y.map(() => mean), y, "real").explainedVariance).toBeCloseTo(0, 12);
    const noisy = grade(y.map((x) => x + 0.5 * draws.normal()), y, "real");
    expect(noisy.explainedVariance).toBeGreaterThan(0.7);
    expect(noisy.control.p).toBeCloseTo(1 / 201, 12);
    const few = normal(50); // fewer examples than rotations: none of them is the labels themselves
    expect(grade(few, few, "real").control.shuffled).toBeLessThan(0.9);
    expect(verdict(noisy)).toBe("learned");
  }); // prettier-ignore

  it("has limits that hold in 95 of 100 draws, about", () => {
    const held = Array.from({ length: 400 }, () => {
      const y = normal(300);
      const { low, high } = grade(y.map((x) => x + draws.normal() / 2), y, "real");
      return low <= 0.75 && 0.75 <= high; // the true one
    }).filter(Boolean).length;
    expect(held).toBeGreaterThan(400 * 0.91);
    expect(held).toBeLessThan(400 * 0.99);
  }); // prettier-ignore

  it("of predictions of other labels is at chance, and the control says so (negative control)", () => {
    const y = normal(2000).map(Math.sign);
    const guess = grade(normal(2000).map(Math.sign), y, "sign");
    expect(verdict(guess)).toBe("at chance");
    expect(guess.control.p).toBeGreaterThan(0.01);
    expect(Math.abs((guess.accuracy ?? 0) - 0.5)).toBeLessThan(0.05);
    expect(grade(y.map(() => 1), y, "sign").control).toEqual({ correlation: 0, shuffled: 0, p: 1 });
  }); // prettier-ignore
});

describe("a transition", () => {
  const at = (size: number, explainedVariance: number, width = 0.1) => ({
    size,
    grade: { explainedVariance, low: explainedVariance - width, high: explainedVariance + width } as Grade,
  });

  it("is where the explained variance crosses a half, on a logarithmic axis", () => {
    const found = transition([at(4, 0.9), at(8, 0.75), at(16, 0.25), at(32, 0)]);
    expect(found.status).toBe("found");
    expect(found.estimate).toBeCloseTo(8 * Math.SQRT2, 10);
    const [low, high] = found.interval as [number, number];
    expect(low).toBeCloseTo(8 * 2 ** 0.3, 10);
    expect(high).toBeCloseTo(8 * 2 ** 0.7, 10);
  });

  it("lies beyond the sizes where all are learned, or none", () => {
    expect(transition([at(4, 0.9), at(8, 0.8)])).toMatchObject({
      status: "learned throughout",
      estimate: null,
    });
    expect(transition([at(4, 0.1)])).toMatchObject({ status: "learned nowhere", interval: [null, null] });
  });
});
