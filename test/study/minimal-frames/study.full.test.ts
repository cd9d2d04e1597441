/** Minimal frames: sizes against the exact table, invariance with its negative controls. */

import { beforeAll, describe, expect, it } from "vitest";
import { mean } from "../../../src/base/statistics.ts";
import { minimalFrameText } from "../../../src/study/minimal-frames/section.ts";
import { minimalFrames, type MinimalFrames } from "../../../src/study/minimal-frames/study.ts";
import { builtIn } from "../../../src/study/registry.ts";
import { recipeTask } from "../../../src/study/study.ts";
import { foundBy } from "../computed.ts";

const scope = { scale: "quick", catalogue: builtIn } as const;

describe("minimal frames", () => {
  let found: MinimalFrames;
  beforeAll(async () => {
    const task = recipeTask(minimalFrames.id, "gnn-degree-parity", {
      sizes: [6, 7, 8, 9, 10],
      graphs: 500,
      seeds: [0, 1],
    });
    found = await foundBy(minimalFrames, task, scope);
  });

  it("have the mean sizes of the table, and one element as often as a graph has no symmetry", () => {
    expect(found.graphs.map((g) => g.mismatches)).toEqual([0, 0, 0, 0, 0]);
    for (const { sizes, exact, standardError } of found.graphs)
      expect(Math.abs(mean(sizes) - exact)).toBeLessThan(5 * standardError);
    const single = Object.fromEntries(found.graphs.map((g) => [g.n, g.single]));
    const asymmetric: Record<number, number> = { 6: 0.1758, 7: 0.3653, 8: 0.5552, 9: 0.7129, 10: 0.8222 };
    for (const [n, share] of Object.entries(asymmetric))
      expect(Math.abs(single[Number(n)] - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / 1000));
  });

  it("are needed whole on regular graphs: one element changes with the labels", () => {
    expect(found.regular.map((r) => r.elements)).toEqual([10, 72]);
    for (const { wholeFrame, oneElement } of found.regular) {
      expect(wholeFrame).toBeLessThan(1e-12);
      expect(oneElement).toBeGreaterThan(0.01);
    }
  });

  it("of points are invariant to rounding under their group, not under another, nor near collinear points", () => {
    for (const { moved, outside } of found.clouds) {
      expect(moved).toBeLessThan(1e-11);
      expect(outside).toBeGreaterThan(0.01);
    }
    const errors = found.collinear.map((c) => c.error);
    expect(errors[0]).toBeLessThan(1e-10);
    expect(errors[1]).toBeGreaterThan(errors[0]);
    expect(errors[2]).toBeGreaterThan(errors[1]);
    expect(errors[2]).toBeGreaterThan(1e-7);
  });

  it("are told in words that follow the data", () => {
    expect(minimalFrameText(found)).toContain("Every canonical form was the same");
    const [first, ...rest] = found.graphs;
    const text = minimalFrameText({ ...found, graphs: [{ ...first, mismatches: 3 }, ...rest] });
    expect(text).toContain("3 canonical forms changed");
  });
});
