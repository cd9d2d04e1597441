/** The transition is where it was put, for a share of the trials, and its interval holds it as often as it says. */

import { describe, expect, it } from "vitest";
import { keyFor, stream } from "../../src/base/random.ts";
import { bisection, trialsOfSearch, type Probe, type Transition } from "../../src/sweep/bisection.ts";

/** Runs a search, keeping what each seed said. */
function find(
  values: readonly number[],
  seeds: number,
  holds: (value: number, seed: number) => boolean,
  interval = true,
) {
  const known = new Map<string, boolean>();
  const outcome = ({ at, seeds: first }: Probe) => {
    const said = Array.from({ length: first }, (_, seed) => known.get(`${at} ${seed}`));
    return said.includes(undefined)
      ? undefined
      : { holds: said.filter((x) => x === true).length, seeds: first };
  };
  for (let rounds = 0; rounds <= 3 * values.length; rounds++) {
    const next = bisection(values, outcome, seeds, interval);
    if ("transition" in next) return { ...next.transition, trials: known.size };
    for (const { at, seeds: first } of next.wanted)
      for (let seed = 0; seed < first; seed++)
        if (!known.has(`${at} ${seed}`)) known.set(`${at} ${seed}`, holds(values[at], seed));
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
      expect(found.trials).toBeLessThanOrEqual(trialsOfSearch(31, 5)); // of the grid's 155
      expect(trialsOfSearch(31, 5)).toBe(13);
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

describe("where a seed alone leads astray", () => {
  const astray = [
    [4, 20],
    [25, 9],
    [1, 30],
    [30, 1],
  ];
  it("the majority at the neighbours decides", () => {
    // seed 0 has its step elsewhere than the other four
    for (const [own, others] of astray)
      expect(find(grid, 5, (value, seed) => value > (seed === 0 ? own : others)).between[0]).toBe(others);
  });

  it("interrupted, and with other trials there, it ends at the same place", () => {
    const holds = (value: number, seed: number): boolean => value + (seed % 3) * 2 > 16;
    const whole = find(grid, 5, holds);
    const all = ({ at, seeds }: Probe) => {
      const said = Array.from({ length: seeds }, (_, seed) => holds(grid[at], seed));
      return { holds: said.filter(Boolean).length, seeds };
    };
    const { trials: _, ...transition } = whole;
    expect(bisection(grid, all, 5)).toEqual({ transition });
  });
});

it("contains a gradual transition at least as often as it says, for less than a third of the grid's trials", () => {
  const s = stream(keyFor("test", "bisection", 1));
  const runs = 400;
  let [inside, trials] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const centre = 8 + 16 * s.uniform();
    const { interval, trials: made } = find(
      grid,
      5,
      (value) => s.uniform() < 1 / (1 + Math.exp((centre - value) / 1.5)),
    );
    const [low, high] = [interval[0] ?? -Infinity, interval[1] ?? Infinity];
    if (low <= centre && centre <= high) inside++;
    trials += made;
  }
  expect(inside / runs).toBeGreaterThan(0.9 - 3 * Math.sqrt((0.9 * 0.1) / runs));
  expect(trials / runs).toBeLessThan((5 * grid.length) / 3);
});

describe("of order 4, up to which dimension a hidden plane is learned", () => {
  /**
   * Explained variance of every trial of examples/transition.yaml as a grid, seeds 0 to 4: 2026-11-29, numerics version 3,
   * two workers on two cores.
   */
  const explained: Readonly<Record<number, readonly number[]>> = {
    64: [0.975, 0.975, 0.966, 0.976, 0.977],
    72: [0.987, 0.98, 0.116, 0.985, 0.989],
    80: [0.97, 0.983, 0.217, 0.961, 0.989],
    88: [0.979, 0.964, 0.976, -0.01, 0.812],
    96: [-0.004, -0.004, 0.976, -0.009, -0.004],
    104: [-0.004, -0.005, -0.004, -0.006, 0.971],
    112: [-0.006, -0.004, 0.981, -0.003, -0.006],
    120: [-0.005, -0.006, -0.005, -0.004, -0.005],
    128: [-0.011, -0.006, -0.007, -0.018, -0.012],
  };
  const values = Object.keys(explained).map(Number);
  const holds = (value: number, seed: number): boolean => explained[value][seed] < 0.5;
  const whole = find(values, 5, holds);

  it("the grid places it between the neighbours whose majorities differ, and five seeds agree from 64 to 120", () => {
    const failing = values.map((d) => explained[d].filter((x) => x < 0.5).length);
    expect(failing).toEqual([0, 1, 1, 1, 4, 4, 4, 5, 5]);
    expect(whole).toMatchObject({ between: [88, 96], interval: [64, 120], trials: 40 });
  });

  it("a bisection finds the same neighbours and estimate with at most a third of the grid's trials", () => {
    const found = find(values, 5, holds, false);
    expect(found).toMatchObject({ between: [88, 96], interval: [null, null], trials: 12 });
    expect(found.estimate).toBeCloseTo(91.9, 1);
    expect(found.trials).toBeLessThanOrEqual((values.length * 5) / 3);
    expect(found.estimate).toBe(whole.estimate);
  });
});
