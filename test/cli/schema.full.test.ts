/** What the commands print fits the schemas that `schema` prints. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as z from "zod/mini";
import { afterAll, expect, it } from "vitest";
import { documents } from "../../src/cli/documents.ts";

const bin = resolve(import.meta.dirname, "../../bin/equihard");
const dir = mkdtempSync(join(tmpdir(), "equihard-schema-"));
afterAll(() => rmSync(dir, { recursive: true }));

const written = (name: string, document: object): string => {
  writeFileSync(join(dir, name), JSON.stringify(document));
  return name;
};
const printed = (...args: string[]): unknown => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args, "--json", "--quiet"], {
    encoding: "utf8",
    cwd: dir,
  });
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout);
};
const parity = ["gnn-degree-parity", "--n", "6"];

it.each([
  ["train", ["train", ...parity, "--steps", "20", "--width", "4"]],
  ["learn", ["learn", ...parity, "--learner", "f2-elimination", "--samples", "100"]],
  ["learn", ["learn", "gnn-hidden-plane", "--n", "1", "--d", "8", "--k", "4", "--learner", "label-transform", "--steps", "20"]],
  ["signal", ["signal", "gnn-hidden-plane", "--n", "1", "--d", "8", "--k", "4"]],
  ["certificate", ["certify", "frame-parity", "--group", "cyclic:8", "--k", "4", "--notion", "rsd"]],
  ["certificate", ["certify", "curve-parity", "--n", "9"]],
  ["reduce", ["reduce", written("h.json", { vertices: 3, edges: [[0, 1], [1, 2]] })]],
  ["gram", ["gram", "gnn-degree-parity", "--members", written("m.json", { n: 6, members: [[1, 2], [3]] })]],
] as [string, string[]][])("%s: %j", (name, args) => {
  const result = z.safeParse(documents[name].schema, printed(...args));
  expect(result.error?.issues ?? []).toEqual([]);
}); // prettier-ignore

it("records and tables of a sweep", () => {
  const spec = {
    family: "gnn-degree-parity",
    parameters: { n: 6 },
    train: { steps: 20, width: 4 },
    seeds: 2,
  };
  printed("sweep", written("sweep.json", spec), "--out", "run", "--workers", "1");
  const results = join(dir, "run", "results");
  const lines = readdirSync(results, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .map((name) => JSON.parse(readFileSync(join(results, name), "utf8")) as unknown);
  for (const record of lines)
    expect(z.safeParse(documents["record"].schema, record).error?.issues ?? []).toEqual([]);
  printed("export-runs", "run", "--format", "parquet");
  for (const table of ["trials", "curves"]) {
    const rows = printed("query", "run", `select * from ${table}`) as object[];
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) expect(z.safeParse(documents[table].schema, row).error?.issues ?? []).toEqual([]);
  }
});
