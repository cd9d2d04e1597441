import { builtIn } from "../../../src/study/registry.ts";
import { describe, expect, it } from "vitest";
import { matrixTasks, planMatrix, type MatrixLearner } from "../../../src/study/matrix/plan.ts";
import { matrixChecks, readMatrix } from "../../../src/study/matrix/read.ts";
import type { Task } from "../../../src/run/task.ts";
import { learnedRecord, trainedRecord } from "../records.ts";
import { cellText } from "../../../src/study/matrix/figure.ts";
import { matrixTable, refusals } from "../../../src/study/matrix/section.ts";

const settings = [{ family: "gnn-degree-parity", params: { n: 6 }, train: { width: 16 } }];
const rows: MatrixLearner[] = [
  { label: "descent", learner: "gradient-descent" },
  { label: "no such student", learner: "gradient-descent", train: { student: "none" } },
  { label: "elimination", learner: "f2-elimination" },
  { label: "classes", learner: "parity-class" },
  { label: "square first", learner: "label-transform", train: { lr: 0.01, student: "mlp" } },
];
const plan = planMatrix({ samples: 10_000, seeds: 2, effort: "paper" }, builtIn, { settings, rows });

describe("planMatrix", () => {
  it("gives every learner the same budget: samples, or the tolerance they would give", () => {
    const of = (label: string, easy = false) =>
      plan.entries.find((e) => e.learner.label === label && e.easy === easy)!.tasks;
    expect(of("elimination")).toMatchObject([{ options: { samples: 10_000 } }, { seed: 1 }]);
    expect(of("classes")[0]).toMatchObject({ options: { tau: 0.01 } });
    const [train] = of("descent") as Extract<Task, { kind: "train" }>[];
    expect(Number(train.options["steps"]) * Number(train.options["batch"])).toBeLessThanOrEqual(10_000);
    expect(train.options["width"]).toBe(16);
    expect(of("descent", true)[0]).toMatchObject({ easy: true, seed: 0 });
  });

  it("gives training options to every learner that reads them, and no others", () => {
    const real = [
      { family: "gnn-hidden-plane", params: { n: 1, d: 8, k: 2 }, train: { width: 16, layers: 1 } },
    ];
    const { entries } = planMatrix({ samples: 10_000, seeds: 1, effort: "paper" }, builtIn, {
      settings: real,
      rows: [...rows.slice(-1), { label: "PCA", learner: "label-squared-pca" }],
      hardOnly: true,
    });
    expect(entries.map((e) => e.tasks[0]?.options)).toEqual([
      { width: 16, layers: 1, lr: 0.01, student: "mlp", steps: 39, batch: 256, stopAt: 0.999 },
      { samples: 10_000 },
    ]);
  });

  it("refuses squares of labels +-1 with the reason", () => {
    const refused = plan.entries.filter((e) => e.learner.label === "square first");
    expect(refused.map((e) => e.refusal)).toEqual([0, 0].map(() => expect.stringContaining("y^2 = 1")));
  });

  it("gives a reason, and no tasks, where a pair makes no sense", () => {
    const refused = plan.entries.filter((e) => e.learner.label === "no such student");
    expect(refused).toHaveLength(2);
    for (const e of refused) expect(e).toMatchObject({ tasks: [], refusal: expect.stringContaining("none") });
  });

  it("runs one seed of every cell before the next", () => {
    const seeds = matrixTasks(plan).flatMap((t) => ("seed" in t ? [t.seed] : []));
    expect(seeds).toEqual([...seeds].sort());
    expect(matrixTasks(plan)[0].kind).toBe("certify");
  });
});

describe("readMatrix", () => {
  const [first, second] = plan.entries
    .find((e) => e.learner.label === "elimination")!
    .tasks.flatMap((t) => (t.kind === "learn" ? [t] : []));
  const records = [
    learnedRecord(first, { explainedVariance: 1 }, { samples: 10_000 }),
    learnedRecord(second, { explainedVariance: null }, { samples: 10_000 }),
  ];
  const matrix = readMatrix(plan, records);
  const cell = matrix.cells.find((c) => c.learner === "elimination" && !c.easy)!;

  it("takes means and ranges over seeds, no hypothesis counting as 0", () => {
    expect(cell).toMatchObject({ explained: [1, 0], mean: 0.5, samples: 10_000, queries: null, missing: 0 });
    expect(cellText(cell)).toBe("0.00 to 1.00");
  });

  it("says of gradient descent at chance whether it is moving", () => {
    const tasks = plan.entries.filter((e) => e.learner.label === "descent").flatMap((e) => e.tasks);
    const curve = [0, 1].map((step) => ({
      step, loss: 1, accuracy: null, progress: { share: { hidden: 0.1, mean: 0.1, sd: 0.01, largest: 0.12 } },
    })); // prettier-ignore
    const hardOf = (explainedVariance: number) => {
      const trained = tasks.flatMap((t) => (t.kind === "train" ? [trainedRecord(t, { explainedVariance }, { curve })] : []));
      const read = readMatrix(plan, trained);
      return matrixTable(read).rows.find((r) => r[1] === "descent")!.slice(2, 4);
    }; // prettier-ignore
    expect(hardOf(0.01)).toEqual(["0.01, not moving", "0.01"]);
    expect(hardOf(0.5)).toEqual(["0.50", "0.50"]);
  });

  it("takes the true median of an even number of costs", () => {
    const costs = [first, second].map((task, i) => learnedRecord(task, {}, { samples: 10_000 * (1 + i) }));
    expect(readMatrix(plan, costs).cells.find((c) => c.learner === "elimination" && !c.easy)).toMatchObject({ samples: 15_000 });
  }); // prettier-ignore

  it("shows what is missing as not run, and refusals with their reason", () => {
    const { rows: lines } = matrixTable(matrix);
    expect(lines.find((r) => r[1] === "classes")![2]).toBe("not run");
    expect(lines.some((r) => r[1] === "no such student")).toBe(false);
    expect(refusals(matrix).join()).toContain("no such student on gnn-degree-parity");
  });
});

describe("other settings", () => {
  const laptop = { samples: 10_000, seeds: 2, effort: "laptop" } as const;
  const own = planMatrix(laptop, builtIn, { settings, rows: rows.slice(0, 1) });
  const [hard, twin] = own.entries.map((e) => e.tasks.flatMap((t) => (t.kind === "train" ? [t] : [])));
  const failing = trainedRecord(hard[0], { accuracy: null, baselineAccuracy: null, explainedVariance: 0.01 });
  const learning = trainedRecord(twin[0], { explainedVariance: 0.99 });

  it("are tried with the first seed where that has not learned, and only there", () => {
    const further = matrixChecks(own, [failing, learning]);
    expect(further.map((t) => [t.easy, t.seed])).toEqual([0, 1, 2].map(() => [false, 0]));
    expect(further.map((t) => t.options)).toMatchObject([
      { lr: 8e-3 },
      { width: 256 },
      { lr: 8e-3, steps: 4000, batch: 128 },
    ]);
    expect(matrixChecks(own, [])).toEqual([]);
    const quick = planMatrix({ ...laptop, effort: "quick" }, builtIn, { settings, rows: rows.slice(0, 1) });
    expect(matrixChecks(quick, [failing]).map((t) => t.options)).toMatchObject([{ steps: 4000 }]);
  });

  it("are shown where one is better, with the default beside it and the budget it has", () => {
    const longer = matrixChecks(own, [failing])[2];
    const shown = (explainedVariance: number): string => {
      const better = trainedRecord(longer, { explainedVariance }, { steps: 4000 });
      return matrixTable(readMatrix(own, [failing, learning, better])).rows[0][2];
    };
    expect(shown(0.985)).toMatch(/^0.98 \(lr 0.008, 4000 x 128, 512000 samples; default 0.01\)/);
    expect(shown(0.005)).toMatch(/^0.01(,|$)/);
  });
});
