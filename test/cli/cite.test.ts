/** `cite`, as a user runs it on a folder of records. */

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openStore } from "../../src/run/store/files.ts";
import { trainedRecord } from "../study/records.ts";

const bin = resolve(import.meta.dirname, "../../bin/equihard");
const dir = mkdtempSync(join(tmpdir(), "equihard-cite-"));
afterAll(() => rmSync(dir, { recursive: true }));
const cite = (...args: string[]) => spawnSync(process.execPath, [bin, "cite", ...args], { encoding: "utf8", cwd: dir }); // prettier-ignore

describe("cite", () => {
  it("prints BibTeX for the records of a run, and writes nothing", () => {
    const run = join(dir, "run");
    const record = trainedRecord(
      { kind: "train", family: "gnn-degree-parity", params: { n: 6 }, seed: 0, easy: false, options: {} },
      {},
    );
    openStore(run).publish(record);
    const { status, stdout } = cite(run);
    expect(status).toBe(0);
    for (const text of ["@inproceedings{kiani2024,", "version = {0.1.0},", "% optimizer adam"])
      expect(stdout).toContain(text);
    expect(JSON.parse(cite(run, "--json").stdout)).toMatchObject({ schema: "equihard.cite/1", references: [{ key: "kiani2024" }, { key: "equihard" }, { key: "kingma2015" }, { key: "he2015" }] }); // prettier-ignore
    expect(readdirSync(join(run, "results"))).toEqual([`${record.id}.json`]);
  });

  it("says whose sources it cannot know", () => {
    const run = join(dir, "own");
    const task = { kind: "train", family: "mine", params: {}, seed: 0, easy: false, options: {} } as const;
    openStore(run).publish(trainedRecord(task, {}));
    const { status, stderr } = cite(run);
    expect([status, stderr]).toEqual([
      0,
      expect.stringMatching(/^equihard: family mine is not built in; .*\n$/),
    ]);
  });

  it("refuses what is no run, or an empty one: one line, exit 2", () => {
    mkdirSync(join(dir, "empty", "results"), { recursive: true });
    for (const [args, message] of [
      [[], /no run folder named/],
      [["absent"], /absent: no run folder; allowed/],
      [["."], /no run folder/],
      [["empty"], /no finished piece of work/],
    ] as const) {
      const { status, stdout, stderr } = cite(...args);
      expect([status, stdout, stderr.trimEnd().split("\n").length]).toEqual([2, "", 1]);
      expect(stderr).toMatch(message);
    }
  });
});
