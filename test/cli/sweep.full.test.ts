/** Sweeps as a user runs them: killed, taken up again; what is there at the end is what one quiet run gives. */

import { spawn } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { readContents } from "../../src/run/store/files.ts";
import { bin, dir, equihard, json, spec } from "./sweep-folder.ts";

const results = (run: string) =>
  readContents(join(dir, run)).records.map(({ id, resultHash }) => [id, resultHash]);

beforeAll(() => {
  equihard("--version"); // builds what is stale
  expect(json("sweep", spec("quiet.yaml", 4), "--out", "quiet")).toMatchObject({
    trials: 16,
    finished: 16,
    failed: [],
  });
}, 120_000);

describe("a sweep", () => {
  it("killed with -9 again and again, then resumed, has every result once, equal to an undisturbed run's", async () => {
    spec("killed.yaml", 4);
    for (let kill = 0; kill < 4; kill++) {
      const child = spawn(process.execPath, [bin, "sweep", "killed.yaml", "--out", "killed", "--quiet"], {
        cwd: dir,
        stdio: "ignore",
      });
      const ended = new Promise((done) => child.on("close", done));
      await sleep(1200 + 700 * kill);
      child.kill("SIGKILL");
      await ended;
    }
    const summary = equihard("sweep", "killed.yaml", "--out", "killed", "--json", "--quiet");
    expect(JSON.parse(summary.stdout)).toMatchObject({ trials: 16, finished: 16, failed: [] });
    expect(results("killed")).toEqual(results("quiet"));
    expect(json("status", "killed")).toMatchObject({
      tasks: 16,
      done: 16,
      inFlight: 0,
      abandoned: 0,
      open: 0,
    });
  });

  it("is gone on with from its folder alone, and resume says why before it does", () => {
    json("sweep", spec("left.yaml", 2), "--out", "left");
    const [lost, damaged] = readdirSync(join(dir, "left", "results"));
    rmSync(join(dir, "left", "results", lost));
    rmSync(join(dir, "left.yaml"));
    writeFileSync(join(dir, "left", "results", damaged), "{");
    expect(json("resume", "left", "--dry-run")).toMatchObject({ causes: { open: 1, damaged: 1, failed: 0, abandoned: 0, inFlight: 0, otherNumerics: 0 } }); // prettier-ignore
    const { status } = equihard("resume", "left", "--quiet");
    expect([status, results("left").length]).toEqual([0, 8]);
    const wanted = new Map(results("quiet") as [string, string][]);
    expect(results("left").every(([id, hash]) => wanted.get(id) === hash)).toBe(true);
  });

  it("does not go into the folder of another kind of run", () => {
    writeFileSync(join(dir, "quiet", "..", "other.yaml"), readFileSync(join(dir, "quiet.yaml")));
    equihard(
      "matrix",
      "--samples",
      "1000",
      "--seeds",
      "1",
      "--families",
      "invariant-polynomial",
      "--out",
      "matrix",
      "--quiet",
    );
    const { status, stderr } = equihard("sweep", "other.yaml", "--out", "matrix", "--quiet");
    expect([status, stderr]).toEqual([
      2,
      "equihard: matrix: holds a run that is no sweep; choose another --out\n",
    ]);
  });
});

describe("a bisection", () => {
  it("finds the same transition from scratch, again from its records, and makes no trial that a grid would not", () => {
    const fixed =
      "family: gnn-hidden-plane\nparameters: { n: 1, k: 4, d: [4, 6, 8, 10, 12, 14, 16] }\ntrain: { steps: 200, batch: 64, width: 16, testSamples: 500 }\n";
    writeFileSync(
      join(dir, "where.yaml"),
      `${fixed}bisect: { over: d, until: "final_explained_variance < 0.5", seeds: 5 }\n`,
    );
    const first = json("sweep", "where.yaml", "--out", "where");
    const [found] = first["transitions"] as {
      transition: { status: string; tried: number; interval: (number | null)[] };
    }[];
    expect(found.transition.tried).toBeLessThan(7);
    expect(first["trials"]).toBe(5 * found.transition.tried);
    const again = json("sweep", "where.yaml", "--out", "where");
    expect([again["trials"], again["transitions"]]).toEqual([0, first["transitions"]]);
    writeFileSync(join(dir, "grid.yaml"), `${fixed}seeds: 5\n`);
    expect(json("sweep", "grid.yaml", "--dry-run")["trials"]).toBe(35);
  });
});
