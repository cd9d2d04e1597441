import { parseHTML } from "linkedom";
import { expect, it } from "vitest";
import { play, playSchema } from "../../../src/study/play/play.ts";
import { lineAt } from "../../../src/study/play/study.ts";
import { recipeIn } from "../../../src/run/catalogue.ts";
import { builtIn } from "../../../src/study/registry.ts";
import { parseWith } from "../../../src/base/schema.ts";
import { gnnDegreeParity } from "../../../src/family/gnn-degree-parity/index.ts";
import { playFigure } from "../../../src/study/play/figure.ts";

const { document } = parseHTML("<html><body></body></html>") as unknown as { document: Document };

it("every strategy plays above the certified line; the same game twice; a figure of it", async () => {
  const params = gnnDegreeParity.parse({ n: 8 });
  const options = parseWith(playSchema, { tau: 0.45, queries: 100, population: 3000, width: 2 });
  const result = await play({ family: gnnDegreeParity, params, seed: 1, options });
  expect(result).toMatchObject({ functions: 64, confidence: 1, vacuous: false });
  expect(result.runs.map((r) => r.strategy)).toEqual(["gradient", "random", "low-degree", "greedy"]);
  for (const { curve, queries, survivors, strategy } of result.runs) {
    for (const point of curve) expect(point.survivors).toBeGreaterThanOrEqual(lineAt(result, point.queries));
    expect(curve[0]).toEqual({ queries: 0, survivors: 64 });
    expect(curve[curve.length - 1]).toEqual({ queries, survivors });
    if (strategy === "greedy") expect(survivors).toBeLessThan(32);
  }
  const recipe = await recipeIn(builtIn, "play");
  const again = await recipe({ family: "gnn-degree-parity", params: params.json, seed: 1, tau: 0.45, queries: 100, population: 3000, width: 2 }, { catalogue: builtIn }); // prettier-ignore
  expect(again).toEqual(result);
  const figure = playFigure(result, document);
  expect(figure.rows.length).toBe(result.runs.reduce((sum, r) => sum + r.curve.length, 0));
  for (const text of [
    "gradient descent",
    "greedy",
    "certified: never below",
    "surviving functions (log scale)",
  ])
    expect(figure.svg).toContain(text);
});
