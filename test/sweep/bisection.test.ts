/** The transition is where it was put, for a share of the trials, and its interval holds it as often as it says. */

import { describe, expect, it } from "vitest";
import { keyFor, stream } from "../../src/base/random.ts";
import { bisection, type Transition, type Tried } from "../../src/sweep/bisection.ts";

function find(values: readonly number[], seeds: number, holds: (value: number, seed: number) => boolean) {
  const tried = new Map<number, Tried>();
  for (let steps = 0; steps <= values.length; steps++) {
    const next = bisection(values, tried, seeds);
    if ("transition" in next) return next.transition;
    const count = Array.from({ length: seeds }, (_, s) => s).filter((s) =>
      holds(values[next.wanted], s),
    ).length;
    tried.set(next.wanted, { holds: count, seeds });
  }
  throw new Error("no end");
}

const grid = Array.from({ length: 31 }, (_, i) => i + 1);

describe("where all seeds agree", () => {
  it.each([0, 1, 2, 15, 29, 30, 31])(
    "finds the step after %i with five tries of 31 or, at an end, with what it takes",
    (last) => {
      const found = find(grid, 5, (value) => value > last);
      const [below, above] = [grid[last - 1] ?? null, grid[last] ?? null];
      expect(found).toMatchObject({ between: [below, above], interval: [below, above] });
      expect(found.tried).toBeLessThanOrEqual(5);
      const status: Transition["status"] = last === 0 ? "holds everywhere" : "found";
      expect(found.status).toBe(last === 31 ? "holds nowhere" : status);
    },
  );

  it("estimates the middle, of logarithms where values are positive", () => {
    expect(find([8, 128], 5, (v) => v > 8).estimate).toBeCloseTo(32, 10);
    expect(find([-1, 1], 5, (v) => v > 0).estimate).toBe(0);
  });

  it("claims no interval from seeds too few to say", () => {
    expect(find(grid, 4, (value) => value > 10)).toMatchObject({ between: [10, 11], interval: [null, null] });
  });
});

it("contains a gradual transition at least as often as it says", () => {
  const s = stream(keyFor("test", "bisection", 1));
  const runs = 400;
  let inside = 0;
  for (let run = 0; run < runs; run++) {
    const centre = 8 + 16 * s.uniform();
    const { interval } = find(grid, 5, (value) => s.uniform() < 1 / (1 + Math.exp((centre - value) / 1.5)));
    const [low, high] = [interval[0] ?? -Infinity, interval[1] ?? Infinity];
    if (low <= centre && centre <= high) inside++;
  }
  expect(inside / runs).toBeGreaterThan(0.9 - 3 * Math.sqrt((0.9 * 0.1) / runs));
});
