/** The board is computed from scores: order, transitions, and what our own learners' lines hold. */

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parseWith } from "../../src/base/schema.ts";
import { boardPage } from "../../src/suite/board.ts";
import { boardSchema, type Submission } from "../../src/suite/document.ts";
import { ownName, scoreLearner } from "../../src/suite/own.ts";
import { suite } from "../../src/suite/suite.ts";
import { pageHtml } from "../../src/report/page.ts";

const kept = readFileSync(resolve(import.meta.dirname, "../../kept/suite.jsonl"), "utf8")
  .trim()
  .split("\n");
const own = kept.map((line, i) => parseWith(boardSchema, JSON.parse(line), `line ${i + 1}`));

const planes = suite.filter(({ family, easy }) => family === "gnn-hidden-plane" && !easy);
const control = { correlation: 0, shuffled: 0, p: 1 };
const submission = (name: string, learned: number): Submission => ({
  schema: "equihard.score/1",
  suite: "equihard-suite/1",
  submission: name,
  entries: planes.map((entry, i) => {
    const explainedVariance = i < learned ? 0.9 : 0.1;
    const [low, high] = [explainedVariance - 0.05, explainedVariance + 0.05];
    const grade = {
      examples: 100,
      explainedVariance,
      standardError: 0.02,
      low,
      high,
      accuracy: null,
      control,
    };
    return { name: entry.name, seed: 0, grade, verdict: "learned", against: null };
  }),
});

describe("the board", () => {
  it("has whoever gets further above, by transitions computed from the grades", () => {
    const page = boardPage([submission("short", 1), submission("<far>", 3), submission("none", 0)]);
    const section = page.sections.find(({ id }) => id === "gnn-hidden-plane");
    const [block] = section?.blocks ?? [];
    const rows = block.kind === "table" ? block.table.rows : expect.fail("no table");
    expect(rows.map(([name]) => name)).toEqual(["<far>", "short", "none"]);
    const between = Number(/d = ([\d.]+) \(/.exec(rows[0][1])?.[1]);
    expect(between).toBeCloseTo(16 * 2 ** 0.5, 0); // half-way between 16 and 32 on a logarithmic axis
    expect([rows[2][1], rows[2][3]]).toEqual(["below d = 4", "not graded"]);
    const html = pageHtml(page);
    expect(html).toContain("&lt;far&gt;");
    expect(html).not.toMatch(/<(?:link|img|script src)/);
  });

  it("has who learned few small sizes, and was graded at no other, below who gets further", () => {
    const { entries, ...rest } = submission("two sizes", 2);
    const page = boardPage([{ ...rest, entries: entries.slice(0, 2) }, submission("three", 3)]);
    const [block] = page.sections.find(({ id }) => id === "gnn-hidden-plane")?.blocks ?? [];
    const rows = block.kind === "table" ? block.table.rows : expect.fail("no table");
    expect(rows.map(([name]) => name)).toEqual(["three", "two sizes"]);
  });

  it("says what was left out, and what was spent where that is known", () => {
    const { entries, ...rest } = submission("ours", 2);
    const graded = entries.slice(0, 3).map((entry) => ({ ...entry, processorSeconds: 1.4 }));
    const notRun = ["gnn-hidden-plane.d32.hard", "gnn-hidden-plane.d4.easy", "frame-parity.n6.hard"];
    const page = boardPage([{ ...rest, entries: graded, notRun }, submission("theirs", 1)]);
    const rowsOf = (family: string) => {
      const [block] = page.sections.find(({ id }) => id === family)?.blocks ?? [];
      return block.kind === "table" ? block.table.rows : expect.fail("no table");
    };
    const [ours, theirs] = rowsOf("gnn-hidden-plane");
    expect(ours[1]).toMatch(/^d = 11\.3/);
    expect(ours.slice(2)).toEqual(["4, 8, 16, 32 not run", "not run", "4 not run", "5 s"]);
    expect(theirs.slice(2)).toEqual(["4, 8, 16, 32, 64", "not graded", "", ""]);
    expect(rowsOf("frame-parity")).toEqual([["ours", "not run", "6 not run", "not graded", "", ""]]);
  });

  it("shows our own learners, whose lines are what grading them gives now", async () => {
    expect(pageHtml(boardPage(own))).toContain(own[0].submission);
    const { entries } = own.find((one) => one.submission === "f2-elimination") ?? expect.fail("no such line");
    const entry = suite.find(({ name }) => name === "gnn-degree-parity.n8.hard") ?? expect.fail("no entry");
    const now = await scoreLearner({ learner: "f2-elimination", options: {} }, entry, 0);
    const then = entries.find(({ name }) => name === entry.name);
    expect(then?.grade).toEqual(now?.grade);
    expect(then?.verdict).toBe(now?.verdict);
  });

  it("names every entry of our own once, as graded or as not run", () => {
    const students = ["gnn", "gin", "attention", "mlp"].map(
      (s) => `gradient-descent --student ${s} --samples 256000`,
    );
    const names = own.map(({ submission: of }) => of);
    expect(names).toEqual(
      expect.arrayContaining(["low-degree", "label-transform", "gradient-descent", ...students]),
    );
    const known = suite.map(({ name }) => name);
    for (const { submission: of, entries, notRun = [] } of own) {
      const all = [...entries.map(({ name }) => name), ...notRun];
      expect(new Set(all).size, of).toBe(all.length);
      expect(all.filter((name) => !known.includes(name))).toEqual([]);
      expect(all.length, of).toBeGreaterThan(0);
    }
  });

  it("gives a learner the student and the examples that it is told, where the family has it", async () => {
    const [plane] = planes;
    const told = (student: string) => ({ learner: "gradient-descent", options: { student, samples: 2560 } });
    expect(ownName(told("gin"))).toBe("gradient-descent --student gin --samples 2560");
    const [gin, mlp] = [await scoreLearner(told("gin"), plane, 0), await scoreLearner(told("mlp"), plane, 0)];
    expect(gin?.grade).not.toEqual(mlp?.grade);
    expect(await scoreLearner(told("group-cnn"), plane, 0)).toBeNull();
    const other = { learner: "kernel-ridge", options: { student: "gin" } };
    await expect(scoreLearner(other, plane, 0)).rejects.toThrow(/--student: not read by kernel-ridge/);
  });

  it("refuses what is no score (negative control)", () => {
    const { suite: _, ...rest } = submission("x", 1);
    expect(() => parseWith(boardSchema, rest, "x.json")).toThrow(/x\.json/);
  });
});
