import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { lossTasks, readLossCurves } from "../../src/experiment/loss-comparison.ts";
import { hashOf, type StoredRecord } from "../../src/experiment/store.ts";
import { taskId, type Task } from "../../src/experiment/task.ts";
import { lossCaption, lossFigure } from "../../src/report/loss-figure.ts";

/** A run that passes one half at `step`. */
function trained(task: Task, step: number): StoredRecord {
  const curve = [0, 100, 200].map((at) => ({ step: at, loss: at >= step ? 0.2 : 2, accuracy: null }));
  const result = { final: { baselineLoss: 2, explainedVariance: 0.9 }, curve };
  return { schema: "equihard.record/1", id: taskId(task), task, result, resultHash: hashOf(result), measurement: {} }; // prettier-ignore
}

describe("comparison of losses", () => {
  const tasks = lossTasks(2);

  it("changes nothing but the loss", () => {
    expect(tasks).toHaveLength(4);
    const bare = (t: Task): string => JSON.stringify(t).replace(/"loss":"\w+"/, "");
    for (const t of tasks) expect(tasks.filter((o) => bare(o) === bare(t))).toHaveLength(2);
  });

  it("reads when each run passes one half, from the records", () => {
    const loss = (t: Task) => (t.kind === "train" ? t.options["loss"] : "");
    const curves = readLossCurves(2, tasks.map((t) => trained(t, loss(t) === "l1" ? 100 : 200))); // prettier-ignore
    expect(curves.map((c) => [c.loss, c.halfway])).toEqual([["squared", 200], ["l1", 100], ["squared", 200], ["l1", 100]]); // prettier-ignore
    expect(lossCaption(curves)).toMatch(/squared loss \(CSQ\): 2 of 2 runs pass one half, on average at step 200/); // prettier-ignore
    const { document } = parseHTML("<html><body></body></html>");
    expect(lossFigure(curves, document).rows).toHaveLength(12);
    expect(readLossCurves(2, [])).toEqual([]);
  });
});
