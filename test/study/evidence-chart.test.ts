/** The lead figure and the board judge by one rule: what words call learned lies beyond the line, and nothing else. */

import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import type { TaskOf } from "../../src/run/task.ts";
import { trainedCell } from "../../src/study/cell.ts";
import { leadFigure } from "../../src/study/evidence-chart.ts";
import { LEARNED } from "../../src/study/learned.ts";
import { builtIn } from "../../src/study/registry.ts";
import { scoreboard } from "../../src/study/scoreboard.ts";
import type { Study } from "../../src/study/study.ts";
import { trainedRecord } from "./records.ts";

const scope = { scale: "quick", catalogue: builtIn } as const;
const { document } = parseHTML("<html><body></body></html>");
const task = (easy: boolean): TaskOf<"train"> => ({
  kind: "train",
  family: "gnn-degree-parity",
  params: { n: 15 },
  seed: 0,
  easy,
  options: {},
});

/** What the board and the figure say of a twin with labels +-1 whose majority is right in six of ten cases. */
function saidOfTwin(accuracy: number, explainedVariance: number) {
  const final = { accuracy, explainedVariance, baselineAccuracy: 0.6 };
  const chance = { accuracy: 0.6, explainedVariance: 0, baselineAccuracy: 0.6 };
  const records = [trainedRecord(task(false), chance), trainedRecord(task(true), final)];
  const cell = trainedCell({ row: "nodes", at: "here", hard: [task(false)] }, records, builtIn)!;
  const study: Study = {
    id: "shown",
    tasks: () => ({}),
    read: () => null,
    sections: () => Promise.resolve([]),
    evidence: () => [cell],
  };
  const byId = new Map(records.map((r) => [r.id, r]));
  const { title, rows } = leadFigure(scoreboard([study], records, scope), byId, document);
  const drawn = rows.find((r) => r["target"] === "easy twin")?.["value"];
  return { board: cell.twin?.short, title, beyond: Number(drawn) > LEARNED, spark: cell.twin?.values[0] };
}

describe("a twin that is judged by its signs", () => {
  it("is learned in words and beyond the line in the drawing, though its squared error is larger", () => {
    const { board, title, beyond, spark } = saidOfTwin(0.985, 0.895);
    expect([board, beyond]).toEqual(["1 of 1 learned", true]);
    expect(title).toContain("1 of 1 easy twins");
    expect(spark).toBeCloseTo(0.9625, 12);
  });

  it("is learned in neither where its signs fall short, whatever its squared error (negative control)", () => {
    const { board, title, beyond } = saidOfTwin(0.94, 0.95);
    expect([board, beyond]).toEqual(["0 of 1 learned", false]);
    expect(title).toContain("0 of 1 easy twins");
  });
});
