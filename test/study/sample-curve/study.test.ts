import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { recipeIn } from "../../../src/run/catalogue.ts";
import { builtIn } from "../../../src/study/registry.ts";
import type { SampleCurve } from "../../../src/study/sample-curve/study.ts";
import { mean } from "../../../src/base/statistics.ts";
import { sampleCurveCaption, sampleCurveFigure } from "../../../src/study/sample-curve/figure.ts";

const params = { family: "gnn-degree-parity", params: { n: 10 }, learner: "f2-elimination", samples: [3, 400], seeds: 4 }; // prettier-ignore

describe("sample-curve", () => {
  it("shows elimination failing on few graphs and succeeding on many, the same at every run", async () => {
    const recipe = await recipeIn(builtIn, "sample-curve");
    const curve = (await recipe(params, { catalogue: builtIn })) as unknown as SampleCurve;
    expect(curve.points).toHaveLength(8);
    const at = (samples: number) => curve.points.filter((p) => p.samples === samples).map((p) => p.explained);
    expect(mean(at(3))).toBeLessThan(0.6);
    for (const explained of at(400)) expect(explained).toBeGreaterThan(0.9);
    expect(await recipe(params, { catalogue: builtIn })).toEqual(curve);
    const { document } = parseHTML("<html><body></body></html>");
    expect(sampleCurveFigure([curve], document).rows).toHaveLength(8);
    expect(sampleCurveCaption([curve])).toContain("f2-elimination on gnn-degree-parity (4 seeds)");
  });

  it("stops when it is interrupted", async () => {
    const recipe = await recipeIn(builtIn, "sample-curve");
    const controller = new AbortController();
    controller.abort();
    await expect(recipe(params, { catalogue: builtIn, signal: controller.signal })).rejects.toThrow(/abort/i);
  });

  it("rejects an unknown recipe and a wrong parameter", async () => {
    await expect(recipeIn(builtIn, "none")).rejects.toThrow(/"none" is unknown/);
    const recipe = await recipeIn(builtIn, "sample-curve");
    await expect(recipe({ ...params, seeds: 0 }, { catalogue: builtIn })).rejects.toThrow(/seeds/);
  });
});
