import { parseHTML } from "linkedom";
import { expect, it } from "vitest";
import { reductionTimes } from "../../../src/study/reduction-times/recipe.ts";
import { reductionTimesFigure } from "../../../src/study/reduction-times/figure.ts";

const { document } = parseHTML("<html><body></body></html>") as unknown as { document: Document };

it("measures random instances, equal but for the times", async () => {
  const options = { vertices: [10, 8], densities: [1.5, 5], instances: 2, timeLimit: 60, seed: 1 };
  const seen: number[] = [];
  const rows = await reductionTimes(options, { onRow: (r) => seen.push(r.vertices) });
  expect(seen).toEqual([8, 8, 8, 8, 10, 10, 10, 10]);
  expect(rows.map((r) => r.edges)).toEqual([12, 12, 40, 40, 15, 15, 50, 50]);
  for (const r of rows) expect(r.fittable).toBe(r.density === 1.5); // far below and far above the threshold
  const again = await reductionTimes(options);
  const outcome = (r: (typeof rows)[number]) => ({ ...r, seconds: 0 });
  expect(again.map(outcome)).toEqual(rows.map(outcome));
  expect(await reductionTimes(options, { signal: AbortSignal.abort() })).toEqual([]);
});

it("draws one mark an instance", () => {
  const row = (vertices: number, fittable: boolean | null, seconds: number) => ({ vertices, edges: 2 * vertices, density: 2, instance: 0, seconds, fittable }); // prettier-ignore
  const figure = reductionTimesFigure([row(10, true, 0.01), row(10, false, 0.1), row(20, null, 10)], document); // prettier-ignore
  expect(figure.rows.map((r) => r["outcome"])).toEqual(["fittable", "not fittable", "no answer in time"]);
  expect(figure.svg).toContain("seconds (log scale)");
  expect(figure.svg).toContain("#0072B2");
});
