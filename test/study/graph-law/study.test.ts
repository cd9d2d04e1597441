/** Hard laws of graphs: the certificate's correction, ranks over F_2, and the twin. */

import { beforeAll, describe, expect, it } from "vitest";
import { graphLawBlocks, graphLawText } from "../../../src/study/graph-law/section.ts";
import { graphLawParity, type GraphLawSize } from "../../../src/study/graph-law/study.ts";
import { builtIn } from "../../../src/study/registry.ts";
import { foundBy } from "../computed.ts";

const scope = { scale: "quick", catalogue: builtIn } as const;
const [task] = graphLawParity.tasks(scope).first!;

describe("graphs tilted by a degree parity", () => {
  let sizes: readonly GraphLawSize[];
  beforeAll(async () => {
    sizes = await foundBy(graphLawParity, task, scope);
  });

  it("have rank 6/7, 8/9, 10/11 against uniform ones at n = 8, 10, 12 after 64 n samples", () => {
    for (const { n, samples, views } of sizes) {
      expect(samples).toBe(64 * n);
      const [tilted, uniform, twin] = views;
      expect([...new Set(tilted.ranks)]).toEqual([n - 2]);
      expect([...new Set(uniform.ranks)]).toEqual([n - 1]);
      // a degree that one sample of the twin lacks looks like an equation too
      expect(twin.ranks.filter((r) => r === n - 1).length).toBeGreaterThanOrEqual(4);
    }
  });

  it("have a mean parity of 1 and the edges of uniform graphs; the twin the other way round", () => {
    for (const { views } of sizes) {
      const [tilted, uniform, twin] = views;
      expect(tilted.parityMean).toBe(1);
      expect(Math.abs(uniform.parityMean)).toBeLessThan(0.35);
      expect(twin.edgeShift).toBeGreaterThan(0.2);
      expect(Math.abs(uniform.edgeShift)).toBeLessThan(0.1);
      expect(Math.abs(tilted.edgeShift)).toBeLessThan(twin.edgeShift);
    }
  });

  it("are certified without the constant function: 13.6 (1 - 2^-8) at n = 10", () => {
    expect(sizes.find((s) => s.n === 10)!.dimension).toBeCloseTo(13.6 * (1 - 2 ** -8), 0);
    const dimensions = sizes.map((s) => s.dimension);
    expect(dimensions).toEqual(dimensions.toSorted((a, b) => a - b));
  });

  it("are told in words that follow the data", () => {
    expect(graphLawText(sizes)).toContain("5 of 5 seeds at n = 12");
    const blind = sizes.map((s) => ({
      ...s,
      views: s.views.map((v) => ({ ...v, ranks: v.ranks.map(() => s.n - 1) })),
    }));
    expect(graphLawText(blind)).toContain("0 of 5 seeds at n = 12");
    expect(graphLawBlocks(sizes)[1]).toMatchObject({ kind: "table" });
  });
});
