/**
 * The rules of the layout. Counted by file, type imports included, unless a rule says otherwise; what is imported on demand is
 * counted where it says so.
 */

import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { circles, importsOf, reached, readImports, type Import, type Imports } from "./imports.ts";

const src = resolve(import.meta.dirname, "../src");
const imports = readImports(src);
const sources = [...imports.keys()];
const textOf = (file: string): string => readFileSync(join(src, file), "utf8");

/** What each folder may import beside itself: the theory below the families, families below learners, all below studies. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  base: [],
  numeric: ["base"],
  symmetry: ["base", "numeric"],
  distribution: ["base", "numeric"],
  engine: ["base"],
  network: ["base", "symmetry", "distribution", "engine"],
  query: ["base", "numeric", "distribution", "engine"],
  family: ["base", "numeric", "symmetry", "distribution", "engine", "network", "query"],
  learner: ["base", "numeric", "symmetry", "distribution", "engine", "network", "query", "family"],
  prover: ["base", "numeric", "symmetry", "distribution", "engine", "network", "query", "family"],
  reduction: ["base", "numeric", "network"],
  interop: ["base", "engine", "network"],
  run: ["base", "interop", "query", "family", "learner"],
  dataset: ["base", "numeric", "distribution", "engine", "network", "query", "family", "learner", "interop"],
  site: ["base"],
  suite: ["base", "family", "interop", "dataset", "query", "learner", "report"],
  sweep: ["base", "numeric", "family", "learner", "run"],
  report: ["base", "numeric", "family", "learner", "run"],
  diagnose: ["base", "numeric", "symmetry", "engine", "network", "family", "learner", "dataset", "report"],
  study: ["base", "numeric", "symmetry", "distribution", "engine", "network", "query", "family", "prover", "learner", "reduction", "run", "report", "sweep", "dataset", "diagnose"], // prettier-ignore
};
/** Above all the others: the command line and the doors of the package. */
const doors = ["cli"];

const folderOf = (file: string): string => (file.includes("/") ? file.split("/")[0] : "");

function wrongFolders(of: Imports): string[] {
  return [...of].flatMap(([file, list]) => {
    const allowed = mayImport[folderOf(file)];
    if (allowed === undefined) return [];
    return list
      .filter(
        (i) => i.inside && folderOf(i.target) !== folderOf(file) && !allowed.includes(folderOf(i.target)),
      )
      .map((i) => `${file} imports ${i.target}`);
  });
}

/** A layer that carries knows no family by name: only the registries reach into a family's folder, and its own files. */
function namedFamilies(of: Imports): string[] {
  const families = new Set([...of.keys()].flatMap((f) => /^family\/([^/]+)\/index\.ts$/.exec(f)?.[1] ?? []));
  const familyOf = (file: string): string | undefined => {
    const name = /^family\/([^/]+)\//.exec(file)?.[1];
    return name !== undefined && families.has(name) ? name : undefined;
  };
  return [...of].flatMap(([file, list]) =>
    list.flatMap((i) => {
      const named = i.inside ? familyOf(i.target) : undefined;
      const known =
        /^family\/(registry|neighbours)\.ts$/.test(file) ||
        familyOf(file) === named ||
        /^(study|cli)\//.test(file);
      return named === undefined || known ? [] : [`${file} knows ${i.target}`];
    }),
  );
}

const isNode = ({ target, inside }: Import): boolean =>
  !inside && (isBuiltin(target) || target === "onnxruntime-node" || target === "tinypool");

/** Node modules that a file loads, at once or on demand; what is Node's own by its name only on demand. */
function nodeModules(of: Imports, from: string): string[] {
  const portable = (i: Import): boolean => !i.type && !(i.lazy && i.target.endsWith(".node.ts"));
  return [...reached(of, from, portable)].flatMap(([file, path]) =>
    (of.get(file) ?? []).filter((i) => isNode(i) && !i.type).map((i) => `${path.join(" > ")} > ${i.target}`),
  );
}

/**
 * What a verifier may have in common with its certifier: definitions of what is certified, and the arithmetic in which claims
 * are compared. Everything else that a certifier reaches, it computes with.
 */
const definitions: readonly RegExp[] = [
  /^base\//, // documents, keys, random streams
  /^distribution\//, // the input laws
  /^numeric\/(rational|integers|rounding)\.ts$/, // exact rationals, directed rounding
  /\/(params|evidence)\.ts$/, // the class's parameters and the form of its evidence
  /^family\/gnn-degree-parity\/samples\.ts$/, // which graphs a seed stands for, and how often a limit may fail
  /^prover\/(class|layered)\.ts$/, // what a searched network computes, and the random weights that a seed stands for
  /^network\/initialise\.ts$/, // the random weights of a deep one
  /^prover\/(sample-key|concentration)\.ts$/, // which inputs a seed stands for, and how often a limit may fail
  /^query\/listed-evidence\.ts$/,
  /^query\/own-class\/labels\.ts$/, // a class that is given by its values
  /^family\/parameter\/(graph|group)-parameter\.ts$/, // the graph or group that is named
  /^family\/plane\/(plane|polygon)\.ts$/, // the planes that a seed draws, and the function on one
  /^symmetry\/invariants\.ts$/, // the invariants and their laws ...
  /^symmetry\/(power-spectrum|rotation-lengths|minkowski-lengths)\.ts$/,
  /^numeric\/(orthonormal|chi-square-difference|binomial)\.ts$/, // ... with their polynomials, which no certifier of a built-in class evaluates
];
/** Named and generated groups themselves; how their elements are counted is no verifier's (see `countsByIndex`). */
const groups = reached(imports, "symmetry/groups.ts", (i) => !i.type);

/** Files that verifiers reach beside definitions. */
const verifiersOwn = (of: Imports, verifier: string): Map<string, string[]> =>
  new Map(
    [...reached(of, verifier, (i) => !i.type)].filter(
      ([file]) => !groups.has(file) && !definitions.some((d) => d.test(file)),
    ),
  );

/** Files by which a verifier reaches what its certifier computes with. */
function sharedComputation(of: Imports, verifier: string): string[] {
  const certifiers = reached(of, verifier.replace("verifier.ts", "certificate.ts"), (i) => !i.type);
  const own = verifiersOwn(of, verifier);
  return [...own].filter(([file]) => certifiers.has(file)).map(([, path]) => path.join(" > "));
}

/** A group's cycle index is what certifiers count elements by, wherever it is asked for. */
const countsByIndex = (text: string): boolean => /\.(cycleIndex|cycleTypes|elementsRunThrough)/.test(text);

/** A few files that import as described, from a file's name to its text. */
const drawn = (files: Readonly<Record<string, string>>): Imports =>
  new Map(Object.entries(files).map(([name, text]) => [name, importsOf(name, text)]));

describe("the layout", () => {
  it("has a row for every folder", () => {
    const folders = [...new Set([...imports.keys()].map(folderOf))].filter(
      (f) => f !== "" && !doors.includes(f),
    );
    expect(folders.sort()).toEqual(Object.keys(mayImport).sort());
  });

  it("every folder imports only what its row allows", () => {
    expect(wrongFolders(imports)).toEqual([]);
    const wrong = drawn({
      "numeric/a.ts": 'import { f } from "../family/family.ts";',
      "query/b.ts": 'import type { F } from "../family/family.ts";\nexport * from "./c.ts";',
      "query/c.ts": 'const f = () => import("../learner/learner.ts"); import "../base/json.ts";',
    });
    expect(wrongFolders(wrong)).toEqual([
      "numeric/a.ts imports family/family.ts",
      "query/b.ts imports family/family.ts",
      "query/c.ts imports learner/learner.ts",
    ]);
  });

  it("has no circles between files, type imports included", () => {
    expect(circles(imports, (i) => !i.lazy)).toEqual([]);
    const wrong = drawn({
      "a.ts": 'import type { B } from "./b.ts";',
      "b.ts": 'export { c } from "./c.ts";',
      "c.ts": 'type A = import("./a.ts").A;',
      "d.ts": 'import "./a.ts";',
    });
    expect(circles(wrong, (i) => !i.lazy)).toEqual([["a.ts", "b.ts", "c.ts"]]);
  });

  it("has no circles between scripts, which wait for what they import wherever they do", () => {
    expect(circles(readImports(resolve(src, "../scripts")), () => true)).toEqual([]);
    const wrong = drawn({
      "build.mjs": 'await (await import("./lab.mjs")).built();',
      "lab.mjs": 'import { newest } from "./build.mjs";',
    });
    expect(circles(wrong, () => true)).toEqual([["build.mjs", "lab.mjs"]]);
  });

  it("names families nowhere but in the registries and in studies made for one", () => {
    expect(namedFamilies(imports)).toEqual([]);
    const wrong = drawn({
      "family/one/index.ts": "",
      "learner/a.ts": 'import { one } from "../family/one/index.ts";',
      "family/two/index.ts": 'import { one } from "../one/index.ts";',
      "family/registry.ts": 'import { one } from "./one/index.ts";',
    });
    expect(namedFamilies(wrong)).toEqual(["learner/a.ts knows family/one/index.ts", "family/two/index.ts knows family/one/index.ts"]); // prettier-ignore
  });

  it("keeps verifiers from all that their certifiers compute with", () => {
    const verifiers = sources.filter((f) => f.endsWith("/verifier.ts"));
    expect(verifiers.length).toBeGreaterThan(5);
    for (const verifier of verifiers) {
      expect(sharedComputation(imports, verifier), verifier).toEqual([]);
      const counting = [...verifiersOwn(imports, verifier).keys()].filter((f) => countsByIndex(textOf(f)));
      expect(counting, verifier).toEqual([]);
    }
    const wrong = drawn({
      "family/one/certificate.ts": 'import { bound } from "./bound.ts";\nimport { p } from "./params.ts";',
      "family/one/bound.ts": 'import { eigen } from "../../numeric/eigen.ts";',
      "family/one/params.ts": "",
      "numeric/eigen.ts": "",
      "family/one/verifier.ts": 'import { p } from "./params.ts";\nimport { check } from "./check.ts";\nimport type { B } from "./bound.ts";',
      "family/one/check.ts": 'import { eigen } from "../../numeric/eigen.ts";',
    }); // prettier-ignore
    expect(sharedComputation(wrong, "family/one/verifier.ts")).toEqual([
      "family/one/verifier.ts > family/one/check.ts > numeric/eigen.ts",
    ]);
    expect(countsByIndex("yield* group.cycleIndexSteps()")).toBe(true);
    expect(countsByIndex("group.order()")).toBe(false);
  });

  it("keeps Node modules out of what the library's door reaches", () => {
    expect(nodeModules(imports, "index.ts")).toEqual([]);
    const wrong = drawn({
      "index.ts": 'export { a } from "./a.ts";\nimport type { T } from "./types.ts";',
      "a.ts": 'export const a = async () => [await import("./b.ts"), await import("./c.node.ts")];',
      "b.ts": 'import { hash } from "node:crypto";',
      "c.node.ts": 'import { readFileSync } from "node:fs";',
      "types.ts": 'import "node:os";',
    });
    expect(nodeModules(wrong, "index.ts")).toEqual(["index.ts > a.ts > b.ts > node:crypto"]);
  });

  it("keeps Node modules out of the lab: out of its page, and of the workers that compute for it", () => {
    const root = resolve(src, "..");
    const below = (i: Import): Import => (i.inside ? { ...i, target: `src/${i.target}` } : i);
    const ours = [...imports].map(([file, list]) => [`src/${file}`, list.map(below)] as const);
    const all = new Map([...ours, ...readImports(join(root, "lab"), root)]);
    for (const entry of ["lab/main.ts", "lab/work/worker.ts"]) {
      expect(reached(all, entry, () => true).size).toBeGreaterThan(20);
      expect(nodeModules(all, entry)).toEqual([]);
    }
    const wrong = drawn({
      "lab/work/worker.ts": 'const jobs = { own: () => import("./own.ts") };',
      "lab/work/own.ts": 'import { read } from "../../src/read.ts";',
      "src/read.ts": 'import { readFileSync } from "fs";',
    });
    expect(nodeModules(wrong, "lab/work/worker.ts")).toEqual([
      "lab/work/worker.ts > lab/work/own.ts > src/read.ts > fs",
    ]);
  });
});

/** A wall clock may be set back or forth: it dates records, and measures nothing. */
const readsWallClock = (text: string): boolean => /\bDate\.now\b|\bnew Date\(\)(?!\.toISOString)/.test(text);

describe("time", () => {
  it("is measured by the monotonic clock everywhere", () => {
    expect(sources.filter((f) => readsWallClock(textOf(f)))).toEqual([]);
  });

  it("by the wall clock is found (negative control)", () => {
    expect(["Date.now()", "+new Date()", "new Date().getTime()"].every(readsWallClock)).toBe(true);
    expect(["new Date().toISOString()", "performance.now()"].some(readsWallClock)).toBe(false);
  });

  it("is judged by a clock where nothing else is at work: in timed suites alone", () => {
    const tests = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" });
    const beside = tests.filter((f) => f.endsWith(".test.ts") && !f.endsWith(".timed.full.test.ts"));
    const clocks = /\bperformance\.now\(|\bloadavg\b|\bhrtime\b/;
    const found = beside.filter((f) => clocks.test(readFileSync(join(import.meta.dirname, f), "utf8")));
    expect(found).toEqual(["architecture.test.ts"]); // which names them
    expect(beside.length).toBeGreaterThan(200);
  });
});

/** One writer serves all files; `openSync(path, "r")` and its flags without waiting only read. */
const reads = String.raw`\w+, (?:"r"|constants\.O_RDONLY \| constants\.O_NONBLOCK)\)`;
const writing = String.raw`\b(?:(?:writeFile|writeSync|appendFile|createWriteStream|copyFile)\w*\b|openSync\((?!${reads}))`;
const writesByItself = (text: string): boolean => new RegExp(writing).test(text);

describe("writing", () => {
  it("is done by base/write.node.ts alone, but for what goes to the terminal", () => {
    const own = sources.filter((f) => writesByItself(textOf(f)));
    expect(own.sort()).toEqual(["base/write.node.ts", "cli/streams.ts"]);
    const flags = "openSync(path, constants.O_RDONLY | constants.O_NONBLOCK";
    for (const text of ["writeFileSync(path, text)", 'openSync(path, "wx")', `${flags} | constants.O_CREAT)`])
      // negative controls
      expect(writesByItself(text)).toBe(true);
    for (const text of ['openSync(path, "r")', `${flags})`]) expect(writesByItself(text)).toBe(false);
  });
});
