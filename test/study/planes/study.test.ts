import { parseHTML } from "linkedom";
import { beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/base/checked.ts";
import type { PlaneStatistics } from "../../../src/study/planes/study.ts";
import { recipeIn } from "../../../src/run/catalogue.ts";
import { builtIn } from "../../../src/study/registry.ts";
import { correlationCaption, correlationFigure, gramCaption, gramFigure, growthCaption, growthFigure } from "../../../src/study/planes/figure.ts"; // prettier-ignore

const params = {
  seed: 0,
  dimensions: [16, 64, 256, 1024],
  degrees: [2, 4, 6],
  planes: 100,
  lists: [{ d: 6, k: 2 }, { d: 4, k: 4 }],
  counts: [30, 100, 600],
  heat: { d: 8, k: 4, count: 12 },
} as unknown as JsonObject; // prettier-ignore

describe("plane statistics", () => {
  let found: PlaneStatistics;
  beforeAll(async () => {
    found = (await (
      await recipeIn(builtIn, "planes")
    )(params, { catalogue: builtIn })) as unknown as PlaneStatistics;
  });

  it("reproduce the proved exponents -k/2 within 10 %", () => {
    expect(found.scalings.map((s) => s.proved)).toEqual([-1, -2, -3]);
    for (const { slope, proved } of found.scalings) expect(Math.abs(slope / proved - 1)).toBeLessThan(0.1);
    for (const { rootMeanSquare, bound } of found.spreads) expect(rootMeanSquare).toBeLessThan(bound);
  });

  it("approach dim H_k from below", () => {
    for (const dimension of [20, 25]) {
      const own = found.growths.filter((g) => g.harmonicDimension === dimension).map((g) => g.effective);
      expect(own).toHaveLength(3);
      expect(own[0]).toBeLessThan(own[1]);
      expect(own[1]).toBeLessThan(own[2]);
      expect(own[2]).toBeLessThan(dimension);
      expect(own[2]).toBeGreaterThan(0.7 * dimension);
    }
  });

  it("are drawn with the numbers they were drawn from", () => {
    const { document } = parseHTML("<html><body></body></html>") as unknown as { document: Document };
    expect(correlationFigure(found, document).rows).toHaveLength(12);
    expect(growthFigure(found, document).rows).toHaveLength(6);
    const gram = gramFigure(found, document);
    expect(gram.rows).toHaveLength(144);
    expect(gram.rows[0]).toEqual({ i: 0, j: 0, value: 1 });
    expect(gram.svg).toContain('aria-label="Of 12 planes, d = 8, k = 4, no two correlate by more than 0.21"');
    expect(correlationCaption(found)).toMatch(/at k = 4 \(proved -2\)/);
    expect(growthCaption(found)).toMatch(/of 20, .* of 25 at D = 600/);
    expect(gramCaption(found)).toContain("12 random planes");
  });

  it("stop when interrupted, and reject wrong parameters", async () => {
    const recipe = await recipeIn(builtIn, "planes");
    await expect(recipe(params, { catalogue: builtIn, signal: AbortSignal.abort() })).rejects.toThrow(
      /abort/i,
    );
    await expect(recipe({ ...params, planes: 1 }, { catalogue: builtIn })).rejects.toThrow(/planes/);
  });
});
