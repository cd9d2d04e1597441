import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import type { DimensionSeries } from "../../../src/study/invariants/study.ts";
import { recipeIn } from "../../../src/run/catalogue.ts";
import { builtIn } from "../../../src/study/registry.ts";
import type { NeedTime, SampleNeed } from "../../../src/study/sample-need/study.ts";
import { invariantDimensionFigure } from "../../../src/study/invariants/figure.ts";
import { linearSlope, logLogSlope } from "../../../src/numeric/slope.ts";
import {
  degreeNeedCaption,
  degreeNeedFigure,
  needTimeFigure,
  sampleNeedFigure,
} from "../../../src/study/sample-need/figure.ts";

const { document } = parseHTML("<html><body></body></html>");

describe("sample-need", () => {
  it("finds more examples for larger planes, and says where the limit ended the search", async () => {
    const recipe = await recipeIn(builtIn, "sample-need");
    const params = { family: "gnn-hidden-plane", params: { n: 1, k: 4 }, learner: "label-squared-pca", parameter: "d", values: [4, 16, 60], overlap: 0.9, least: 200, most: 3200, seeds: 2 }; // prettier-ignore
    const { measurement, ...result } = await recipe(params, { catalogue: builtIn });
    const need = result as unknown as SampleNeed;
    const { times } = measurement as unknown as { times: NeedTime[] };
    expect(times.map(({ value, samples }) => [value, samples])).toEqual(need.points.slice(0, 2).map((p) => [p.value, p.samples])); // prettier-ignore
    expect(Math.min(...times.map((t) => t.seconds))).toBeGreaterThan(0);
    expect(needTimeFigure([{ need, times }], document).rows).toHaveLength(2);
    const [small, medium, large] = need.points;
    expect(small.samples).not.toBeNull();
    expect(medium.samples).toBeGreaterThan(small.samples!);
    expect(large.samples).toBeNull();
    expect(large.tried.map((t) => t.samples)).toEqual([200, 400, 800, 1600, 3200]);
    expect(need.slope).toBeGreaterThan(0.3);
    const { points: again } = (await recipe(
      { ...params, values: [4, 5] },
      { catalogue: builtIn },
    )) as unknown as SampleNeed;
    expect(again[0]).toEqual(small);
    const figure = sampleNeedFigure([need], document);
    expect(figure.rows).toHaveLength(3);
    expect(figure.title).toMatch(/: d\^\d\.\d\d by label-squared-pca$/);
    // the only one's name is in the title
    expect(figure.svg).not.toContain(">label-squared-pca");
  });
});

it("against a degree it fits powers of ten a degree, and tells of the degree that was not reached", async () => {
  const recipe = await recipeIn(builtIn, "sample-need");
  const params = { family: "invariant-polynomial", params: { invariants: "hermite", variables: 8, terms: 2 }, learner: "growing-basis", parameter: "degree", values: [1, 2, 6], least: 40, most: 640, seeds: 2, against: "value" }; // prettier-ignore
  const { measurement: _, ...result } = await recipe(params, { catalogue: builtIn });
  const need = result as unknown as SampleNeed;
  const [one, two, six] = need.points;
  expect(six.samples).toBeNull();
  expect(need.slope).toBeCloseTo(Math.log10(two.samples! / one.samples!), 10);
  expect(degreeNeedFigure([need], document).rows).toHaveLength(3);
  expect(degreeNeedCaption([need])).toMatch(
    /slope .* of log10\); degree 6 succeeded in [01] of 2 seeds with 640, the most tried/,
  );
});

describe("invariant-dimensions", () => {
  it("fits the exponent k for fixed degrees and more for the logarithmic one", async () => {
    const recipe = await recipeIn(builtIn, "invariant-dimensions");
    const variables = [16, 32, 64, 128, 256, 512, 1024, 2048];
    const { series } = (await recipe({ degrees: [2, 3, 4], variables }, { catalogue: builtIn })) as unknown as { series: DimensionSeries[] }; // prettier-ignore
    for (const { degree, slope } of series.slice(0, 3))
      expect(Math.abs(slope / Number(degree) - 1)).toBeLessThan(0.05);
    expect(series[3].slope).toBeGreaterThan(10);
    expect(series[3].points[2].log2Dimension).toBeCloseTo(Math.log2(74974368), 9);
    expect(invariantDimensionFigure(series, document).rows).toHaveLength(32);
  });
});

describe("log-log slope", () => {
  it("is the exponent of a power", () => {
    expect(logLogSlope([1, 2, 5, 10].map((x) => ({ x, y: 3 * x ** 1.7 })))).toBeCloseTo(1.7, 12);
    expect(linearSlope([0, 1, 5].map((x) => ({ x, y: 2 - 3 * x })))).toBeCloseTo(-3, 12);
  });
});
