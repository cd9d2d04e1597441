import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { compared, comparisonStudy, type Comparison } from "../../../src/study/comparison/comparison.ts";
import { readTrials, type Trial } from "../../../src/study/comparison/trial.ts";
import type { StoredRecord } from "../../../src/run/record.ts";
import { builtIn } from "../../../src/study/registry.ts";
import { learnedRecord, trainedRecord } from "../records.ts";

const place = (panel: string, condition: string, series = "hard") => ({ panel, condition, series });
const training = (width: number, seed = 0) =>
  ({
    kind: "train",
    family: "gnn-hidden-plane",
    params: { n: 1, d: 8, k: 2 },
    seed,
    easy: false,
    options: { width, batch: 10 },
  }) as const;

const narrow: Trial = { ...place("planes", "narrow"), task: training(4) };
const wide: Trial = { ...place("planes", "wide"), task: training(8) };
const real = { accuracy: null, baselineAccuracy: null, standardError: 0.01 };

describe("trials", () => {
  it("are read with what they came to, at their places, in the order of the plan", () => {
    const curve = [{ step: 0, loss: 1.5, accuracy: null }];
    const records = [
      trainedRecord(
        wide.task as never,
        { ...real, explainedVariance: 0.95 },
        { curve, validationBaselineLoss: 2 },
      ),
      trainedRecord(
        narrow.task as never,
        { ...real, explainedVariance: 0.001 },
        { trainAccuracy: null, trainExplained: 0.99 },
      ),
    ];
    expect(readTrials([narrow, wide], records)).toMatchObject([
      {
        condition: "narrow",
        share: 0.001,
        onTraining: 0.99,
        before: null,
        samples: 1000,
        outcome: "at chance",
      },
      { condition: "wide", share: 0.95, onTraining: null, before: 0.25, outcome: "learned" },
    ]);
    expect(readTrials([narrow, wide], [])).toEqual([]);
  });

  it("judge labels +-1 by what is right beyond the majority, before the first step and on a fixed set too", () => {
    const curve = [{ step: 0, loss: 1, accuracy: 0.6 }];
    const record = trainedRecord(
      narrow.task as never,
      { accuracy: 0.9, baselineAccuracy: 0.6, explainedVariance: 0.7 },
      { curve, trainAccuracy: 1, trainExplained: 0.8 },
    );
    const [run] = readTrials([narrow], [record]);
    expect(run.share).toBeCloseTo(0.75, 12);
    expect(run.before).toBe(0);
    expect(run.onTraining).toBe(1);
  });

  it("take a run that diverged, or a learner without a hypothesis, as one that has nothing", () => {
    const learn = {
      kind: "learn",
      family: "f",
      params: {},
      seed: 0,
      easy: false,
      learner: "x",
      options: {},
    } as const;
    const records = [
      trainedRecord(narrow.task as never, { ...real, explainedVariance: null }),
      learnedRecord(learn, { explainedVariance: null }),
    ];
    const runs = readTrials([narrow, { ...place("p", "c"), task: learn }], records);
    expect(runs.map((r) => [r.share, r.outcome])).toEqual([[0, "diverged"], [0, "at chance"]]); // prettier-ignore
  });
});

describe("comparisons", () => {
  const other: Trial = { ...place("sets", "three"), task: training(16) };
  const record = (t: Trial, explainedVariance: number): StoredRecord =>
    trainedRecord(t.task as never, { ...real, explainedVariance });

  it("put panels with the same planned conditions into one figure, however much of them has run", () => {
    const again: Trial = { ...place("more planes", "narrow"), task: training(4, 1) };
    const last: Trial = { ...place("more planes", "wide"), task: training(8, 1) };
    const trials = [narrow, wide, other, again, last];
    const groups = compared(trials, [record(last, 0.5), record(narrow, 0), record(other, 1)]);
    expect(groups.map((g) => [g.conditions, g.runs.map((r) => r.panel)])).toEqual([
      [
        ["narrow", "wide"],
        ["planes", "more planes"],
      ],
      [["three"], ["sets"]],
    ]);
    expect(compared(trials, [])).toEqual([]);
  });

  it("draw what was run and no more, and say what their caption says of it", async () => {
    const comparison: Comparison = {
      id: "toy",
      title: "A toy",
      across: "width",
      ordered: true,
      trials: () => [narrow, wide],
      caption: (runs) => `${runs.length} runs, best ${Math.max(...runs.map((r) => r.share))}.`,
    };
    const study = comparisonStudy(comparison);
    const scope = { scale: "quick", catalogue: builtIn } as const;
    expect(study.tasks(scope).main).toEqual([narrow.task, wide.task]);
    expect(study.read([], scope)).toBeNull();
    const data = study.read([record(narrow, 0.25)], scope)!;
    const { document } = parseHTML("<html><body></body></html>");
    const [{ blocks }] = await study.sections(data, document);
    expect(blocks).toMatchObject([
      {
        caption: "1 runs, best 0.25.",
        figure: { name: "toy", rows: [{ condition: "narrow", value: 0.25 }] },
      },
    ]);
  });
});
