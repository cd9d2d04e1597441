import { parseHTML } from "linkedom";
import { beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/base/checked.ts";
import type { FrameStatistics } from "../../../src/study/frames/study.ts";
import { recipeIn } from "../../../src/run/catalogue.ts";
import { builtIn } from "../../../src/study/registry.ts";
import {
  averagedNormCaption,
  averagedNormFigure,
  frameDimensionCaption,
  frameDimensionFigure,
  largestCorrelationCaption,
  largestCorrelationFigure,
} from "../../../src/study/frames/figure.ts";

const params = {
  seed: 0,
  paritySizes: [32, 64, 128, 256, 512, 1024],
  degrees: [4, 6],
  planeSizes: [16, 32, 64, 128],
  planeDegrees: [2, 4],
  planes: 14,
  groups: ["trivial:32", "cyclic:2xtrivial:16", "cyclic:4xtrivial:8", "cyclic:8xtrivial:4", "cyclic:32", "dihedral:32"],
  groupDegree: 4,
} as unknown as JsonObject; // prettier-ignore

describe("frame statistics", () => {
  let found: FrameStatistics;
  beforeAll(async () => {
    found = (await (
      await recipeIn(builtIn, "frames")
    )(params, { catalogue: builtIn })) as unknown as FrameStatistics;
  });

  it("reproduce the proved exponents k - 1 within 10 % for fixed k, and outgrow them with k = log2 n", () => {
    const fixed = found.dimensionSlopes.filter((s) => s.proved !== null);
    expect(fixed.map((s) => [s.family, s.proved])).toEqual([
      ["frame-parity", 3],
      ["frame-parity", 5],
      ["cnn-hidden-plane", 1],
      ["cnn-hidden-plane", 3],
    ]);
    for (const { slope, proved } of fixed) expect(Math.abs(slope / proved! - 1)).toBeLessThan(0.1);
    const growing = found.dimensions.filter((d) => d.series === "k = log2 n");
    expect(growing.map((d) => [d.n, d.k])).toEqual([[32, 6], [64, 6], [128, 8], [256, 8], [512, 10], [1024, 10]]); // prettier-ignore
    // from 64 to 256 and from 256 to 1024, k grows by 2: the slope rises
    const at = (n: number): number => growing.find((d) => d.n === n)!.log2Dimension;
    expect((at(1024) - at(256)) / 2).toBeGreaterThan((at(256) - at(64)) / 2 + 1);
  });

  it("have norms that shrink as 1/|G|, as the invariant harmonics say", () => {
    expect(Math.abs(found.normSlope + 1)).toBeLessThan(0.05);
    for (const { mean, standardError, exact } of found.norms)
      expect(Math.abs(mean - exact)).toBeLessThan(5 * standardError + 1e-3 * exact);
  });

  it("have the largest correlations of the design's mathematics: 0.1, 0.04, 0.012, 0.004 at k = 4", () => {
    const at = (k: number): number[] => found.correlations.filter((c) => c.k === k).map((c) => c.largest);
    [0.1, 0.04, 0.012, 0.004].forEach((about, i) => {
      expect(at(4)[i]).toBeGreaterThan(about / 2);
      expect(at(4)[i]).toBeLessThan(about * 2);
    });
    for (const largest of at(2)) expect(largest).toBeGreaterThan(0.2);
    const four = found.correlationSlopes.find((s) => s.k === 4)!;
    expect(Math.abs(four.slope / four.expected - 1)).toBeLessThan(0.15);
  });

  it("are drawn with the numbers they were drawn from", () => {
    const { document } = parseHTML("<html><body></body></html>") as unknown as { document: Document };
    expect(frameDimensionFigure(found, document).rows).toHaveLength(3 * 6 + 2 * 4);
    expect(averagedNormFigure(found, document).rows).toHaveLength(6);
    const correlations = largestCorrelationFigure(found, document);
    expect(correlations.rows).toHaveLength(8);
    expect(correlations.svg).toContain('aria-label="The largest correlation of planes');
    expect(frameDimensionCaption(found)).toMatch(/proved 5; .*no power of n/);
    expect(averagedNormCaption(found)).toContain("dihedral:32");
    expect(largestCorrelationCaption(found)).toContain("14 random planes");
  });

  it("stop when interrupted, and reject wrong parameters", async () => {
    const recipe = await recipeIn(builtIn, "frames");
    await expect(recipe(params, { catalogue: builtIn, signal: AbortSignal.abort() })).rejects.toThrow(
      /abort/i,
    );
    await expect(recipe({ ...params, planes: 1 }, { catalogue: builtIn })).rejects.toThrow(/planes/);
  });
});
