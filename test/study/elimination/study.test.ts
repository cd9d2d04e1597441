import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { recordOf } from "../../../src/run/store/files.ts";
import { contrastCaption } from "../../../src/study/elimination/section.ts";
import { elimination, readContrast } from "../../../src/study/elimination/study.ts";
import { plan } from "../../../src/study/reproduce.ts";
import { builtIn, studies } from "../../../src/study/registry.ts";
import { taskId } from "../../../src/run/task.ts";
import { trainedRecord } from "../records.ts";

const scope = { scale: "quick", catalogue: builtIn } as const;
const { first, main } = elimination.tasks(scope);
const [curve] = first!;

const points = (explainedFrom20: number) =>
  [10, 20].flatMap((samples) =>
    [0, 1].map((seed) => ({
      samples,
      seed,
      explained: samples === 20 ? explainedFrom20 : 0.5,
      exact: false,
    })),
  );
const solved = (explained: number) =>
  recordOf(curve, { family: "gnn-degree-parity", learner: "f2-elimination", points: points(explained) }, {});
const descents = main!.map((task) =>
  trainedRecord(
    task as never,
    { explainedVariance: 0.01 },
    {
      steps: 4000,
      curve: [0, 2000, 4000].map((step) => ({ step, loss: 1.5, accuracy: 0.5 })),
      validationBaselineLoss: 2,
    },
  ),
);

describe("elimination beside gradient descent", () => {
  it("costs nothing: all its work belongs to other studies", () => {
    const others = new Set(
      plan(
        studies.filter((s) => s.id !== "elimination"),
        scope,
      ).map(taskId),
    );
    for (const task of [...first!, ...main!]) expect(others).toContain(taskId(task));
  });

  it("says from how many examples elimination explains what share, and where descent ends", async () => {
    const contrast = readContrast([solved(0.976), ...descents])!;
    expect(contrast.descents[0].points).toEqual([
      { samples: 512_000, explained: 0.25 },
      { samples: 1_024_000, explained: 0.25 },
    ]);
    const caption = contrastCaption(contrast);
    expect(caption).toContain("explains 0.976 of fresh labels, mean over 2 sets, from 20 examples");
    expect(caption).toContain(
      "Gradient descent on 3 of these sets ends at 0.01 after 1,024,000 (at chance); 0.01",
    );
    const { document } = parseHTML("<html><body></body></html>");
    const [{ blocks }] = await elimination.sections(contrast, document);
    expect(blocks[0].kind === "figure" && blocks[0].figure.rows).toHaveLength(4 + 6);
  });

  it("does not say so where it does not hold, and nothing without both learners", () => {
    expect(contrastCaption(readContrast([solved(0.7), ...descents])!)).toContain(
      "passes a mean of 0.9 with none",
    );
    expect(readContrast([solved(0.976)])).toBeNull();
    expect(readContrast(descents)).toBeNull();
  });
});
