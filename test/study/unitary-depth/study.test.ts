/** The depth sweep: which trainings are planned, and what is said of them. */

import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import type { Task } from "../../../src/run/task.ts";
import { builtIn } from "../../../src/study/registry.ts";
import type { Scale } from "../../../src/study/scale.ts";
import { unitaryDepth } from "../../../src/study/unitary-depth/study.ts";
import { trainedRecord } from "../records.ts";

const planned = (scale: Scale): readonly Task[] => unitaryDepth.tasks({ scale, catalogue: builtIn }).main!;

describe("the depth sweep", () => {
  it("has both networks at each depth, on parity and twin, from 2 to 32 layers", () => {
    expect(planned("quick")).toEqual([]);
    for (const [scale, depths, seeds] of [
      ["laptop", [2, 16], 1],
      ["paper", [2, 4, 8, 16, 32], 5],
    ] as const) {
      const tasks = planned(scale).map((t) => (t.kind === "train" ? t : null)!);
      expect(tasks).toHaveLength(2 * depths.length * seeds * 2);
      expect(new Set(tasks.map((t) => t.options.layers))).toEqual(new Set(depths));
      expect(tasks.filter((t) => t.options.student === "unitary")).toHaveLength(tasks.length / 2);
      expect(tasks.filter((t) => t.easy)).toHaveLength(tasks.length / 2);
    }
  });

  it("is drawn, with the shares in words", async () => {
    const scope = { scale: "laptop", catalogue: builtIn } as const;
    const records = planned("laptop").map((task, i) =>
      trainedRecord(task as never, { accuracy: 0.6 + i / 100, baselineAccuracy: 0.6, explainedVariance: 0 }),
    );
    const { document } = parseHTML("<html><body></body></html>");
    const [{ id, blocks }] = await unitaryDepth.sections(unitaryDepth.read(records, scope)!, document);
    expect(id).toBe("beyond");
    const [block] = blocks;
    if (block.kind !== "figure") throw new Error("no figure");
    expect(block.figure.rows).toHaveLength(8);
    expect(block.caption).toContain("ordinary convolutions, hard: 2 layers 0.00, 16 layers 0.05");
    expect(block.caption).toContain("unitary convolutions, easy twin: 2 layers 0.13, 16 layers 0.17");
  });
});
