/** Curves and neurons learned: what is planned at each scale, what is said, and the learners themselves. */

import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { grouped } from "../../../src/base/group.ts";
import { builtIn } from "../../../src/study/registry.ts";
import { curveAndNeuron } from "../../../src/study/curve-and-neuron/study.ts";
import type { Scale } from "../../../src/study/scale.ts";
import { learnedRecord, trainedRecord } from "../records.ts";

const planned = (scale: Scale) => curveAndNeuron.tasks({ scale, catalogue: builtIn }).main!;

describe("curves and neurons", () => {
  it("have five seeds of the way round, of what fails, and of the twins", () => {
    const names = (scale: Scale): string[] =>
      planned(scale).map((t) => {
        if (t.kind !== "learn" && t.kind !== "train") throw new Error(t.kind);
        return `${t.family} ${t.kind === "learn" ? t.learner : "descent"} ${t.easy === true ? "twin" : "hard"}`;
      });
    const times = (scale: Scale) => [...grouped(names(scale), (x) => x)].map(([x, of]) => [x, of.length]);
    const quick = [
      ["curve-parity f2-elimination hard", 5],
      ["curve-parity nearest-neighbour hard", 5],
      ["curve-parity nearest-neighbour twin", 5],
    ];
    expect(times("quick")).toEqual(quick);
    for (const scale of ["laptop", "paper"] as const)
      expect(Object.fromEntries(times(scale))).toEqual({
        ...Object.fromEntries(quick),
        "curve-parity descent hard": 5,
        "curve-parity descent twin": 5,
        "biased-neuron thresholded-pca hard": 5,
        "biased-neuron descent hard": 5,
        "biased-neuron descent twin": 5,
      });
  });

  it("are drawn a family a figure, with every seed in words", async () => {
    const scope = { scale: "laptop", catalogue: builtIn } as const;
    const records = planned("laptop").map((task) => {
      const share = "easy" in task && task.easy === true ? 0.95 : 0.05;
      if (task.kind === "learn") return learnedRecord(task, { explainedVariance: share });
      return trainedRecord(task as never, {
        accuracy: null,
        baselineAccuracy: null,
        explainedVariance: share,
      });
    });
    const { document } = parseHTML("<html><body></body></html>");
    const [{ id, blocks }] = await curveAndNeuron.sections(curveAndNeuron.read(records, scope)!, document);
    expect(id).toBe("beyond");
    const captions = blocks.map((b) => (b.kind === "figure" ? b.caption : ""));
    expect(captions).toHaveLength(2);
    expect(captions[0]).toContain("nearest neighbour, easy twin: 0.95 0.95 0.95 0.95 0.95;");
    expect(captions[0]).toContain("triangle waves");
    expect(captions[1]).toContain("gradient descent, hard: 0.05 0.05 0.05 0.05 0.05");
    expect(captions[1]).toContain("this noise is our own");
  });
});
