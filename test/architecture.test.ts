/** The import rules of the layout: a folder imports only what its row names, and the lab's sources stay portable. */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const src = resolve(import.meta.dirname, "../src");

const below = ["base", "numeric", "symmetry", "distribution", "engine", "network"];
const mayImport: Record<string, string[]> = {
  base: [],
  numeric: ["base"],
  symmetry: ["base", "numeric"],
  distribution: ["base", "numeric"],
  engine: ["base"],
  network: ["base", "symmetry", "distribution", "engine"],
  // families and the theory still know each other, runs and studies too: the next commits part them
  family: [...below, "query"],
  query: [...below, "family"],
  learner: [...below, "query", "family"],
  reduction: ["base", "network", "numeric"],
  interop: ["base", "engine"],
  run: [...below, "interop", "query", "family", "learner", "study"],
  report: [...below, "family", "run", "study"],
  study: [...below, "query", "family", "learner", "reduction", "run", "report"],
};

/** Folders the lab is built from: nothing in them may reach a Node module, except where a file is Node-only by name. */
const portable = [
  "base",
  "numeric",
  "symmetry",
  "distribution",
  "engine",
  "network",
  "family",
  "query",
  "learner",
];
const nodeOnly = /\.node\.ts$/;

function files(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((e) =>
    e.isDirectory() ? files(join(dir, e.name)) : e.name.endsWith(".ts") ? [join(dir, e.name)] : [],
  );
}

function imports(file: string): { spec: string; dynamic: boolean }[] {
  const text = readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  const fixed = [...text.matchAll(/^\s*(?:import|export)\b[^;]*?from\s+"([^"]+)"|^\s*import\s+"([^"]+)"/gm)];
  const lazy = [...text.matchAll(/\bimport\(\s*"([^"]+)"\s*\)/g)];
  return [
    ...fixed.map((m) => ({ spec: m[1] ?? m[2], dynamic: false })),
    ...lazy.map((m) => ({ spec: m[1], dynamic: true })),
  ];
}

function violations(file: string, specs: readonly { spec: string; dynamic: boolean }[]): string[] {
  const folder = relative(src, file).split("/")[0];
  const allowed = mayImport[folder];
  return specs.flatMap(({ spec, dynamic }) => {
    const name = relative(src, file);
    if (spec.startsWith(".")) {
      const target = relative(src, resolve(dirname(file), spec)).split("/")[0];
      if (allowed !== undefined && target !== folder && !allowed.includes(target))
        return [`${name} imports ${target}/`];
      if (portable.includes(folder) && nodeOnly.test(spec) && !nodeOnly.test(file) && !dynamic)
        return [`${name} statically imports the Node-only ${spec}`];
      return [];
    }
    const isNode = spec.startsWith("node:") || spec === "onnxruntime-node";
    if (portable.includes(folder) && isNode && !nodeOnly.test(file)) return [`${name} imports ${spec}`];
    return [];
  });
}

describe("import rules", () => {
  it("hold in every source file", () => {
    const found = files(src).flatMap((f) => violations(f, imports(f)));
    expect(found).toEqual([]);
  });

  it("name every folder of src", () => {
    const folders = readdirSync(src, { withFileTypes: true }).filter((e) => e.isDirectory());
    const unknown = folders.map((e) => e.name).filter((f) => f !== "cli" && mayImport[f] === undefined);
    expect(unknown).toEqual([]);
  });

  it("reject a wrong import (negative control)", () => {
    const file = join(src, "numeric/example.ts");
    expect(violations(file, [{ spec: "../family/family.ts", dynamic: false }])).toHaveLength(1);
    expect(violations(file, [{ spec: "node:fs", dynamic: false }])).toHaveLength(1);
    expect(violations(file, [{ spec: "./other.ts", dynamic: false }])).toEqual([]);
  });
});

/** A wall clock may be set back or forth: it dates records, and measures nothing. */
const readsWallClock = (text: string): boolean => /\bDate\.now\b|\bnew Date\(\)(?!\.toISOString)/.test(text);

describe("time", () => {
  it("is measured by the monotonic clock everywhere", () => {
    expect(files(src).filter((f) => readsWallClock(readFileSync(f, "utf8")))).toEqual([]);
  });

  it("by the wall clock is found (negative control)", () => {
    expect(["Date.now()", "+new Date()", "new Date().getTime()"].every(readsWallClock)).toBe(true);
    expect(["new Date().toISOString()", "performance.now()"].some(readsWallClock)).toBe(false);
  });
});

/** One writer serves all files. */
const writesByItself = (text: string): boolean =>
  /\b(writeFile|writeSync|writeFileSync|appendFile|createWriteStream|openSync|copyFile)\w*\b/.test(text);

describe("writing", () => {
  it("is done by base/write.node.ts alone, but for what goes to the terminal", () => {
    const own = files(src).filter((f) => writesByItself(readFileSync(f, "utf8")));
    expect(own.map((f) => relative(src, f))).toEqual(["base/write.node.ts", "cli/streams.ts"]);
    expect(writesByItself("writeFileSync(path, text)")).toBe(true); // negative control
  });
});
