/** Plan and report are assembled from whatever studies there are. */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseHTML } from "linkedom";
import { afterAll, describe, expect, it } from "vitest";
import { everyFamily } from "../../src/family/neighbours.ts";
import { familyById } from "../../src/family/registry.ts";
import { readOptions } from "../../src/learner/gradient-descent.ts";
import { learnerById } from "../../src/learner/registry.ts";
import { figureOf } from "../../src/report/figure.ts";
import { figure, merged, paragraph, type Section } from "../../src/report/page.ts";
import { recordOf } from "../../src/run/store/files.ts";
import { taskId, type Task } from "../../src/run/task.ts";
import { builtIn, studies } from "../../src/study/registry.ts";
import { writeReport } from "../../src/study/report.ts";
import { plan } from "../../src/study/reproduce.ts";
import { scales } from "../../src/study/scale.ts";
import { recipeTask, type Study } from "../../src/study/study.ts";
import { planes } from "../../src/study/planes/study.ts";

const dir = mkdtempSync(join(tmpdir(), "equihard-report-"));
afterAll(() => rmSync(dir, { recursive: true }));
const { document } = parseHTML("<html><body></body></html>");
const context = { scale: "quick", missing: "Nothing.", document } as const;

const task = (seed: number): Task => recipeTask("none", "gnn-degree-parity", { seed });

/** A study that shows always the same. */
const showing = (id: string, ...sections: readonly Section[]): Study => ({
  id,
  tasks: () => ({}),
  read: () => id,
  sections: () => Promise.resolve(sections),
});
const section = (id: string, text: string, title = id): Section => ({ id, title, blocks: [paragraph(text)] });

describe("the plan", () => {
  const study = (id: string, first: number, main: number, last: number): Study => ({
    ...showing(id),
    tasks: () => ({ first: [task(first)], main: [task(main)], last: [task(last)] }),
  });

  it("takes all studies' first tasks, then their main ones, then the last, each once", () => {
    const tasks = plan([study("a", 1, 2, 3), study("b", 4, 1, 5)], { scale: "quick", catalogue: builtIn });
    expect(tasks).toEqual([1, 4, 2, 3, 5].map(task));
  });

  it("has a certificate for every n of the main family", () => {
    const certified = plan(studies, { scale: "quick", catalogue: builtIn }).flatMap((t) =>
      t.kind === "certify" && t.family === "gnn-degree-parity" ? [t.params["n"]] : [],
    );
    expect(certified).toEqual(expect.arrayContaining([6, 8, 10, 12, 15]));
  });

  it.each(scales)("at %s asks for no option that nobody reads: it would be refused", (scale) => {
    const unread = plan(studies, { scale, catalogue: builtIn }).flatMap((t) => {
      if (t.kind === "train") readOptions(familyById(t.family, everyFamily), t.options);
      if (t.kind !== "learn") return [];
      const { options }: { options: readonly string[] } = learnerById(t.learner);
      return Object.keys(t.options).filter((name) => !options.includes(name));
    });
    expect(unread).toEqual([]);
  });

  it("runs every recipe by the study that has it", () => {
    const recipes = plan(studies, { scale: "paper", catalogue: builtIn }).flatMap((t) =>
      t.kind === "recipe" ? [t.recipe] : [],
    );
    expect([...new Set(recipes)].sort()).toEqual(Object.keys(builtIn.recipes).sort());
  });
});

describe("the report", () => {
  it("merges sections of one id where the first stands", () => {
    const sections = merged([section("a", "1"), section("b", "2"), section("a", "3")]);
    expect(sections.map((s) => [s.id, s.blocks])).toEqual([
      ["a", [paragraph("1"), paragraph("3")]],
      ["b", [paragraph("2")]],
    ]);
    expect(() => merged([section("a", "1"), section("a", "2", "other")])).toThrow(
      /^section a: is called "a" by one study, "other" by another$/,
    );
  });

  it("shows just what the studies show, and who made the records", async () => {
    const silent: Study = { ...showing("silent", section("s", "never")), read: () => null };
    const record = recordOf(task(1), {}, { cpu: "a machine", node: "v1" });
    await writeReport(dir, [record], { ...context, studies: [showing("a", section("s", "shown")), silent] });
    const page = readFileSync(join(dir, "report.html"), "utf8");
    expect(page).toContain("<p>shown</p>");
    expect(page).not.toContain("never");
    expect(page).toMatch(/Scale quick; equihard [\d.]+, Node v1, a machine\./);
    expect(JSON.parse(readFileSync(join(dir, "records.jsonl"), "utf8"))).toMatchObject({
      id: taskId(task(1)),
    });
  });

  it("refuses two studies of one id, and two figures of one name", async () => {
    const twice = { ...context, studies: [showing("a"), showing("a")] };
    await expect(writeReport(dir, [], twice)).rejects.toThrow(/^study a: there are two of that id/);
    const drawn = figure(figureOf("f", "f", "<svg></svg>", []), "");
    const both = [1, 2].map((i) => showing(`${i}`, { id: `${i}`, title: "", blocks: [drawn] }));
    await expect(writeReport(dir, [], { ...context, studies: both })).rejects.toThrow(
      /^figure f: there are two of that name/,
    );
  });

  it("names the record whose result is not what its study's recipe returns", () => {
    const foreign = recordOf(recipeTask("planes", "gnn-hidden-plane", {}), { spreads: [], heat: 3 }, {});
    const scope = { scale: "quick", catalogue: builtIn } as const;
    expect(() => planes.read([foreign], scope)).toThrow(
      new RegExp(`^record ${foreign.id}: result: \\w+: (missing|.* does not fit)`),
    );
    expect(planes.read([], scope)).toBeNull();
  });
});
