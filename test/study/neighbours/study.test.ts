/** The neighbours' summary: eleven rows, whose numbers are the records'. */

import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { recordOf } from "../../../src/run/store/files.ts";
import { canonicalTraining } from "../../../src/study/canonical-training/study.ts";
import { curveAndNeuron } from "../../../src/study/curve-and-neuron/study.ts";
import { lorentzInvariants } from "../../../src/study/lorentz/study.ts";
import { controls } from "../../../src/study/neighbours/controls.ts";
import { neighbourBlocks, neighbourCaption, neighbourFigure } from "../../../src/study/neighbours/section.ts";
import { neighbourSummary } from "../../../src/study/neighbours/study.ts";
import { builtIn } from "../../../src/study/registry.ts";
import { unitaryDepth } from "../../../src/study/unitary-depth/study.ts";
import { certifiedRecord, learnedRecord, trainedRecord } from "../records.ts";

const scope = { scale: "quick", catalogue: builtIn } as const;
const [lorentzTask] = lorentzInvariants.tasks(scope).first!;
const lorentz = (dimension: number) =>
  recordOf(
    lorentzTask,
    {
      space: 3,
      variables: 6,
      degree: 3,
      dimension,
      sampled: [18],
      boostError: 0,
      euclideanChange: 1,
      mean: 2,
      variance: 8,
    },
    {},
  );
const curve = certifiedRecord(
  { kind: "certify", family: "curve-parity", params: { n: 10 }, tau: 0.1, rho: 0.5 } as never,
  1023,
);

describe("the neighbours' summary", () => {
  it("is silent without records, and shows eleven rows with any", () => {
    expect(neighbourSummary.read([], scope)).toBeNull();
    expect(neighbourSummary.read([lorentz(20)], scope)).toHaveLength(11);
  });

  it("takes its numbers from the records", () => {
    const measured = (...records: Parameters<typeof neighbourSummary.read>[0]): (string | null)[] =>
      neighbourSummary.read(records, scope)!.map((r) => r.measured);
    expect(measured(lorentz(20)).filter((m) => m !== null)).toEqual([expect.stringContaining("d_eff 20,")]);
    expect(measured(lorentz(35))).toContainEqual(expect.stringContaining("d_eff 35,"));
    expect(measured(curve)[4]).toBe("d_eff 2^10.0 at n = 10");
  });

  it("shows what was trained beside what was counted, each where it is there", () => {
    const laptop = { scale: "laptop", catalogue: builtIn } as const;
    const told = (accuracy: (task: { student?: unknown; layers?: unknown }, easy: boolean) => number) => {
      const tasks = [unitaryDepth, canonicalTraining].flatMap((study) => study.tasks(laptop).main!);
      const records = tasks.map((task) => {
        if (task.kind !== "train") throw new Error("no training");
        const of = {
          accuracy: accuracy(task.options, task.easy),
          baselineAccuracy: 0.5,
          explainedVariance: 0,
        };
        return trainedRecord(task as never, of);
      });
      return neighbourSummary.read(records, laptop)!.map((r) => r.measured);
    };
    const byDepth = told(({ student, layers }, easy) => {
      if (!easy) return 0.5;
      return student === "unitary" ? 0.95 : layers === 16 ? 0.6 : student === "canonical" ? 0.8 : 0.9;
    });
    expect(byDepth[2]).toBe("of the twin at 16 layers 0.90, ordinary 0.20");
    expect(byDepth[1]).toBe("of the twin 0.60, a graph network 0.80");
    expect(byDepth.filter((m) => m !== null)).toHaveLength(2);
  });

  it("tells which learner learned what of the families", () => {
    const records = curveAndNeuron.tasks(scope).main!.map((task) => {
      if (task.kind !== "learn") throw new Error("no learning");
      const found = task.learner === "f2-elimination" || task.easy === true;
      return learnedRecord(task, { explainedVariance: found ? 0.95 : -0.1 });
    });
    const [told] = neighbourSummary.read(records, scope)!.flatMap((r) => r.measured ?? []);
    expect(told).toBe("learned by elimination over F_2: 5 of 5, nearest neighbour: 0 of 5");
  });

  it("has for each work what has to succeed, what has to fail, and what of it is here", () => {
    const { document } = parseHTML("<html><body></body></html>");
    const rows = neighbourSummary.read([curve], scope)!;
    expect(controls).toHaveLength(rows.length);
    const [, shown] = neighbourBlocks(rows, document);
    if (shown.kind !== "table") throw new Error("no table");
    expect(shown.table.rows.map(([work]) => work)).toEqual(rows.map((r) => r.work));
    expect(new Set(shown.table.rows.flat()).size).toBe(4 * 11);
  });

  it("is drawn with its rows, and said in words", () => {
    const { document } = parseHTML("<html><body></body></html>");
    const rows = neighbourSummary.read([lorentz(20), curve], scope)!;
    const { rows: drawn, svg, title } = neighbourFigure(rows, document);
    expect(drawn).toHaveLength(11);
    expect(title).toBe(
      "Of 11 neighbouring works 3 change what is certified, 5 what learning costs, 3 neither",
    );
    // wide enough for the page
    expect(Number(/width="(\d+)"/.exec(svg)![1])).toBeLessThanOrEqual(900);
    expect(neighbourCaption(rows)).toContain("(2 of 11)");
    expect(neighbourCaption(rows)).toContain("Of 11 works 3 ask about other targets");
  });
});
