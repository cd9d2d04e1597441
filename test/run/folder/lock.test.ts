/** One client a run folder: refused while it lives, succeeded when it has ended. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockRun } from "../../../src/run/folder/lock.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "equihard-lock-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const path = (): string => join(dir, "lock");
const silent = (): void => {};
/** Makes the lock another's. */
const change = (of: object): void =>
  writeFileSync(path(), JSON.stringify({ ...(JSON.parse(readFileSync(path(), "utf8")) as object), ...of }));

describe("the lock of a run folder", () => {
  it("is one client's; another is told whose", async () => {
    const lock = await lockRun(dir, silent);
    await expect(lockRun(dir, silent)).rejects.toThrow(
      new RegExp(
        `another client is at it: process ${process.pid} on .*; wait for it, or help it: equihard worker`,
      ),
    );
    lock.release();
    expect(readdirSync(dir)).toEqual([]);
    (await lockRun(dir, silent)).release();
  });

  it("of a client of this machine that has ended is free at once, also where its number has come again", async () => {
    for (const of of [{ pid: spawnSync("true").pid }, { pid: process.pid, began: "1" }]) {
      await lockRun(dir, silent);
      change(of);
      (await lockRun(dir, silent)).release();
    }
  });

  it("of another host's client is refused at its first sign of life", async () => {
    await lockRun(dir, silent);
    change({ host: "elsewhere", machine: "elsewhere", pid: 7 });
    const told: string[] = [];
    const second = lockRun(dir, (text) => told.push(text));
    const refused = expect(second).rejects.toThrow(/process 7 on elsewhere/);
    while (told.length === 0) await sleep(20);
    await sleep(100); // and is not told again
    expect(told).toEqual([
      expect.stringMatching(/locked by process 7 on elsewhere; waiting .* 120 s at most/),
    ]);
    utimesSync(path(), 1, 1);
    await refused;
  });
});
