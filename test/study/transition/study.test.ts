import { builtIn } from "../../../src/study/registry.ts";
import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import type { StoredRecord } from "../../../src/run/record.ts";
import { recordOf } from "../../../src/run/store/files.ts";
import type { Task } from "../../../src/run/task.ts";
import {
  readTransition,
  transitionChecks,
  transitionGrids,
  transitionTasks,
} from "../../../src/study/transition/study.ts";
import { transitionCaption, transitionFigure } from "../../../src/study/transition/figure.ts";
import { learnedRecord, trainedRecord } from "../records.ts";
import { certify } from "../../../src/family/certify.ts";

const grid = {
  ...transitionGrids(builtIn).find((g) => g.family.id === "invariant-polynomial")!,
  sizes: [5, 40],
  orders: [2],
};
const plan = { grids: [grid], seeds: 2 };
const trainsOf = (tasks: readonly Task[]) =>
  tasks.filter((t): t is Extract<Task, { kind: "train" }> => t.kind === "train");

type Training = Extract<Task, { kind: "train" }>;
const planeGrid = {
  ...transitionGrids(builtIn).find((g) => g.family.id === "gnn-hidden-plane")!,
  sizes: [64],
  orders: [4, 6],
};
const trained = (task: Training, explainedVariance: number | null): StoredRecord =>
  trainedRecord(task, { explainedVariance }, { weights: 1000, steps: 4000 });

/** Small instances are learned, large ones only as easy twins. */
const outcome = (t: Extract<Task, { kind: "train" }>): number =>
  t.easy || t.params["variables"] === 5 ? 0.98 : 0.02;
const firstStage = trainsOf(transitionTasks(plan)).map((t) => trained(t, outcome(t)));

describe("transition maps", () => {
  it("train the hard target and its easy twin alike, every seed", () => {
    const trains = trainsOf(transitionTasks(plan));
    expect(trains).toHaveLength(2 * 2 * 2);
    for (const hard of trains.filter((t) => !t.easy)) expect(trains).toContainEqual({ ...hard, easy: true });
  });

  it("follow up just the hard cells that were not learned", () => {
    const checks = trainsOf(transitionChecks(plan, firstStage));
    expect(checks).toHaveLength(2);
    for (const c of checks) expect(c).toMatchObject({ seed: 0, easy: false, params: { variables: 40 } });
    expect(new Set(checks.map((c) => JSON.stringify([c.options["lr"], c.options["width"]]))).size).toBe(2);
    expect(transitionChecks(plan, [])).toEqual([]);
  });

  it("count a run that diverged as not learned, wherever it stands", () => {
    const broken = firstStage.map((r) => (r.task.kind === "train" && r.task.seed === 0 ? trained(r.task, null) : r)); // prettier-ignore
    const [small] = readTransition(plan, broken);
    expect(small).toMatchObject({ size: 5, hard: 0.49, easy: 0.49, seeds: 2 });
    const checks = transitionChecks(plan, firstStage).map((t, i) => trained(t, [null, 0.01][i]));
    const cell = readTransition(plan, [...firstStage, ...checks]).find((c) => c.size === 40);
    expect(cell).toMatchObject({ bestCheck: 0.01, checks: 2 });
  });

  it("put the hard target to another learner with the same options, where the family names one", () => {
    const planes = { grids: [planeGrid], seeds: 1 };
    const tasks = transitionTasks(planes);
    const beside = tasks.filter((t) => t.kind === "learn");
    expect(beside.map((t) => t.learner)).toEqual(["label-transform", "label-transform"]);
    for (const { params, options } of beside)
      expect(trainsOf(tasks)).toContainEqual(expect.objectContaining({ params, options, easy: false }));
    const records = [
      ...trainsOf(tasks).map((t) => trained(t, t.params["k"] === 6 ? 0 : 0.99)),
      ...beside.map((t) => learnedRecord(t, { explainedVariance: 0.98 })),
    ];
    const cells = readTransition(planes, records);
    expect(cells.map((c) => [c.hard, c.beside])).toEqual([[0.99, 0.98], [0, 0.98]]);
    expect(transitionCaption(planeGrid, cells)).toContain("2 of 2 hard cells are learned, 1 of them not by gradient");
    const { document } = parseHTML("<html><body></body></html>");
    expect(transitionFigure(planeGrid, cells, document).svg).toContain("hard, square first");
    const without = { ...builtIn, learners: builtIn.learners.slice(0, 1) };
    expect(transitionTasks({ grids: transitionGrids(without), seeds: 1 }).some((t) => t.kind === "learn")).toBe(false);
  }); // prettier-ignore

  it("say of runs at chance whether they are moving, from their curves", () => {
    const at = (hidden: number) => ({ nearest: { hidden, mean: 0.2, sd: 0.02, largest: 0.3 } });
    const [moving, still] = [0.6, 0.21].map((hidden) =>
      [0, 1].map((step) => ({ step, loss: 1, accuracy: null, progress: at(hidden) })),
    );
    const told = (curveOf: (seed: number) => object) => {
      const records = firstStage.map(({ task }) => {
        if (task.kind !== "train") throw new Error("a training");
        return trainedRecord(task, { explainedVariance: outcome(task) }, { curve: curveOf(task.seed) });
      });
      const cells = readTransition(plan, records);
      expect(cells.find((c) => c.size === 5)).toMatchObject({ movement: null }); // learned
      return {
        movement: cells.find((c) => c.size === 40)?.movement,
        caption: transitionCaption(grid, cells),
      };
    };
    const still1 = told(() => still);
    expect(still1.movement).toBe("not moving");
    expect(still1.caption).toMatch(
      /1 hard cell with runs at chance .* 0 are "moving" .* and 1 "not moving"; of 0/,
    );
    const one = told((seed) => (seed === 1 ? moving : still));
    expect(one.movement).toBe("moving");
    expect(one.caption).toMatch(/1 is "moving" .* and 0 "not moving"; of 0/);
    expect(told((seed) => (seed === 1 ? [] : still)).movement).toBe("cannot tell");
    expect(told(() => []).caption).toMatch(/of 1 the records do not tell/);
  });

  it("place the budget against the certificate and say what the checks found", async () => {
    const task = transitionTasks(plan).find((t) => t.kind === "certify" && t.params["variables"] === 40)!;
    const certificate = await certify(grid.family, task.params, { tau: 1 / 16, rho: 1 / 2 });
    const checks = transitionChecks(plan, firstStage).map((t, i) => trained(t, [0.01, 0.95][i]));
    const cells = readTransition(plan, [...firstStage, recordOf(task, certificate, {}), ...checks]);
    const cell = cells.find((c) => c.size === 40)!;
    expect(cell).toMatchObject({ hard: 0.02, easy: 0.98, bestCheck: 0.95, checks: 2, seeds: 2 });
    // 4,000 x 1,000 queries against floor(tau^2 (780 - 4)) + 1 at tau = sqrt(2 ln(2 4e6 / 0.01) / 256)
    const required = Math.floor(((2 * Math.log(8e6 / 0.01)) / 256) * (780 - 4)) + 1;
    expect(cell.budgetOverBound).toBeCloseTo(Math.log10(4e6 / required), 2);

    expect(transitionCaption(grid, cells)).toMatch(/1 of 2 hard cells are learned.*learned 1 of these/);
    const { document } = parseHTML("<html><body></body></html>");
    const { svg, rows } = transitionFigure(grid, cells, document);
    expect(svg).toContain("checks 0.95");
    expect(rows).toHaveLength(2);
  });
});
