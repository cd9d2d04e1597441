/** The rules of reading hold in every file of the source, and find what breaks them. */

import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { doors } from "./package/doors.ts";
import {
  fileState,
  longFunctions,
  longLines,
  nestedConditionals,
  parse,
  undocumented,
  unformatted,
  type Rule,
} from "./reading.ts";

const src = resolve(import.meta.dirname, "../src");
const lab = resolve(import.meta.dirname, "../lab");
const textsBelow = (folder: string, before = ""): [string, ReturnType<typeof parse>][] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => [before + name, parse(readFileSync(join(folder, name), "utf8"), name)]);
const files = new Map([...textsBelow(src), ...textsBelow(lab, "lab/")]);

/** @param excused names of files that a rule is not held against, and why */
const faults = (rule: Rule, excused: Readonly<Record<string, string>> = {}): string[] =>
  [...files]
    .filter(([name]) => !Object.hasOwn(excused, name))
    .flatMap(([name, file]) => rule(file).map((fault) => `${name}:${fault}`));

/** Files that keep something from call to call, and why it has to be there. */
const stateful = {
  "base/cores.ts": "how many cores the process has to itself, of which nothing depends but the time",
  "cli/io.ts": "the files that this process has read: no output may be one of them",
  "cli/streams.ts": "standard output is one, and its failure comes when it likes",
  "distribution/erdos-renyi.ts": "row sums by the graphs they are of, weakly: gone with those",
  "engine/lower/model.ts": "the last few models, by the programs that they are of",
  "engine/run/matmul.ts": "the last few sessions, by shape",
  "engine/run/program.ts": "the one warning of the process, and whom it goes to",
  "lab/main.ts": "the room that is shown, of the one page that there is",
  "engine/run/session-cache.ts": "sessions that are in use, and the last few that were",
};

describe("in every source file", () => {
  it("lines have at most 120 columns", () => {
    expect(faults(longLines)).toEqual([]);
    expect(unformatted(parse("const a = 1; // prettier-ignore"))).toEqual(["1: prettier-ignore"]);
  });

  it("no conditional expression stands within another", () => {
    expect(faults(nestedConditionals)).toEqual([]);
    const nested = ["a ? b : c ? d : e", "f(a ? `${b ? c : d}` : e)", "(a ? b : c) ? d : e"];
    for (const text of nested) expect(nestedConditionals(parse(text))).toHaveLength(1);
    expect(nestedConditionals(parse("a ? b : c; d ? () => (e ? f : g) : h"))).toEqual([]);
  });

  it("nothing is kept from call to call", () => {
    expect(faults(fileState, stateful)).toEqual([]);
    const kept =
      "let a = 0;\nconst b = new Map<string, number>();\nexport const c = [];\nconst d: { [k: string]: 1 } = {};";
    expect(fileState(parse(kept))).toEqual(["1: a", "2: b", "3: c", "4: d"]);
    const fixed =
      "const a = 0, b = new Set([1]), c = [1];\nfunction f() { let x; }\nconst d: readonly number[] = [];";
    expect(fileState(parse(fixed))).toEqual([]);
  });

  it("functions have at most 60 lines", () => {
    expect(faults(longFunctions)).toEqual([]);
    const lines = (count: number): string => `const f = () => {${"\n".repeat(count - 1)}};`;
    expect(longFunctions(parse(lines(60)))).toEqual([]);
    expect(longFunctions(parse(lines(61)))).toEqual(["1: f has 61 lines"]);
  });
});

describe("what a user can import", () => {
  it("says what it is, and what it refuses", () => {
    const entries = Object.values(doors()).map((file) => relative(src, file));
    expect(undocumented(files, entries)).toEqual([]);
  });

  it("is found where it is declared (negative control)", () => {
    const texts = {
      "index.ts":
        'import type { T } from "./b/c.ts";\nexport { a as x, y } from "./b/c.ts";\nexport type { T };\nexport const own = 1;',
      "b/c.ts": [
        'export { y } from "../d.ts";\n/** What a is. */\nexport const a = (n: number) => { if (n < 0) reject({}); };',
        "// no comment for users\nexport interface T {}",
      ].join("\n"),
      "d.ts":
        "/** What y is. @throws InputError for 0 */\nexport function y(n: number) { if (n === 0) reject({}); }",
    };
    const drawn = new Map(Object.entries(texts).map(([name, text]) => [name, parse(text, name)]));
    expect(undocumented(drawn, ["index.ts"])).toEqual([
      "b/c.ts: x does not say what it refuses",
      "b/c.ts: T has no docstring",
      "index.ts: own has no docstring",
    ]);
  });
});
