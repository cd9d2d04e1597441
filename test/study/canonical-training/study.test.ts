/** The comparison of students with the symmetry of graphs: what is planned, and what is said. */

import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import type { Task } from "../../../src/run/task.ts";
import { canonicalTraining } from "../../../src/study/canonical-training/study.ts";
import { builtIn } from "../../../src/study/registry.ts";
import type { Scale } from "../../../src/study/scale.ts";
import { trainedRecord } from "../records.ts";

const planned = (scale: Scale): readonly Task[] =>
  canonicalTraining.tasks({ scale, catalogue: builtIn }).main!;

describe("students with the symmetry of graphs", () => {
  it("are each trained on parity and twin", () => {
    expect(planned("quick")).toEqual([]);
    const of = planned("paper").map((t) => (t.kind === "train" ? `${t.options.student} ${t.easy}` : ""));
    expect(of).toHaveLength(2 * 3 * 5 * 2);
    expect(new Set(of).size).toBe(6);
  });

  it("are drawn, with their shares in words", async () => {
    const scope = { scale: "laptop", catalogue: builtIn } as const;
    const records = planned("laptop").map((task, i) =>
      trainedRecord(task as never, { accuracy: 0.6 + i / 20, baselineAccuracy: 0.6, explainedVariance: 0 }),
    );
    const { document } = parseHTML("<html><body></body></html>");
    const data = canonicalTraining.read(records, scope)!;
    const [{ id, blocks }] = await canonicalTraining.sections(data, document);
    const [block] = blocks;
    if (block.kind !== "figure") throw new Error("no figure");
    expect([id, block.figure.rows.length]).toEqual(["beyond", 6]);
    expect(block.caption).toContain("graph network 0.00, twin 0.13; canonical graphs 0.25, twin 0.38;");
  });
});
