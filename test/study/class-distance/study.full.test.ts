/** Distances of classes: the design's ratios. */

import { parseHTML } from "linkedom";
import { beforeAll, describe, expect, it } from "vitest";
import { mean } from "../../../src/base/statistics.ts";
import { classDistanceCaption, classDistanceFigure } from "../../../src/study/class-distance/section.ts";
import { classDistance, type ClassDistance } from "../../../src/study/class-distance/study.ts";
import { builtIn } from "../../../src/study/registry.ts";
import { foundBy } from "../computed.ts";

describe("the classes of degree parity", () => {
  const scope = { scale: "quick", catalogue: builtIn } as const;
  const [quick] = classDistance.tasks(scope).first!;
  const task = { ...quick, params: { ...quick.params, graphs: 1500 } };
  let found: readonly ClassDistance[];
  beforeAll(async () => {
    found = await foundBy(classDistance, task, scope);
  });
  const ratio = (n: number, labels: string): number =>
    mean(found.find((d) => d.n === n && d.labels === labels)!.ratios.filter((r) => r !== null));

  it("are interleaved as shuffled labels are; those of the twin are not", () => {
    for (const n of [12, 15]) {
      expect(Math.abs(ratio(n, "degree parity") - 1)).toBeLessThan(0.08);
      expect(Math.abs(ratio(n, "shuffled") - 1)).toBeLessThan(0.08);
      expect(ratio(n, "easy twin")).toBeGreaterThan(1.2);
    }
  });

  it("are drawn with their numbers, and said in words", () => {
    const { document } = parseHTML("<html><body></body></html>");
    expect(classDistanceFigure(found, document).rows).toHaveLength(3 * 3 * 5);
    expect(classDistanceCaption(found)).toMatch(/n = 15: ratio \d\.\d\d against \d\.\d\d of the twin/);
  });
});
