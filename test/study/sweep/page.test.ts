/** The report of a sweep says what its records say: made-up ones, whose curves, exponents and transitions are known. */

import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { mean } from "../../../src/base/statistics.ts";
import { latexTable } from "../../../src/report/latex.ts";
import { figuresOf } from "../../../src/report/page.ts";
import type { StoredRecord } from "../../../src/run/record.ts";
import type { Task } from "../../../src/run/task.ts";
import { builtIn } from "../../../src/study/registry.ts";
import { compare } from "../../../src/study/sweep/compare.ts";
import { sweepReport } from "../../../src/study/sweep/page.ts";
import { outcomeIn, readSweep } from "../../../src/study/sweep/read.ts";
import { readSpec } from "../../../src/sweep/document.ts";
import { trialsOf } from "../../../src/sweep/job.ts";
import { planSweep, type SweepPlan } from "../../../src/sweep/plan.ts";
import { trainedRecord } from "../records.ts";

const { document } = parseHTML("<html><body></body></html>");
const plan = async (text: string): Promise<SweepPlan> =>
  planSweep(await readSpec(text, "test.yaml"), builtIn);
const sizes = [4, 8, 16, 32, 64];
const planes = `family: gnn-hidden-plane\nparameters: { n: 1, k: [2, 4], d: [${sizes.join(", ")}] }\n`;
const grid = `${planes}train: { lr: [0.001, 0.004] }\nseeds: 3\n`;

type Training = Extract<Task, { kind: "train" }>;
type At = Pick<Training, "params" | "seed">;
/** What is left unexplained: (d / 24)^(k / 8) / 2 times a factor of the seed's, 0.4 to 1.6. */
const unexplained = ({ params, seed }: At): number =>
  (Number(params["d"] ?? params["n"]) / 24) ** (Number(params["k"] ?? 2) / 8) * (0.4 + 0.6 * seed) * 0.5;
const curve = (end: number) =>
  [1, 0.5].map((share, i) => ({ step: 10 * i, loss: end + share, accuracy: null }));
const recorded = (task: Task): StoredRecord => {
  const left = unexplained(task as Training);
  const final = { loss: left, explainedVariance: 1 - left, accuracy: null };
  return trainedRecord(task as Training, final, { curve: curve(left) });
};
const made = async (text: string, keep: (task: Training) => boolean = () => true) => {
  const of = await plan(text);
  const records = [...trialsOf(of)].filter((task) => keep(task as Training)).map(recorded);
  return { data: readSweep(of, records), records };
};
const reported = async (text: string, keep?: (task: Training) => boolean) => {
  const { data, records } = await made(text, keep);
  return {
    data,
    ...sweepReport({ name: "test", data, records, comparison: null, provenance: ["Made up."] }, document),
  };
};

describe("the report of a grid", async () => {
  const { data, page, tables, fits, transitions } = await reported(grid);
  const rowsOf = (name: string) => figuresOf(page.sections).find((f) => f.name === name)?.rows ?? [];

  it("has a row a combination, with mean and range of its seeds, in table and figure alike", () => {
    expect(tables["cells"].rows).toHaveLength(20);
    const expected = (k: number, d: number): number[] =>
      [0, 1, 2].map((seed) => 1 - unexplained({ params: { k, d }, seed }));
    const at = tables["cells"].rows.find(([k, d, lr]) => k === "4" && d === "16" && lr === "0.001") ?? [];
    const values = expected(4, 16);
    expect(at.slice(3).map(Number)).toEqual(
      [3, mean(values), Math.min(...values), Math.max(...values)].map((x) => Number(x.toPrecision(4))),
    );
    const shown = rowsOf("outcome");
    expect(shown).toHaveLength(20);
    for (const row of shown) {
      const { k, d } = {
        k: Number(/k=(\d)/.exec(Object.values(row).join(" "))?.[1] ?? row["k"]),
        d: Number(row["d"]),
      };
      expect(row["mean"]).toBeCloseTo(mean(expected(k, d)), 12);
    }
    expect(rowsOf("heat")).toHaveLength(20);
    expect(rowsOf("parallel")).toHaveLength(20);
  });

  it("finds the exponents that were put in, and intervals that hold them", () => {
    const along = fits.filter(({ axis, quantity }) => axis === "d" && quantity === "unexplained share");
    expect(along).toHaveLength(4);
    for (const { at, slope, interval, fit } of along) {
      const wanted = at.includes("k=4") ? 0.5 : 0.25;
      expect(slope).toBeCloseTo(wanted, 10);
      expect(interval?.every((end) => Math.abs(end - wanted) < 1e-9)).toBe(true); // every seed has the same exponent
      expect(fit).toBeCloseTo(1, 10);
    }
  });

  it("shows where a half of the variance stops being explained, by the majority of the seeds", () => {
    expect(JSON.stringify(page)).toContain(
      'the condition \\"final_explained_variance < 0.5\\" begins to hold along d',
    );
    // of seed 1, the median, a half is left unexplained at d = 24
    const found = transitions.map(({ transition }) => transition?.between);
    expect(found).toEqual(Array.from({ length: 4 }, () => [16, 32]));
  });

  it("shows losses in the course of training, and draws every figure", () => {
    expect(rowsOf("training").filter(({ step }) => step === 10)).toHaveLength(20);
    for (const { svg } of figuresOf(page.sections)) expect(svg).toMatch(/^<svg [^]*<\/svg>$/);
    expect(page.lead).toMatch(/^60 of 60 trials have finished\. /);
    expect(data.axes.map(({ name }) => name)).toEqual(["k", "d", "lr"]);
  });
});

it("of a bisection shows the transitions in every cell of the rest, and what was not tried is missing, not 0", async () => {
  const text = `${planes}bisect: { over: d, until: "final_explained_variance < 0.8", seeds: 5 }\n`;
  const { transitions, tables, page } = await reported(text, ({ params }) => params["k"] === 2);
  expect(transitions.map(({ values, transition }) => [values, transition === null])).toEqual([
    [{ k: 2 }, false],
    [{ k: 4 }, true],
  ]);
  expect(tables["transitions"].rows[1]).toContain("not found yet");
  expect(tables["cells"].rows).toHaveLength(5);
  expect(page.lead).toMatch(/^25 trials have finished; the whole grid has 50\./);
});

it("of several families is a part each, with the names that the family has", async () => {
  const several =
    "families: { gnn-hidden-plane: { n: 1, k: 2, d: [4, 8] }, gnn-degree-parity: { n: [6, 8] } }\n";
  const { page, tables } = await reported(`${several}train: { pool: [mean, sum] }\n`);
  const drawn = figuresOf(page.sections).map(({ name, rows }) => [name, rows.length, Object.keys(rows[0])]);
  expect(drawn).toContainEqual(["gnn-hidden-plane-heat", 4, ["d", "pool", "mean"]]);
  expect(drawn).toContainEqual(["gnn-degree-parity-heat", 4, ["n", "pool", "mean"]]);
  expect(new Set(drawn.map(([name]) => name)).size).toBe(drawn.length);
  expect(tables["cells"].rows[0].slice(0, 4)).toEqual(["gnn-hidden-plane", "1", "2", "4"]);
});

it("a training that diverged has explained nothing, and its loss is none; labels that are no classes have no accuracy", () => {
  const task = {
    kind: "train",
    family: "gnn-hidden-plane",
    params: {},
    seed: 0,
    easy: false,
    options: {},
  } as const;
  const final = { loss: null, explainedVariance: null, accuracy: null };
  const diverged = trainedRecord(task, final, { stopped: "diverged" });
  expect([outcomeIn(diverged, "final_explained_variance"), outcomeIn(diverged, "final_loss")]).toEqual([
    0,
    null,
  ]);
  expect(outcomeIn(trainedRecord(task, { accuracy: null }), "final_accuracy")).toBeNull();
});

it("two sweeps are compared at the values that both have, and their files field by field", async () => {
  const here = await made(grid);
  const there = await made(`${planes}train: { lr: [0.001, 0.002] }\nseeds: 2\n`);
  const { differences, cells } = compare(here.data, there.data, ["here", "there"]);
  expect(differences.rows.map(([field]) => field)).toEqual(["train.lr", "seeds"]);
  expect(cells.head).toEqual(["k", "d", "lr", "here", "there", "difference", "trials"]);
  expect(cells.rows).toHaveLength(10); // lr = 0.001 only
  const [row] = cells.rows;
  const of = (seeds: number[]): number =>
    mean(seeds.map((seed) => 1 - unexplained({ params: { k: 2, d: 4 }, seed })));
  const means = [of([0, 1, 2]), of([0, 1]), of([0, 1]) - of([0, 1, 2])];
  const shown = means.map((x) => String(Number(x.toPrecision(4))));
  expect(row.slice(0, 6)).toEqual(["2", "4", "0.001", ...shown]);
});

it("tables are LaTeX that LaTeX reads", () => {
  expect(
    latexTable({
      head: ["name_a", "R²"],
      rows: [
        ["50 % & {x}", "1.5"],
        ["a\\b", "-"],
      ],
    }),
  ).toBe(
    [
      "\\begin{tabular}{lr}",
      "\\hline",
      "name\\_a & R$^2$ \\\\",
      "\\hline",
      "50 \\% \\& \\{x\\} & 1.5 \\\\",
      "a\\textbackslash{}b & - \\\\",
      "\\hline",
      "\\end{tabular}",
      "",
    ].join("\n"),
  );
});
