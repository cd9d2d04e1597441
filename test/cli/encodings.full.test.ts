/** Text files as other programs save them: UTF-8 with a byte-order mark is read everywhere, UTF-16 refused in one line. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parseDocument } from "../../src/query/document.ts";
import { parseHypergraph } from "../../src/reduction/hypergraph.ts";
import { parseGenerators } from "../../src/symmetry/generators-file.ts";
import { programIn } from "./program.ts";

const dir = mkdtempSync(join(tmpdir(), "equihard-encodings-"));
afterAll(() => rmSync(dir, { recursive: true }));

const run = programIn(dir);
const mark = "\ufeff";
const turn = JSON.stringify({ degree: 6, generators: [[1, 2, 3, 4, 5, 0]] });
const colours = '{"vertices":3,"edges":[[0,1],[1,2]]}';

describe("byte-order marks", () => {
  const certificate = run("certify", "gnn-degree-parity", "--n", "6", "--json").stdout;
  const members = JSON.stringify({ n: 6, edges: "undirected", p: 0.5, members: [[1, 2], [1, 3]] }); // prettier-ignore
  const cases: [name: string, text: string, command: string[]][] = [
    ["certificate", certificate, ["verify", "in.json"]],
    ["budget", certificate, ["budget", "in.json", "--steps", "1", "--parameters", "1", "--batch", "9"]],
    ["members", members, ["gram", "gnn-degree-parity", "--members", "in.json"]],
    ["group", turn, ["groups", "file:in.json"]],
    ["graph", '{"n":3,"edges":[[0,1],[1,2]]}', ["certify", "gnn-hidden-plane", "--graph", "file:in.json", "--d", "6", "--k", "4"]],
    ["hypergraph", colours, ["reduce", "in.json"]],
    ["hypergraph's text", "p hyper 3 2\n1 2 0\n2 3 0\n", ["reduce", "in.json"]],
  ]; // prettier-ignore

  it.each(cases)("%s", (_, text, command) => {
    const read = (content: string | Buffer) => {
      writeFileSync(join(dir, "in.json"), content);
      const { status, stdout, stderr } = run(...command, "--quiet", "--json");
      // the primes of a check are drawn anew by every run
      const same = stdout.replace(/"seconds": .*/g, "").replace(/modulo \d+ and \d+/g, "modulo two primes");
      return { status, stdout: same, stderr };
    };
    const plain = read(text);
    expect([plain.status, plain.stderr]).toEqual([0, ""]);
    expect(read(mark + text)).toEqual(plain);
    for (const wide of [Buffer.from(mark + text, "utf16le"), Buffer.from(mark + text, "utf16le").swap16(), Buffer.from(text, "utf16le")]) {
      const { status, stdout, stderr } = read(wide);
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toBe("equihard: in.json: is text in UTF-16 or UTF-32; allowed: UTF-8; save it as UTF-8\n");
    }
    // one mark is an encoding's, two are no JSON
    if (text.startsWith("{")) expect(read(mark + mark + text).stderr).toMatch(/^equihard: in.json: is not JSON [^\n]*\n$/);
  }); // prettier-ignore

  it("are read by the library's parsers too", () => {
    expect(parseGenerators(mark + turn, "a").degree).toBe(6);
    expect(parseHypergraph(mark + colours, "a").vertices).toBe(3);
    expect(parseDocument(`${mark}[]`)).toEqual([]);
  });
});
