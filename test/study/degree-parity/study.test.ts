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
  it("draws two sets at quick's sizes, a third at 12 nodes, a fourth at the largest, hard and easy on the same", () => {
    const main = trainings("quick", "main");
    for (const [n, sets] of [[6, 2], [8, 2], [10, 2], [12, 3], [15, 4]]) {
      const [hard, easy] = [at(main, n, false), at(main, n, true)];
      expect(hard).toHaveLength(sets);
      expect(easy.map(setOf)).toEqual(hard.map(setOf));
      const drawn = drawInstance(gnnDegreeParity, gnnDegreeParity.parse(hard[0].params), hard[0].seed);
      expect(setOf(hard[0])).toBe(JSON.stringify(drawn.hidden.degrees));
    } // prettier-ignore
  });

  it.each([
    [6, 1],
    [12, 2],
    [15, 3],
  ])("holds each of laptop's five sets of %i nodes over %i seeds", (n, seeds) => {
    const main = trainings("laptop", "main");
    const hard = at(main, n, false);
    expect(hard).toHaveLength(5 * seeds);
    for (let set = 0; set < 5; set++) {
      const own = hard.filter((_, i) => i % 5 === set);
      expect(new Set(own.map(setOf)).size).toBe(1);
      expect(new Set(own.map((t) => t.seed)).size).toBe(seeds);
    }
    expect(at(main, n, true).map(setOf)).toEqual(hard.slice(0, 5).map(setOf));
  });

  it("has a student without the symmetry at two of laptop's sizes", () => {
    const plain = trainings("laptop", "control").filter((t) => t.options["student"] === "mlp" && !t.easy);
    expect(plain.map((t) => t.params["n"])).toEqual([8, 15]);
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
    const accuracies = [0.501, 0.99, 0.6, 0.508, 0.99]; // then further seeds
    const records = hard.map((task, i) => ended(task, accuracies[i] ?? 0.5));
    const further = degreeParityFollowUps("laptop", records);
    expect(further.map(({ options: { steps, ...options }, ...task }) => [steps, { ...task, options }])).toEqual(
      [hard[0]].map((task) => [16_000, task]),
    ); // prettier-ignore
    expect(degreeParityFollowUps("laptop", records.toReversed())).toEqual(further);
  });

  it("is empty at the quick scale", () => {
    const records = trainings("quick", "main").map((task) => ended(task, 0.5));
    expect(degreeParityFollowUps("quick", records)).toEqual([]);
  });
});
