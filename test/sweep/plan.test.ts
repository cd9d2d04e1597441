/** What a sweep's file becomes: trials counted by hand, complaints with their place, and no file that breaks the reader. */

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.ts";
import { taskId } from "../../src/run/task.ts";
import { builtIn } from "../../src/study/registry.ts";
import { readSpec } from "../../src/sweep/document.ts";
import { changesOf } from "../../src/sweep/identity.ts";
import { trialsOf } from "../../src/sweep/job.ts";
import { planSweep, type SweepPlan } from "../../src/sweep/plan.ts";
import { processorTime } from "../processor-time.ts";

const plan = async (text: string): Promise<SweepPlan> => planSweep(await readSpec(text, "s.yaml"), builtIn);
const cells = async (text: string) => [...(await plan(text)).cells()];
const head = "family: gnn-degree-parity\n";
const eight = `${head}parameters: { n: 8 }\n`;

describe("values", () => {
  it.each([
    ["[16, 8, 16]", [16, 8]],
    ["{ grid: [16, 8] }", [16, 8]],
    ["{ from: 8, to: 128, steps: 5, scale: log }", [8, 16, 32, 64, 128]],
    ["{ from: 8, to: 16, steps: 4 }", [8, 11, 13, 16]],
    ["{ from: 1, to: 3, steps: 9, scale: log }", [1, 2, 3]],
    ["32", [32]],
  ])("%s are %j, in this order", async (text, values) => {
    expect((await cells(`${eight}train: { width: ${text} }`)).map(({ options }) => options["width"])).toEqual(
      values,
    );
  });

  it("of numbers that need not be whole are not rounded", async () => {
    const rates = (await cells(`${eight}train: { lr: { from: 0.001, to: 0.1, steps: 3, scale: log } }`)).map(
      (c) => c.options["lr"],
    );
    expect(rates).toEqual([0.001, 0.01, 0.1]);
  });
});

describe("trials", () => {
  it("are all combinations, one seed after the other, each the trial that train and matrix would run", async () => {
    const p = await plan(
      `${head}parameters: { n: [6, 8] }\ntrain: { width: [8, 16], steps: 10 }\neasy: [false, true]\nseeds: 3`,
    );
    const tasks = [...trialsOf(p)];
    expect([p.count, tasks.length, new Set(tasks.map(taskId)).size]).toEqual([8, 24, 24]);
    expect(tasks.map((task) => "seed" in task && task.seed)).toEqual(
      [0, 1, 2].flatMap((seed) => Array(8).fill(seed) as number[]),
    );
    const params = builtIn.families[0].parse({ n: 6 }).json;
    const first = {
      kind: "train" as const,
      family: "gnn-degree-parity",
      params,
      seed: 0,
      easy: false,
      options: { width: 8, steps: 10 },
    };
    expect([tasks[0], taskId(tasks[0])]).toEqual([first, taskId(first)]);
  });

  it("zip what goes together, and keep what conditions allow", async () => {
    const zipped = await cells(
      `${head}parameters: { n: [6, 8, 10] }\ntrain: { width: [8, 16, 32] }\nzip: [[n, width]]`,
    );
    expect(zipped.map(({ values }) => [values["n"], values["width"]])).toEqual([
      [6, 8],
      [8, 16],
      [10, 32],
    ]);
    const kept = await cells(
      `${head}parameters: { n: [6, 8, 10] }\ntrain: { width: [8, 16, 32], pool: [mean, sum] }\nwhere: ["n * width <= 128", 'pool == "sum" or n > 6']`,
    );
    const expected = [6, 8, 10].flatMap((n) =>
      [8, 16, 32].flatMap((w) =>
        ["mean", "sum"].filter((p) => n * w <= 128 && (p === "sum" || n > 6)).map((p) => [n, w, p]),
      ),
    );
    expect(kept.map(({ values }) => [values["n"], values["width"], values["pool"]])).toEqual(expected);
  });

  it("take several families, each with parameters of its own", async () => {
    const found = await cells(
      'families:\n  gnn-degree-parity: { n: [6, 8] }\n  frame-parity: { group: ["cyclic:8", "cyclic:10", "cyclic:12"], k: 2 }\ntrain: { steps: 5 }',
    );
    expect(found.map(({ family }) => family)).toEqual([
      ...Array(2).fill("gnn-degree-parity"),
      ...Array(3).fill("frame-parity"),
    ]);
  });

  it("of another learner carry its options", async () => {
    const [task] = trialsOf(await plan(`${eight}learner: low-degree\nlearn: { samples: [1000] }`));
    expect(task).toMatchObject({ kind: "learn", learner: "low-degree", options: { samples: 1000 } });
  });
});

describe("complaints", () => {
  it.each([
    ["seedz: 3", /^s\.yaml:2:1: "seedz" is unknown; .*did you mean "seeds"\?/],
    ["train:\n  widht: 8", /^s\.yaml:3:3: train\.widht: "widht" is unknown; .*did you mean "width"\?/],
    [
      "parameters:\n  n: { gird: [6] }",
      /^s\.yaml:3:8: parameters\.n: "gird" is unknown; .*did you mean "grid"\?/,
    ],
    [
      "parameters: { n: [6, 2] }",
      /^s\.yaml:2:15: parameters\.n: 2 is too small \(of n=2\); allowed: an integer 3 to 10000/,
    ],
    [
      "parameters: { n: 8 }\ntrain: { width: [8, wide] }",
      /^s\.yaml:3:10: train\.width: "wide" does not fit \(of width="wide"\)/,
    ],
    [
      "train: { width: { from: 0, to: 8, steps: 3, scale: log } }",
      /^s\.yaml:2:10: train\.width: a log range/,
    ],
    [
      "train: { width: { from: 1, to: 8 } }",
      /^s\.yaml:2:17: train\.width: steps: missing|^s\.yaml:2:10: train\.width: steps: missing/,
    ],
    [
      "learner: low-degree\ntrain: { steps: 3 }",
      /^s\.yaml:3:1: train: is not read by low-degree; call it learn/,
    ],
    [
      "learner: low-degree\nlearn: { steps: 3 }",
      /^s\.yaml:3:10: learn\.steps: "steps" is unknown; allowed: samples, noise/,
    ],
    [
      "learner: parity-klass",
      /^s\.yaml:2:1: learner: "parity-klass" is unknown; .*did you mean "parity-class"\?/,
    ],
    ["zip: [[n]]", /^s\.yaml:2:8: zip\.0\.0: "n" is unknown|^s\.yaml:2:\d+: zip\.0\.0: "n" is unknown/],
    [
      "parameters: { n: [6, 7] }\ntrain: { width: [8] }\nzip: [[n, width]]",
      /^s\.yaml:4:\d+: zip: n has 2 values, width has 1/,
    ],
    ["where: n < 3", /^s\.yaml:2:1: where: "n" is unknown/],
    [
      "parameters: { n: [6, 7] }\nwhere: n < 3",
      /^s\.yaml:3:1: no combination of values meets the conditions/,
    ],
    ["parameters: { n: [6, 7] }\nwhere: n <", /^s\.yaml:3:1: where: the end stands where a value should/],
    [
      "bisect: { over: n, untill: x }",
      /^s\.yaml:2:20: bisect: "untill" is unknown; .*did you mean "until"\?/,
    ],
    [
      "parameters: { n: [6, 7] }\nbisect: { over: n, until: final_los < 1 }",
      /^s\.yaml:3:20: bisect\.until: "final_los" is unknown; .*did you mean "final_loss"\?/,
    ],
    [
      "parameters: { n: 8 }\nbisect: { over: width, until: final_loss < 1 }",
      /^s\.yaml:3:11: bisect\.over: "width" is unknown/,
    ],
    ["seeds: 0", /^s\.yaml:2:1: seeds/],
    [
      "seeds: 1000000\nparameters: { n: { from: 3, to: 1000, steps: 998 } }",
      /^s\.yaml:2:1: 998000000 trials are too many/,
    ],
    ["seeds: 3\nseeds: 4", /^s\.yaml:3:1: Map keys must be unique/],
    ["train: !!js/function 'x'", /^s\.yaml:2:8: Unresolved tag/],
    ["families: { frame-parity: {} }", /^s\.yaml:2:1: families: stands beside family/],
  ])("%s", async (text, message) => {
    const error = await plan(head + text).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain("\n");
  });

  it("JSON is read by the same reader, with its places", async () => {
    expect(
      (await plan('{"family": "gnn-degree-parity", "parameters": {"n": 8},\n "seeds": 4}')).seeds,
    ).toHaveLength(4);
    await expect(plan('{"family": "gnn-degree-parity",\n "seedz": 4}')).rejects.toThrow(
      /^s\.yaml:2:2: "seedz"/,
    );
  });
});

describe("a file that means harm", () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[..."bcdefghi"].map((c, i) => `${c}: &${c} [${Array(9).fill(`*${"abcdefgh"[i]}`).join(",")}]`).join("\n")}\n`;
  it.each([
    ["aliases that double", bomb],
    ["too long a text", `family: ${"x".repeat(2 ** 21)}`],
    ["lists without end", "[".repeat(100_000)],
    ["lists in lists of lines", "- ".repeat(100_000)],
    ["lines further and further in", Array.from({ length: 900 }, (_, i) => `${" ".repeat(i)}a:`).join("\n")],
    ["parentheses without end", `${head}parameters: { n: [6, 7] }\nwhere: "${"(".repeat(900)}"`],
    ["nothing", ""],
    ["a list", "[1, 2]"],
    ["a prototype", `${head}train: { __proto__: { width: 8 }, constructor: 3 }`],
  ])("%s is refused in a line, in time", async (_, text) => {
    const start = processorTime();
    const error = await plan(text).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(InputError);
    expect(processorTime() - start).toBeLessThan(5000);
  });

  it("is refused or understood, whatever is changed in one", async () => {
    const whole = `${head}parameters: { n: { from: 6, to: 10, steps: 3 } }\ntrain:\n  width: [8, 16]\n  steps: 10\nseeds: [0, 5]\nwhere: "n * width < 150"\nzip: []\nbisect: { over: n, until: "final_loss < 1", seeds: 5 }\n`;
    const change = fc.record({ at: fc.nat(whole.length), cut: fc.nat(12), put: fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom("{", "[", "&a ", "*a", "- ", ": ", "null", "1e999", "-1", "\n", "\t", "#")) }); // prettier-ignore
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const text = changes.reduce((t, { at, cut, put }) => t.slice(0, at) + put + t.slice(at + cut), whole);
        const found = await plan(text).catch((e: unknown) => e);
        if (found instanceof InputError) expect(found.message).not.toContain("\n");
        else expect(found).toHaveProperty("count"); // anything else thrown is a defect
      }),
      { numRuns: 300 },
    );
  });
});

it.each([
  [
    "seeds",
    "parameters: { n: { from: 5, to: 104, steps: 100 } }\ntrain: { lr: { from: 1e-4, to: 1e-1, steps: 100, scale: log } }\nseeds: 100",
  ],
  [
    "combinations",
    "parameters: { n: { from: 3, to: 1002, steps: 1000 } }\ntrain: { lr: { from: 1e-4, to: 1e-1, steps: 1000, scale: log } }\nwhere: n > 0 and lr < 1",
  ],
])("a million trials, by %s, are checked in 10 s of the processor and 1 GiB", async (_, text) => {
  const [start, before] = [processorTime(), process.memoryUsage().rss];
  const { count, seeds } = await plan(head + text);
  expect(count * seeds.length).toBe(1_000_000);
  expect((processorTime() - start) / 1000).toBeLessThan(10);
  expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 30);
});

it("differences are named field by field", () => {
  expect(changesOf({ a: { b: 1, c: 2 }, s: 3 }, { a: { b: 1, c: 4 }, t: 5 })).toEqual([
    { field: "a.c", before: "2", now: "4" },
    { field: "s", before: "3", now: "absent" },
    { field: "t", before: "absent", now: "5" },
  ]);
  expect(changesOf({ a: [1], b: 2 }, { b: 2, a: [1] })).toEqual([]);
});

it("the example of a bisection is the one whose outcomes bisection.test.ts holds", async () => {
  const path = resolve(import.meta.dirname, "../../examples/transition.yaml");
  const { spec, axis } = await plan(readFileSync(path, "utf8"));
  expect(axis("d").map(({ values }) => values)).toEqual([[64, 72, 80, 88, 96, 104, 112, 120, 128]]);
  expect(spec.bisect).toEqual({
    over: "d",
    until: "final_explained_variance < 0.5",
    seeds: 5,
    interval: false,
  });
});

it("the examples for a graphics card reach 1,000 at width 1,024; each engine's trials are its own", async () => {
  for (const name of ["planes", "frames"]) {
    const path = resolve(import.meta.dirname, `../../examples/graphics-card/${name}.yaml`);
    const text = readFileSync(path, "utf8");
    const [planned, elsewhere] = await Promise.all([text, text.replace("webgpu", "onnx")].map(plan));
    expect(planned.count).toBe(16);
    expect([...planned.cells()].every(({ options }) => options["width"] === 1024)).toBe(true);
    const ids = [planned, elsewhere].flatMap((p) => [...p.cells()].map((cell) => taskId(p.taskOf(cell, 0))));
    expect(new Set(ids).size).toBe(32);
  }
});
