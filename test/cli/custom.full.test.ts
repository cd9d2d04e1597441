/** `certify custom` and what else `certify` asks before it works, as a user runs it. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lazy } from "../../src/base/lazy.ts";
import { stream } from "../../src/base/random.ts";
import { writeNpy } from "../../src/interop/npy.ts";
import { writeNpz } from "../../src/interop/npz.ts";
import { inOneProcess } from "./program.ts";

const bin = resolve(import.meta.dirname, "../../bin/equihard");
const dir = mkdtempSync(join(tmpdir(), "equihard-custom-"));
afterAll(() => rmSync(dir, { recursive: true }));

function equihard(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args, "--quiet"], {
    encoding: "utf8",
    cwd: dir,
  });
  return { status, stdout, stderr };
}

const { word } = stream([7, 7]);
const [functions, samples] = [10, 3000];
const signs = Int8Array.from({ length: functions * samples }, () => (word() % 2 === 0 ? 1 : -1));
const transposed = signs.map((_, at) => signs[(at % functions) * samples + Math.floor(at / functions)]);

beforeAll(async () => {
  const write = async (name: string, arrays: Parameters<typeof writeNpz>[0]) =>
    writeFileSync(join(dir, name), await writeNpz(arrays));
  const matrix = { shape: [functions, samples], data: signs };
  await write("labels.npz", { meta: { shape: [1], data: new Uint8Array(1) }, labels: matrix });
  await write("only.npz", { anything: { shape: [samples, functions], data: transposed } });
  writeFileSync(join(dir, "labels.npy"), writeNpy(matrix));
  const none = Buffer.from(writeNpy({ shape: [0, 1], data: new Int8Array(0) })).toString("latin1");
  writeFileSync(join(dir, "none.npy"), none.replace("(0, 1), }               ", "(0, 9007199254740991), }"), "latin1");
  await write("two.npz", { a: matrix, b: matrix });
  await write("cube.npz", { y: { shape: [functions, 1, samples], data: signs } });
  await write("real.npz", { y: { shape: [functions, samples], data: Float32Array.from(signs, (y) => y / 2) } });
}); // prettier-ignore

describe("certify custom", () => {
  it("certifies, verifies with the labels and says no without", () => {
    const made = equihard("certify", "custom", "--labels", "labels.npz", "--out", "c.json", "--json");
    expect(made.stderr).toBe("");
    const c = JSON.parse(made.stdout) as { schema: string; family: object; confidence: number };
    expect(c).toMatchObject({ schema: "equihard.certificate/1", family: { id: "custom", params: { functions: 10, values: "signs", bound: 1 } }, confidence: 0.99 });
    expect(readFileSync(join(dir, "c.json"), "utf8")).toBe(made.stdout);
    expect(equihard("verify", "c.json", "--labels", "labels.npz")).toMatchObject({ status: 0 });
    const turned = equihard("verify", "c.json", "--labels", "only.npz", "--functions", "columns");
    expect(turned.status).toBe(0);
    expect(equihard("verify", "c.json", "--labels", "labels.npy").status).toBe(0);
    const row = (i: number): string => signs.subarray(i * samples, (i + 1) * samples).join(",");
    writeFileSync(join(dir, "labels.csv"), Array.from({ length: functions }, (_, i) => row(i)).join("\n"));
    expect(equihard("certify", "custom", "--labels", "labels.csv", "--json").stdout).toBe(made.stdout);
    const blind = equihard("verify", "c.json", "--json");
    expect(blind.status).toBe(1);
    expect(JSON.parse(blind.stdout)).toMatchObject({ valid: false, route: expect.stringContaining("arithmetic only") });
    const budget = ["budget", "c.json", "--steps", "1", "--parameters", "1", "--batch", "9"];
    expect(equihard(...budget).status).toBe(1); // nothing is held against what is not verified
    expect(equihard(...budget, "--labels", "labels.npz").status).toBe(0);
  }); // prettier-ignore

  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [["--labels", "only.npz"], /a 3000 x 10 matrix may hold its functions in rows or in columns; say which with --functions/],
    [["--labels", "two.npz"], /none of its 2 arrays is named labels or y/],
    [["--labels", "none.npy", "--functions", "columns"], /a 0 x 9007199254740991 matrix; allowed: at least one function/],
    [["--labels", "cube.npz"], /shape \(10, 1, 3000\); allowed: a matrix/],
    [["--labels", "real.npz"], /is not \+1 or -1; for real values state a bound .*--bound B/],
    [["--labels", "real.npz", "--bound", "0.4"], /at most the bound 0.4/],
    [["--labels", "real.npz", "--bound", "0"], /--bound: 0 is too small/],
    [["--labels", "only.npz", "--functions", "cols"], /--functions: "cols" is unknown; allowed: rows, columns/],
    [["--labels", "absent.npz"], /absent.npz: no such file/],
    [["--labels", "."], /cannot be read/],
    [[], /--labels: missing/],
    [["--labels", "labels.npz", "--tau", "2"], /--tau: 2 is too large/],
    [["--labels", "labels.npz", "--out", "/nowhere/c.json"], /--out: .* cannot be written/],
  ]; // prettier-ignore
  const outcomes = lazy(() =>
    inOneProcess(
      dir,
      refused.map(([args]) => ["certify", "custom", ...args, "--quiet"]),
    ),
  );
  it.each(refused.map((each, at) => [...each, at] as const))("%j: one line, exit 2", (_, message, at) => {
    const { status, stdout, stderr } = outcomes()[at];
    expect(stderr).toMatch(message);
    expect([status, stdout, stderr.trimEnd().split("\n").length]).toEqual([2, "", 1]);
  });
});

describe("certify before long work", () => {
  it.each([
    [["--n", "17", "--exact"], /about 24 s and 2.9 GiB; add --yes/],
    [["--n", "17", "--exact", "--json"], /about .* GiB; add --yes/],
    [["--n", "100", "--samples", "1000000000"], /hours .*add --yes/],
    [["--n", "18", "--exact"], /18 is beyond the exact computation; allowed: at most 17/],
  ])("%j: prints the estimate, exit 2", (args, message) => {
    const { status, stdout, stderr } = equihard("certify", "gnn-degree-parity", ...args);
    expect(stderr).toMatch(message);
    expect([status, stdout, stderr.trimEnd().split("\n").length]).toEqual([2, "", 1]);
  });

  it("does small work unasked, and knows --yes", () => {
    for (const more of [[], ["--yes"]])
      expect(equihard("certify", "gnn-degree-parity", "--n", "8", "--exact", ...more).status).toBe(0);
  });
});
