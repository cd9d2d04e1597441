import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { lossChecks, lossTasks, readLossCurves } from "../../../src/study/losses/study.ts";
import type { StoredRecord } from "../../../src/run/record.ts";
import type { Task } from "../../../src/run/task.ts";
import { trainedRecord } from "../records.ts";
import { lossCaption, lossFigure } from "../../../src/study/losses/figure.ts";

type Training = ReturnType<typeof lossTasks>[number];

/** A run that passes one half at `step`. */
function trained(task: Training, step: number): StoredRecord {
  const curve = [0, 100, 200].map((at) => ({ step: at, loss: at >= step ? 0.2 : 2, accuracy: null }));
  return trainedRecord(task, { explainedVariance: 0.9 }, { validationBaselineLoss: 2, curve });
}

describe("comparison of losses", () => {
  const tasks = lossTasks(2);
  const loss = (t: Task) => (t.kind === "train" ? t.options["loss"] : "");
  const variables = (t: Task) => Number(t.params["variables"]);
  /** The absolute loss always passes one half, the squared one below 200 variables. */
  const records = tasks.map((t) => trained(t, loss(t) === "l1" ? 100 : variables(t) < 200 ? 200 : 1000));

  it("changes nothing but the loss", () => {
    expect(tasks).toHaveLength(16);
    const bare = (t: Task): string => JSON.stringify(t).replace(/"loss":"\w+"/, "");
    for (const t of tasks) expect(tasks.filter((o) => bare(o) === bare(t))).toHaveLength(2);
  });

  it("reads when each run passes one half, from the records", () => {
    const curves = readLossCurves(2, records);
    expect(curves.filter((c) => c.loss === "l1").map((c) => c.halfway)).toEqual(
      Array.from({ length: 8 }, () => 100),
    );
    expect(curves.filter((c) => c.loss === "squared").map((c) => c.halfway)).toEqual([200, 200, 200, null, 200, 200, 200, null]); // prettier-ignore
    expect(lossCaption(curves)).toContain(
      "squared loss (CSQ): 25 variables 2 of 2 runs, on average at step 200",
    );
    const { document } = parseHTML("<html><body></body></html>");
    expect(lossFigure(curves, document).rows).toHaveLength(48);
    expect(readLossCurves(2, [])).toEqual([]);
  });

  it("takes a run that diverged as one that never passed it, its last numbers as its curve", () => {
    const curve = [
      { step: 0, loss: 2, accuracy: null },
      { step: 60, loss: null, accuracy: null },
    ];
    const diverged = trainedRecord(
      tasks[0],
      { explainedVariance: null },
      { validationBaselineLoss: 2, curve },
    );
    const broken = [diverged, ...records.slice(1)];
    expect(readLossCurves(2, broken)[0]).toMatchObject({
      final: 0,
      halfway: null,
      points: [{ step: 0, explained: 0 }],
    });
  });

  it("checks rates and width where the first seed never passed it, and reports the best", () => {
    const checks = lossChecks(2, records);
    expect(checks.map((t) => [loss(t), variables(t), t.kind === "train" && t.seed])).toEqual(Array.from({ length: 2 }, () => ["squared", 200, 0])); // prettier-ignore
    const curves = readLossCurves(2, [...records, ...checks.map((t) => trained(t, 100))]);
    expect(curves.flatMap((c) => c.bestCheck ?? [])).toEqual([0.9]);
    expect(lossCaption(curves)).toContain("200 variables 0 of 2 runs; best of other learning rates and twice the width 0.90"); // prettier-ignore
  });
});
