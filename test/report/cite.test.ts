import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { Source } from "../../src/base/reference.ts";
import { parseWith } from "../../src/base/schema.ts";
import { losses } from "../../src/engine/train/loss.ts";
import { optimisers } from "../../src/engine/train/optimiser.ts";
import { studies } from "../../src/study/registry.ts";
import type { Task } from "../../src/run/task.ts";
import { families } from "../../src/family/registry.ts";
import { trainSchema } from "../../src/learner/training-options.ts";
import { learners } from "../../src/learner/registry.ts";
import { bibtex, referencesOf, sources } from "../../src/report/cite.ts";
import { entries } from "../../src/report/references.ts";

const cff = readFileSync(resolve(import.meta.dirname, "../../CITATION.cff"), "utf8");
const record = (task: Partial<Task>, version = "0.1.0") => ({
  task: { params: {}, options: {}, seed: 0, ...task } as Task,
  measurement: { version },
});
const cited = { families, learners, studies };
const keys = (...tasks: Partial<Task>[]): string[] =>
  referencesOf(
    tasks.map((t) => record(t)),
    cited,
  ).map((r) => r.key);

describe("what to cite", () => {
  const family = "gnn-degree-parity";

  it("the paper and the program always, the rest where it was used", () => {
    expect(keys({ kind: "train", family, options: { optimizer: "sgd", init: "teacher" } })).toEqual(["kiani2024", "equihard"]);
    expect(keys({ kind: "train", family })).toEqual(["kiani2024", "equihard", "kingma2015", "he2015"]);
    expect(keys({ kind: "learn", family, learner: "gradient-descent" })).toEqual(keys({ kind: "train", family }));
    expect(keys({ kind: "learn", family, learner: "f2-elimination" })).toEqual(["kiani2024", "equihard"]);
    expect(keys({ kind: "learn", family: "invariant-polynomial", learner: "growing-basis" })).toContain("andoni2014");
    expect(keys({ kind: "certify", family: "frame-parity" }).sort()).toEqual(["equihard", "feldman2017", "goel2020", "kearns1998", "kiani2024", "puny2022", "szorenyi2009"]);
  }); // prettier-ignore

  it("kernel ridge, the absolute loss, students, what a recipe runs", () => {
    const learn = (learner: string) => keys({ kind: "learn", family, learner });
    expect(learn("kernel-ridge")).toEqual(["kiani2024", "equihard", "saunders1998", "cho2009"]);
    const options = { loss: "l1", optimizer: "sgd", init: "teacher", student: "deep-sets" } as const;
    expect(keys({ kind: "train", family, options })).toEqual([
      "kiani2024",
      "equihard",
      "joshi2024",
      "zaheer2017",
    ]);
    expect(keys({ kind: "train", family: "frame-parity" })).toContain("puny2022");
    expect(keys({ kind: "recipe", family, recipe: "reduction-times" })).toContain("huangfu2018");
    const curve = { recipe: "sample-curve", params: { learner: "low-degree" } };
    expect(keys({ kind: "recipe", family, ...curve })).toContain("linial1993");
    const [, , loss] = referencesOf([record({ kind: "train", family, options })]);
    expect(loss.uses).toEqual(["loss l1"]);
  });

  it("what a family of one's own brings, once, after the program's bibliography", () => {
    const mine = {
      key: "me2026",
      type: "misc",
      fields: { author: "Me", title: "Mine", year: "2026" },
    } as const;
    const [first] = families;
    const bringing = (...references: readonly (string | Source)[]) =>
      referencesOf([record({ kind: "certify", family: "mine" })], {
        families: [{ ...first, id: "mine", references }],
        learners,
      });
    const references = bringing(mine, "goel2020");
    expect(references.at(-1)).toEqual({ ...mine, uses: ["family mine"] });
    expect(references.map((r) => r.key).filter((key) => key === "me2026" || key === "goel2020")).toEqual([
      "goel2020",
      "me2026",
    ]);
    expect(bibtex(references)).toContain("% family mine\n@misc{me2026,\n  author = {Me},");
    expect(() => bringing("goel2021")).toThrow(
      /^family mine: references: "goel2021" is no key .* "goel2020"\?$/,
    );
    for (const key of ["goel2020", "me2026"])
      expect(() => bringing(mine, { ...mine, key, fields: { title: "Another" } })).toThrow(
        `"${key}" is another work already`,
      );
  });

  it("has a line for everything registered, and for nothing else", () => {
    const registered: Record<keyof typeof sources, readonly string[]> = {
      student: [...new Set(families.flatMap((f) => Object.keys(f.students)))],
      loss: losses,
      optimizer: optimisers,
      "initial weights": ["he", "teacher"],
    };
    for (const [kind, names] of Object.entries(registered))
      expect([kind, Object.keys(sources[kind as keyof typeof sources]).sort()]).toEqual([
        kind,
        [...names].sort(),
      ]);
    // families, learners and recipes name their own
    const recipes = studies.flatMap(({ recipe }) => recipe ?? []);
    const named = [...families, ...learners, ...recipes].flatMap(({ references }) => references);
    expect(named.filter((key) => typeof key === "string" && !Object.hasOwn(entries, key))).toEqual([]);
    // the defaults that an absent option stands for
    const { loss, optimizer, init } = parseWith(trainSchema, {});
    expect([loss, optimizer, init]).toEqual(["squared", "adam", "he"]);
    for (const init of registered["initial weights"]) parseWith(trainSchema, { init });
  });

  it("each once, with all it is the source of, and the versions that made the records", () => {
    const references = referencesOf([
      record({ kind: "certify", family: "frame-parity" }),
      record({ kind: "certify", family: "frame-parity" }, "0.2.0"),
    ]);
    const goel = references.filter((r) => r.key === "goel2020");
    expect(goel.map((r) => r.uses)).toEqual([["certificates", "family frame-parity"]]);
    expect(references[1].fields["version"]).toBe("0.1.0, 0.2.0");
  });

  it("the same as CITATION.cff", () => {
    const [paper, tool] = referencesOf([record({ kind: "certify", family })]);
    expect(cff).toContain(`\ntitle: "${tool.fields["title"]}"\n`);
    expect(cff).toContain(`title: "${paper.fields["title"]}"`);
    expect(cff).toContain(`name: "${tool.fields["author"].replaceAll(/[{}]/g, "")}"`);
    const names = [...cff.matchAll(/family-names: (.*)\n\s+given-names: (.*)/g)].map((m) => `${m[1]}, ${m[2]}`);
    expect(paper.fields["author"]).toBe(names.join(" and "));
    expect(cff).toContain(`year: ${paper.fields["year"]}`);
  }); // prettier-ignore

  it("BibTeX with balanced braces, in ASCII", () => {
    const text = bibtex(referencesOf(["gnn-hidden-plane", "frame-parity", "invariant-polynomial"].flatMap((family) => [record({ kind: "certify", family }), record({ kind: "learn", family, learner: "low-degree" })])));
    let depth = 0;
    for (const c of text) {
      depth += c === "{" ? 1 : c === "}" ? -1 : 0;
      expect(depth).toBeGreaterThanOrEqual(0);
    }
    expect(depth).toBe(0);
    expect(text).toMatch(/^[\n -~]*$/);
    expect(text.match(/^@[a-z]+\{[a-z0-9]+,$/gm)).toHaveLength(11);
    expect(text).toContain(String.raw`author = {Sz{\"o}r{\'e}nyi, Bal{\'a}zs},`);
  }); // prettier-ignore
});
