import { describe, expect, it } from "vitest";
import {
  degreeParityFollowUps,
  degreeParityTasks,
  furtherDegreeParityTasks,
} from "../../../src/study/degree-parity/study.ts";
import type { Scale } from "../../../src/study/scale.ts";
import type { StoredRecord } from "../../../src/run/record.ts";
import { taskId, type Task } from "../../../src/run/task.ts";
import { drawInstance, instanceKey } from "../../../src/family/draw.ts";
import { hiddenDegrees } from "../../../src/family/gnn-degree-parity/family.ts";
import { trainedRecord } from "../records.ts";
import { gnnDegreeParity } from "../../../src/family/gnn-degree-parity/index.ts";

type Training = Extract<Task, { kind: "train" }>;

const all = (scale: Scale) => [...degreeParityTasks(scale), ...furtherDegreeParityTasks(scale)];

const trainings = (scale: Scale, role: string): Training[] =>
  all(scale).flatMap(({ role: r, task }) => (r === role && task.kind === "train" ? [task] : []));

const at = (tasks: readonly Training[], n: number, easy: boolean): Training[] =>
  tasks.filter((t) => t.params["n"] === n && t.easy === easy);

const setOf = ({ params: json, seed }: Training): string => {
  const params = gnnDegreeParity.parse(json);
  return JSON.stringify(hiddenDegrees(params, instanceKey(gnnDegreeParity, params, seed)));
};

describe("the main family's plan", () => {
  it("draws five sets at the largest sizes of quick, three at the others, hard and easy on the same", () => {
    const main = trainings("quick", "main");
    for (const [n, sets] of [[6, 3], [8, 3], [10, 3], [12, 5], [15, 5]]) {
      const [hard, easy] = [at(main, n, false), at(main, n, true)];
      expect(hard).toHaveLength(sets);
      expect(easy.map(setOf)).toEqual(hard.map(setOf));
      const drawn = drawInstance(gnnDegreeParity, gnnDegreeParity.parse(hard[0].params), hard[0].seed);
      expect(setOf(hard[0])).toBe(JSON.stringify(drawn.hidden.degrees));
    } // prettier-ignore
  });

  it("holds each of laptop's ten sets a size over three seeds", () => {
    const main = trainings("laptop", "main");
    for (let n = 6; n <= 15; n++) {
      const hard = at(main, n, false);
      expect(hard).toHaveLength(30);
      for (let set = 0; set < 10; set++) {
        const seeds = hard.filter((_, i) => i % 10 === set);
        expect(new Set(seeds.map(setOf)).size).toBe(1);
        expect(new Set(seeds.map((t) => t.seed)).size).toBe(3);
      }
      expect(at(main, n, true).map(setOf)).toEqual(hard.slice(0, 10).map(setOf));
      expect(at(trainings("laptop", "control"), n, false).some((t) => t.options["student"] === "mlp")).toBe(true); // prettier-ignore
    }
  });

  it("has no task twice", () => {
    for (const scale of ["quick", "laptop", "paper"] as const) {
      const ids = all(scale).map(({ task }) => taskId(task));
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

describe("its second stage", () => {
  const ended = (task: Training, accuracy: number): StoredRecord => trainedRecord(task, { accuracy });
  const hard = at(trainings("laptop", "main"), 15, false);

  it("continues the runs at chance of the first seed, and no others", () => {
    expect(degreeParityFollowUps("laptop", [])).toEqual([]);
    const accuracies = [0.501, 0.99, 0.6, 0.508, 0.99, 0.99, 0.99, 0.99, 0.99, 0.99]; // then further seeds
    const records = hard.map((task, i) => ended(task, accuracies[i] ?? 0.5));
    const further = degreeParityFollowUps("laptop", records);
    expect(further.map(({ options: { steps, ...options }, ...task }) => [steps, { ...task, options }])).toEqual(
      [hard[0], hard[3]].map((task) => [16_000, task]),
    ); // prettier-ignore
    expect(degreeParityFollowUps("laptop", records.toReversed())).toEqual(further);
  });

  it("is empty at the quick scale", () => {
    const records = trainings("quick", "main").map((task) => ended(task, 0.5));
    expect(degreeParityFollowUps("quick", records)).toEqual([]);
  });
});
