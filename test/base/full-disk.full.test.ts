/** Every kind of writer on a disk without room: an error in words, what was there before, no temporary file; then room. */

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { writeWhole } from "../../src/base/write.node.ts";
import type { StoredRecord } from "../../src/run/record.ts";
import { openStore, recordOf } from "../../src/run/store/files.ts";
import { printParquet } from "../../src/run/store/parquet.ts";
import { drawingDocument } from "../../src/report/drawing.node.ts";
import { writeReport } from "../../src/study/report.ts";

const bin = resolve(import.meta.dirname, "../../bin/equihard");
const disk = mkdtempSync(join(tmpdir(), "equihard-disk-"));
const at = (name: string): string => join(disk, name);
const no = /cannot be written: no space left on device \(ENOSPC\); make room/;
/** Mounting needs root; an ordinary user sees these skipped, and CI has to have it. */
const mayMount = process.getuid?.() === 0 || process.env["CI"] !== undefined;

/** Leaves so many bytes (whole pages of 4 KiB) of the 256 KiB. */
function leave(bytes: number): void {
  rmSync(at("filler"), { force: true });
  const { stdout } = spawnSync("df", ["--output=avail", "-B1", disk], { encoding: "utf8" });
  writeFileSync(at("filler"), Buffer.alloc(Number(stdout.split("\n")[1]) - bytes));
}
const makeRoom = (): void => rmSync(at("filler"));
const everything = (): string[] => readdirSync(disk, { recursive: true, encoding: "utf8" }).sort();

const record: StoredRecord = recordOf(
  { kind: "recipe", family: "gnn-degree-parity", recipe: "none", params: {} },
  { numbers: Array.from({ length: 3000 }, (_, i) => i) },
  {},
);

describe.skipIf(!mayMount)("a full disk (needs root for a small one)", () => {
  beforeAll(() =>
    expect(spawnSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", disk]).status).toBe(0),
  );
  afterAll(() => {
    spawnSync("umount", [disk]);
    rmdirSync(disk);
  });
  beforeEach(() => {
    for (const name of readdirSync(disk)) rmSync(at(name), { recursive: true });
  });

  it("a file keeps what it held", () => {
    writeFileSync(at("f"), "before");
    leave(8192);
    expect(() => writeWhole(at("f"), "x".repeat(20_000))).toThrow(no);
    expect([everything(), readFileSync(at("f"), "utf8")]).toEqual([["f", "filler"], "before"]);
  });

  it("a record is whole or absent", () => {
    const store = openStore(at("run"));
    leave(8192);
    const before = everything();
    expect(() => store.publish(record)).toThrow(no);
    expect([store.held([record.id]).size, everything()]).toEqual([0, before]);
    makeRoom();
    store.publish(record);
    expect(store.records()).toEqual([record]);
  });

  it("a report and a Parquet table are whole or absent", async () => {
    const document = await drawingDocument();
    mkdirSync(at("run"));
    leave(8192);
    const context = { scale: "quick", missing: "", document } as const;
    await expect(writeReport(at("run"), [record], context)).rejects.toThrow(no);
    const rows = Array.from({ length: 3000 }, (_, id) => ({ id, text: `${Math.sin(id)}` }));
    const table = printParquet(["id", "text"], rows);
    expect(() => writeWhole(at("run/t.parquet"), table)).toThrow(no);
    expect(everything().filter((name) => /tmp|parquet|html/.test(name))).toEqual([]);
    makeRoom();
    writeWhole(at("run/t.parquet"), table);
    await writeReport(at("run"), [record], context);
    expect(everything()).toEqual(expect.arrayContaining(["run/report.html", "run/t.parquet"]));
  });

  it("a new run is refused before any work, a command's --out after it; both exit 2", () => {
    leave(0);
    for (const args of [
      ["matrix", "--samples", "1000", "--families", "frame-parity", "--out", at("run")],
      ["certify", "gnn-degree-parity", "--n", "8", "--out", at("c.json")],
    ]) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { encoding: "utf8" });
      expect([args[0], status, stdout]).toEqual([args[0], 2, ""]);
      expect(stderr).toMatch(/^(\d+% .*\n)*equihard: .*no space left on device \(ENOSPC\).*\n$/);
    }
    expect(everything().filter((name) => /tmp|json/.test(name))).toEqual([]);
  });

  it("a run that fills the disk while it works ends with exit 2, loses nothing, and is completed with room", () => {
    leave(24_576);
    const small = ["matrix", "--samples", "1000", "--seeds", "1", "--families", "invariant-polynomial", "--out", at("run"), "--quiet", "--json"];
    const run = () => spawnSync(process.execPath, [bin, ...small], { encoding: "utf8" });
    const { status, stdout, stderr } = run();
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(no);
    const done = openRecords();
    expect(done.length).toBeGreaterThan(0);
    expect(everything().filter((name) => name.includes("tmp"))).toEqual([]);
    makeRoom();
    const completed = run();
    expect(completed.status).toBe(0);
    expect(openRecords()).toEqual(expect.arrayContaining(done));
    expect(openRecords()).toHaveLength((JSON.parse(completed.stdout) as { tasks: number }).tasks);
  }); // prettier-ignore

  const openRecords = (): string[] => readdirSync(at("run/results")).map((f) => readFileSync(at(`run/results/${f}`), "utf8")); // prettier-ignore
});
