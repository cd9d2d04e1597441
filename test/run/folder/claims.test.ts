/** One holder a claim, given up only by its holder's end or silence; no clock but the watcher's own says when. */

import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { claimWatch, takeClaim } from "../../../src/run/folder/claims.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "equihard-claims-"));
  // the holder's timer and the watcher's clock: on a busy machine a lease of the real one passes while nothing runs
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(dir, { recursive: true });
});
const pass = (seconds: number): void => void vi.advanceTimersByTime(1000 * seconds);

const path = (id: string): string => join(dir, "claims", id);
const claims = (): string[] => readdirSync(join(dir, "claims"));
/** A claim of another host's process. */
function foreign(id: string): void {
  mkdirSync(join(dir, "claims"), { recursive: true });
  writeFileSync(path(id), JSON.stringify({ machine: "elsewhere", pid: 1, token: "x" }));
}
const touch = (id: string, time: number): void => utimesSync(path(id), time, time);

describe("a claim", () => {
  it("is one worker's until given back", () => {
    const claim = takeClaim(path("a"), 15);
    expect(claim).not.toBeNull();
    expect(takeClaim(path("a"), 15)).toBeNull();
    claim?.release();
    expect(claims()).toEqual([]);
    expect(takeClaim(path("a"), 15)).not.toBeNull();
    expect(claims()).toEqual(["a"]);
  });

  it("is renewed, so that who watches sees its holder alive", () => {
    const claim = takeClaim(path("a"), 15);
    const watch = claimWatch(60);
    expect(watch(path("a"))).toMatchObject({ state: "held", renewed: false });
    for (let i = 0; i < 8; i++) {
      pass(20);
      expect(watch(path("a")).state).toBe("held");
    }
    expect(watch(path("a"))).toMatchObject({ state: "held", renewed: true });
    claim?.release();
    expect(watch(path("a"))).toEqual({ state: "free" });
  });

  it("of a process of this machine that has ended has expired at once", () => {
    const { pid } = spawnSync("true");
    takeClaim(path("a"), 15);
    const holder = JSON.parse(readFileSync(path("a"), "utf8")) as object;
    writeFileSync(path("a"), JSON.stringify({ ...holder, pid }));
    expect(claimWatch(60)(path("a")).state).toBe("expired");
    writeFileSync(path("a"), JSON.stringify({ ...holder, pid, machine: "elsewhere" })); // the number says nothing there
    expect(claimWatch(60)(path("a")).state).toBe("held");
  });

  it.each([
    ["another host's", () => foreign("a")],
    ["nobody's (damaged)", () => (foreign("a"), writeFileSync(path("a"), "null"))],
  ])("%s expires after a lease without renewal, whatever its time says", (_, make) => {
    for (const time of [0, 4e9]) {
      make();
      touch("a", time);
      const watch = claimWatch(60);
      expect(watch(path("a")).state).toBe("held");
      pass(59);
      expect(watch(path("a")).state).toBe("held");
      pass(2);
      expect(watch(path("a")).state).toBe("expired");
    }
  });

  it("is held by a holder whose clock jumps to and fro", () => {
    foreign("a");
    const watch = claimWatch(60);
    for (const time of [4e9, 0, 3e9, 1e9, 2e9]) {
      touch("a", time);
      expect(watch(path("a")).state).toBe("held");
      pass(40);
    }
  });

  it("that has expired goes to one of those who take it over, and its old holder does not remove theirs", () => {
    const old = takeClaim(path("a"), 15);
    utimesSync(path("a"), 1, 1);
    const watch = claimWatch(0);
    watch(path("a"));
    pass(0.005);
    const found = watch(path("a"));
    const mark = found.state === "expired" ? found.mark : "";
    const taken = [1, 2, 3].map(() => takeClaim(path("a"), 15, mark));
    expect(taken.map((claim) => claim !== null)).toEqual([true, false, false]);
    old?.release();
    expect(claims()).toEqual(["a"]); // and nothing set aside is left
    taken[0]?.release();
    expect(claims()).toEqual([]);
  });

  it("renewed since it was thought to have expired stays", () => {
    foreign("a");
    const watch = claimWatch(-1);
    const found = watch(path("a"));
    const mark = found.state === "expired" ? found.mark : "";
    touch("a", 12_345);
    expect(takeClaim(path("a"), 15, mark)).toBeNull();
    expect(claims()).toEqual(["a"]);
    expect(readFileSync(path("a"), "utf8")).toContain("elsewhere");
  });
});
