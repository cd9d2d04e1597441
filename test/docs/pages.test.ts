/** The documentation: its cheap commands do what the pages say, its links lead somewhere, nothing in it escapes execution. */

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { commandsOf, Deviation, execute, isAsPrinted, workplace } from "./execute.ts";
import { anchorsOf, blocksOf, indentedCode, linksOf } from "./page.ts";
import { pages } from "./pages.ts";

const root = resolve(import.meta.dirname, "../..");
const dir = mkdtempSync(join(tmpdir(), "equihard-docs-"));
afterAll(() => rmSync(dir, { recursive: true }));
const fresh = (name: string): string => {
  const folder = join(dir, name);
  mkdirSync(folder, { recursive: true });
  return workplace(folder);
};

/** Links of a page that lead nowhere; out of `docs/`, which the lab shows without the rest, is nowhere. */
function lost(name: string, text: string): string[] {
  return linksOf(text).filter((link) => {
    const [path, anchor] = link.split("#");
    const file = path === "" ? join(root, name) : join(root, dirname(name), path);
    if (!existsSync(file) || (name.startsWith("docs/") && dirname(path).startsWith(".."))) return true;
    const target = path === "" ? text : anchor === undefined ? "" : readFileSync(file, "utf8");
    return anchor !== undefined && !anchorsOf(target).includes(anchor);
  });
}

describe.each(pages)("%s", (name, text) => {
  const blocks = blocksOf(text);

  it("leads only where something is", () => expect(lost(name, text)).toEqual([]));

  it("holds nothing that is neither run nor excused", () => {
    expect(indentedCode(text)).toEqual([]);
    const unclear = blocks.filter(({ language, marks }, i) => {
      if (language === "sh" || language === "math" || marks.has("file") || marks.has("not-run")) return false;
      if (marks.has("by")) return false;
      return !(language === "text" && blocks[i - 1]?.language === "sh");
    });
    expect(unclear.map(({ line, language }) => `${line}: ${language}`)).toEqual([]);
    for (const { marks } of blocks) {
      if (marks.has("by")) expect(existsSync(join(root, marks.get("by") ?? ""))).toBe(true);
      if (marks.has("not-run")) expect(marks.get("not-run")).toMatch(/\w \w/);
    }
  });

  const cheap = blocks.filter(({ marks }) => marks.has("quick"));
  if (cheap.length > 0)
    it("its cheap commands do what it says", () => {
      expect(execute(blocks, fresh(name), true)).toBe(cheap.length);
    });
});

describe("the reader of pages", () => {
  const page = [
    '```sh limit="--n 3"',
    "echo 1 2  # a comment",
    "echo 3 \\",
    "  4",
    "```",
    "",
    "    indented",
  ].join("\n");

  it("finds blocks, commands, and code that nobody would run", () => {
    const [block] = blocksOf(page);
    expect(commandsOf(block)).toEqual(["echo 1 2 --n 3", "echo 3 4 --n 3"]);
    expect(indentedCode(page)).toEqual([7]);
    expect(() => blocksOf("```sh soon\n```")).toThrow('line 1: a fence is marked "soon"');
    expect(() => blocksOf("a\n```sh\n")).toThrow("line 2: a fence is not closed");
  });

  it("finds links that lead nowhere", () => {
    const text =
      "# A b\n[1](#a-b) [2](#b) [3](docs/theory.md#no) [4](gone.md) [5](docs/theory.md) [6](http://x)";
    expect(lost("README.md", text)).toEqual(["#b", "docs/theory.md#no", "gone.md"]);
    expect(lost("docs/theory.md", "[1](../README.md) [2](sweeps.md)")).toEqual(["../README.md"]);
  });

  it("takes only what is as printed", () => {
    expect(isAsPrinted("a ~1 s\n...\nend", "a 25.5 s\n1\n2\nend\n")).toBe(true);
    expect(isAsPrinted("a, ...\nb", "a, 1\nb")).toBe(true);
    expect(isAsPrinted("a, ...\nb", "a, 1\n2\nb")).toBe(false);
    expect(isAsPrinted("a ~1 s", "b 1 s")).toBe(false);
    expect(isAsPrinted("a 1 s", "a 2 s")).toBe(false);
    expect(isAsPrinted("a 1 s", "a 2 s", true)).toBe(true);
    expect(isAsPrinted("a\nb", "a\nx\nb")).toBe(false);
    expect(isAsPrinted("a (x)", "a  (x) \n")).toBe(true);
  });

  it("fails where a command fails, or prints something else", () => {
    const folder = fresh("control");
    const run = (text: string): number => execute(blocksOf(text), folder, false);
    expect(run("```sh\necho 1\n```\n\n```text\n1\n```")).toBe(1);
    expect(() => run("```sh\necho 1\n```\n\n```text\n2\n```")).toThrow(Deviation);
    expect(() => run("```sh\nfalse\necho 1\n```")).toThrow("false: exit code 1");
    expect(run("```sh exits=1\nfalse\n```")).toBe(1);
    expect(() => run("```sh exits=1\ntrue\n```")).toThrow(Deviation);
    expect(run('```sh not-run="for a reason"\nfalse\n```')).toBe(0);
    expect(run("```text file=made.txt\nx\n```\n\n```sh\ncat made.txt\n```\n\n```text\nx\n```")).toBe(1);
  });
});
