/** What the studies of single changes plan, and what they say of toy records. */

import { describe, expect, it } from "vitest";
import type { StoredRecord } from "../../../src/run/record.ts";
import { drawInstance } from "../../../src/family/draw.ts";
import { readOptions } from "../../../src/learner/gradient-descent.ts";
import { certificateTask } from "../../../src/run/certificate-task.ts";
import { taskId, type Task } from "../../../src/run/task.ts";
import { familyIn } from "../../../src/run/catalogue.ts";
import { gnnHiddenPlane } from "../../../src/family/gnn-hidden-plane/index.ts";
import { certifiedCell } from "../../../src/study/certified-failure/setting.ts";
import { failingCells, holdsTarget, trainingOf } from "../../../src/study/comparison/cells.ts";
import { compared, type Comparison } from "../../../src/study/comparison/comparison.ts";
import { dose, doseComparison } from "../../../src/study/dose/study.ts";
import { failing } from "../../../src/study/failing/study.ts";
import { fixedSetComparison } from "../../../src/study/fixed-set/study.ts";
import { labelNoiseComparison } from "../../../src/study/label-noise/study.ts";
import {
  overparameterised,
  overparameterisedComparison,
  teacherWidth,
} from "../../../src/study/overparameterised/study.ts";
import { builtIn } from "../../../src/study/registry.ts";
import { startsComparison } from "../../../src/study/starts/study.ts";
import { studentsComparison } from "../../../src/study/students/study.ts";
import type { Scope } from "../../../src/study/study.ts";
import { tuningComparison } from "../../../src/study/tuning/study.ts";
import { certifiedRecord, learnedRecord, trainedRecord } from "../records.ts";

const laptop: Scope = { scale: "laptop", catalogue: builtIn };
const all: readonly Comparison[] = [
  startsComparison,
  overparameterisedComparison,
  fixedSetComparison,
  studentsComparison,
  tuningComparison,
  doseComparison,
  labelNoiseComparison,
];
const trainings = all
  .flatMap((c) => c.trials(laptop))
  .flatMap(({ task }) => (task.kind === "train" ? [task] : []));

/** A record of a trial: a sign family's by its accuracy, another's by its explained variance. */
function toy(task: Task, share: number, changed: Record<string, unknown> = {}): StoredRecord {
  if (task.kind === "train")
    return trainedRecord(task, { accuracy: null, baselineAccuracy: null, explainedVariance: share }, changed);
  if (task.kind === "learn") return learnedRecord(task, { explainedVariance: share });
  throw new Error(task.kind);
}

/** What a comparison says where a trial came to what `share` gives. */
function said(of: Comparison, share: (condition: string, series: string) => number, changed = {}): string[] {
  const trials = of.trials(laptop);
  const records = trials.map((t) => toy(t.task, share(t.condition, t.series), changed));
  return compared(trials, records).map(({ runs }) => of.caption(runs));
}

describe("studies of single changes", () => {
  it("cost the quick scale nothing but widths at the cell below its certificate", () => {
    const quick = { ...laptop, scale: "quick" } as const;
    for (const c of all) {
      const trials = c.trials(quick);
      if (c !== overparameterisedComparison) expect(trials, c.id).toEqual([]);
      else expect(trials.map(({ task }) => task.params["d"])).toEqual(Array(5).fill(256));
    }
  });

  it("plan trainings that their families take", () => {
    expect(trainings.length).toBeGreaterThan(100);
    for (const task of trainings) {
      const family = familyIn(builtIn, task.family);
      expect(family.parse(task.params).json).toEqual(task.params);
      expect(() => readOptions(family, task.options)).not.toThrow();
    }
  });

  it("change one thing of the failing cell's training each", () => {
    const ids = new Set(trainings.map(taskId));
    for (const cell of failingCells(builtIn)) expect(ids).toContain(taskId(trainingOf(cell)));
    for (const { condition, task } of tuningComparison.trials(laptop)) {
      const cell = failingCells(builtIn).find(({ params }) => taskId({ ...task, params }) === taskId(task))!;
      const changed = Object.entries(task.options).filter(([name, v]) => cell.options[name as never] !== v);
      expect(changed.length, condition).toBeLessThanOrEqual(condition.startsWith("SGD") ? 2 : 1);
    }
  });

  it("say who comes back from near the teacher", () => {
    const [caption] = said(startsComparison, (condition) => (condition === "+ 1" ? 0.2 : 0.99));
    expect(caption).toMatch(
      /the teacher: (\d+) of \1; \+ 0\.1: \1 of \1; \+ 0\.3: \1 of \1; \+ 1: 0 of \1\./,
    );
  });

  it("tell fitting a training set from learning", () => {
    const fits = said(fixedSetComparison, (_, series) => (series === "hard" ? 0 : 0.95), {
      trainExplained: 0.99,
    });
    expect(fits.join()).toMatch(
      /Of (\d+) runs on hard targets, \1 fit their training set \(above 0\.9\); of these 0 of \1 learned/,
    );
    const neither = said(fixedSetComparison, () => 0, { trainExplained: 0.1 });
    expect(neither.join()).toMatch(/0 fit their training set \(above 0\.9\); of these 0 of 0 learned/);
  });

  it("name the change that made a run learn, and none where none did", () => {
    const [caption] = said(tuningComparison, (condition) => (condition === "rate x 4" ? 0.95 : 0.01));
    expect(caption).toMatch(/They are: gnn-degree-parity, n = 15, rate x 4; /);
    expect(caption).not.toContain("rate / 4;");
    const [none] = said(tuningComparison, () => 0.01);
    expect(none).toMatch(/^One option.* 0 of \d+ runs learned; the best has 0\.01 /);
    expect(none).not.toContain("They are");
  });

  it("count by dose, width, student and noise", () => {
    const easyOnly = (condition: string): number => (/2|1/.test(condition) ? 0.99 : 0);
    expect(said(doseComparison, easyOnly)[0]).toMatch(
      /d = 128[^:]*: k = 2: (\d) of \1, k = 4: 0 of \1, k = 6: 0 of \1;/,
    );
    expect(said(overparameterisedComparison, easyOnly)[0]).toMatch(
      /hard: x1: (\d) of \1, x2: \1 of \1, x4: 0 of \1/,
    );
    expect(said(studentsComparison, (_, series) => (series === "hard" ? 0 : 1)).join()).toContain(
      "mlp (no symmetry) 0 of 2 and 2 of 2",
    );
    const noise = said(labelNoiseComparison, (condition) => (/ 0(\.05)?$/.test(condition) ? 0.99 : 0));
    expect(noise.join()).toContain(
      "label-squared PCA on gnn-hidden-plane, n = 3, d = 128, k = 6, graph = path: found up to 0.05 (2 of 4 runs)",
    );
    expect(noise.join()).not.toContain("growing-basis on gnn");
  });
});

describe("the width that a teacher needs", () => {
  it("is the least one that holds it: twice k for planes, 2^k for frames", () => {
    const widths = failingCells(builtIn).map((cell) => [cell.family.id, teacherWidth(cell)]);
    expect(Object.fromEntries(widths)).toMatchObject({
      "gnn-hidden-plane": 12,
      "cnn-hidden-plane": 20,
      "frame-parity": 64,
      "invariant-polynomial": 3,
    });
    const parity = failingCells(builtIn)[0];
    const width = teacherWidth(parity)!;
    const options = { ...parity.options, layers: 2, readoutLayers: 1, pool: "mean" } as const;
    const instance = drawInstance(parity.family, parity.family.parse(parity.params), 0);
    expect(() => parity.family.teacher!(instance, { ...options, width })).not.toThrow();
    expect(() => parity.family.teacher!(instance, { ...options, width: width - 1 })).toThrow(/width/);
    expect(teacherWidth({ ...parity, family: { ...parity.family, teacher: undefined } as never })).toBeNull();
  });
});

describe("over-parameterised students", () => {
  const quick: Scope = { scale: "quick", catalogue: builtIn };
  const trials = overparameterisedComparison.trials(quick);
  const certificate = certificateTask(gnnHiddenPlane.id, certifiedCell.params);
  /** Records of all widths: twins learned, and what `hard` gives by condition. */
  const evidenceOf = (hard: (condition: string) => number, dimension = 2e12) =>
    overparameterised.evidence(
      [
        certifiedRecord(certificate, dimension),
        ...trials.map(({ task, series, condition }) =>
          toy(task, series === "hard" ? hard(condition) : 0.99, { weights: 25_000, steps: 2000 }),
        ),
      ],
      quick,
    );

  it("are the evidence of the paper's eighth row: the widest, the narrower ones its checks", () => {
    const [cell] = evidenceOf(() => 0);
    expect(cell).toMatchObject({ row: "practice", verdict: { kind: "below" } });
    expect(cell.checks.width?.records).toHaveLength(3);
  });

  it("fail no more where a narrower one learns, and are not explained by a small certificate", () => {
    expect(evidenceOf((condition) => (condition === "x2" ? 0.99 : 0))[0].verdict.kind).toBe("tuned");
    expect(evidenceOf(() => 0, 1e6)[0].verdict.kind).toBe("unexplained");
    expect(overparameterised.evidence([], quick)).toEqual([]);
  });
});

describe("the failing cells", () => {
  const [cell] = failingCells(builtIn);
  const tasks = failing.tasks(laptop).main!;
  const own = tasks.filter((t) => t.family === cell.family.id);
  const base = own.map((task) => {
    if (task.kind === "certify") return certifiedRecord(task, 40);
    return toy(task, task.kind === "train" && task.easy ? 0.99 : 0.001);
  });

  it("show their checks, and an explicit null where one was not made", () => {
    const trials = startsComparison.trials(laptop).filter(({ task }) => task.family === cell.family.id);
    const [alone] = failing.evidence!(base, laptop);
    expect(alone.checks.perturbed).toBeNull();
    expect(alone.checks.dose).toBeNull();
    expect(alone.verdict.kind).toBe("unexplained");
    const started = trials.map(({ task }) => toy(task, 0.95));
    const doses = doseComparison.trials(laptop).filter(({ task }) => task.family === cell.family.id);
    const [more] = failing.evidence!([...base, ...started, ...doses.map(({ task }) => toy(task, 1))], laptop);
    expect(more.checks.perturbed?.says).toMatch(/^6 of 6 learned/);
    expect(more.checks.dose?.says).toContain("1 count: 3 of 3");
    expect(more.checks.overparameterised).toBeNull();
  });

  it("of one family at two sizes have each its own: widths and noise by their size, doses by the student", () => {
    const cells = failingCells(builtIn).filter(({ family }) => family.id === "invariant-polynomial");
    expect(cells.map(holdsTarget)).toEqual([true, false]);
    const evidence = (of: Comparison) => {
      const trials = of
        .trials(laptop)
        .filter(({ task }) => task.params["variables"] !== cells[1].params["variables"]);
      const beside = trials.flatMap(({ task }) => (task.kind === "train" ? toy(task, 0.5) : []));
      const found = failing.evidence!([...cells.map((of) => toy(trainingOf(of), 0)), ...beside], laptop);
      return found.filter(({ row }) => row === "polynomials");
    };
    const [held, other] = evidence(overparameterisedComparison);
    expect(held.checks.overparameterised).not.toBeNull();
    expect(other.checks.overparameterised).toBeNull();
    expect(evidence(doseComparison).map(({ checks: { dose: made } }) => made === null)).toEqual([
      false,
      true,
    ]);
  });

  it("have further trainings on the same hidden parameters, which tell both variances", () => {
    const again = own.find((t) => t.kind === "train" && t.options.trainingSeed !== undefined)!;
    const before = base.filter(({ id }) => id !== taskId(again));
    const [[one], [two]] = [before, base].map((records) => failing.evidence!(records, laptop));
    expect(two.hard?.records).toHaveLength((one.hard?.records.length ?? NaN) + 1);
    expect(two.verdict.kind).toBe(one.verdict.kind);
    const [learned] = failing.evidence!([...before, toy(again, 0.99)], laptop);
    expect(learned.verdict).toMatchObject({
      kind: "open",
      because: expect.stringMatching(/^above chance: 1 of/),
    });
  });

  it("are no failures where a changed option learns", () => {
    const rate = trainingOf(cell, { lr: 5e-4 });
    const [tuned] = failing.evidence!([...base, toy(rate, 0.99)], laptop);
    expect(tuned.verdict.kind).toBe("tuned");
    const scaled = trainingOf(cell, { initScale: 2 });
    expect(failing.evidence!([...base, toy(scaled, 0)], laptop)[0].checks.start?.holds).toBe(true);
  });

  it("are not confused by the noisy algorithm on the same targets", () => {
    const noisy = trainingOf(cell, { gradientNoise: 0.1, ball: 5, width: 16 });
    const [same] = failing.evidence!([...base, toy(noisy, 0.99)], laptop);
    expect(same.verdict.kind).toBe("unexplained");
    expect(same.checks.width).toBeNull();
  });
});

it("reads nothing from a run without its records", () => {
  expect(dose.read([], laptop)).toBeNull();
  expect(failing.read([], laptop)).toBeNull();
});
