/** Two hundred trials, disturbed in every way that a machine disturbs: each result is there once, as without. */

import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyFor, stream } from "../../src/base/random.ts";
import { readContents } from "../../src/run/store/files.ts";
import { bin } from "./program.ts";
import { dir, equihard, json } from "./sweep-folder.ts";

const TRIALS = 200;
/** As short as trainings get: all run the same network, whose session a process sets up once. */
const spec =
  "family: gnn-degree-parity\nparameters: { n: 6 }\neasy: [false, true]\ntrain: { steps: 1, batch: 32, width: 8, testSamples: 100 }\nseeds: 100\n";
const jump = "let t = 4e12; Date.now = () => (t += (Math.random() - 0.5) * 1e10);";
const jumping = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(jump)}` };

/** Id and hash of every record in the files of results, as often as it is there. */
function published(run: string): [string, string][] {
  const folder = join(dir, run, "results");
  return readdirSync(folder)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) => {
      const lines = readFileSync(join(folder, name), "utf8").trim().split("\n");
      const documents = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      return name.endsWith(".jsonl") ? documents.slice(1).map((d) => d["record"]) : documents;
    })
    .map((record) => record as { id: string; resultHash: string })
    .map(({ id, resultHash }): [string, string] => [id, resultHash])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

const recordsIn = (run: string): number =>
  existsSync(join(dir, run, "results")) ? published(run).length : 0;

/** Processes that belong to a run: clients and workers by their command line, with those that carry out their trials. */
function processesOf(run: string): number[] {
  const { stdout } = spawnSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" });
  const all = stdout.split("\n").flatMap((line) => {
    const found = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line);
    return found === null ? [] : [{ pid: Number(found[1]), parent: Number(found[2]), args: found[3] }];
  });
  const own = all.filter(({ args }) => args.includes(bin) && args.split(" ").includes(run));
  const parents = new Set(own.map(({ pid }) => pid));
  return [...own, ...all.filter(({ parent }) => parents.has(parent))].map(({ pid }) => pid);
}

interface Disturbance {
  readonly clients: number;
  readonly workers: number;
  readonly kills: number;
  readonly env?: Record<string, string>;
}

const start = (args: readonly string[], env: object = {}): ChildProcess =>
  spawn(process.execPath, [bin, ...args, "--quiet"], {
    cwd: dir,
    env: { ...process.env, ...env },
    stdio: "ignore",
  });
const ended = (child: ChildProcess): Promise<unknown> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((done) => child.once("close", done));

/** Lets clients and workers at a run, and kills one process of it at a random moment, then all the others; again and again. */
async function disturb(run: string, { clients, workers, kills, env }: Disturbance): Promise<void> {
  const draw = stream(keyFor("test", run));
  for (let kill = 0; kill < kills; kill++) {
    const sweep = ["sweep", "spec.yaml", "--out", run, "--retries", "100"];
    const begun = [
      ...Array.from({ length: clients }, () => start(sweep, env)),
      ...(kill === 0 ? [] : Array.from({ length: workers }, () => start(["worker", run], env))),
    ];
    // by turns at its work, which begins late on a busy machine, and wherever it is by then
    const before = recordsIn(run);
    const goes = (): boolean => begun.some((child) => child.exitCode === null && child.signalCode === null);
    if (kill % 2 === 1) await sleep(500 + 1000 * draw.uniform());
    else {
      while (recordsIn(run) === before && goes()) await sleep(50);
      await sleep(300 * draw.uniform());
    }
    const first = processesOf(run);
    if (first.length > 0) tryKill(first[draw.below(first.length)]);
    await sleep(500 * draw.uniform());
    for (const pid of processesOf(run)) tryKill(pid);
    for (const child of begun) child.kill("SIGKILL");
    await Promise.all(begun.map(ended));
  }
}

function tryKill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // it has ended by itself
  }
}

let undisturbed: [string, string][] = [];
const requireWhole = (run: string): void => {
  expect(published(run)).toEqual(undisturbed);
  expect(readContents(join(dir, run)).damaged).toEqual([]);
  expect(json("status", run)).toMatchObject({ tasks: TRIALS, done: TRIALS, abandoned: 0, inFlight: 0 });
};

beforeAll(() => {
  equihard("--version"); // builds what is stale
  writeFileSync(join(dir, "spec.yaml"), spec);
  expect(json("sweep", "spec.yaml", "--out", "quiet")).toMatchObject({ trials: TRIALS, finished: TRIALS });
  undisturbed = published("quiet");
  expect(new Set(undisturbed.map(([id]) => id)).size).toBe(TRIALS);
});

describe("a sweep of 200 trials", () => {
  it.each([
    ["killed", { clients: 1, workers: 1, kills: 10 }],
    ["clock", { clients: 1, workers: 1, kills: 2, env: jumping }],
    ["clients", { clients: 3, workers: 0, kills: 2 }],
    ["workers", { clients: 1, workers: 4, kills: 3 }],
  ] as const)(
    "%s: %j, then resumed, has every result once, equal to an undisturbed run's",
    async (run, how) => {
      await disturb(run, how);
      expect(published(run).length).toBeGreaterThan(0);
      const helpers = Array.from({ length: how.workers }, () =>
        start(["worker", run], "env" in how ? how.env : {}),
      );
      expect(json("sweep", "spec.yaml", "--out", run, "--retries", "100")).toMatchObject({
        finished: TRIALS,
        failed: [],
      });
      await Promise.all(helpers.map(ended));
      requireWhole(run);
    },
  );

  it.skipIf(process.getuid?.() !== 0 && process.env["CI"] === undefined)(
    "full: on a disk that is full again and again, keeps what it has, and is completed with room",
    () => {
      const disk = join(dir, "full");
      mkdirSync(disk);
      const mount = (...options: string[]): void => {
        const { status, stderr } = spawnSync("mount", [
          "-t",
          "tmpfs",
          "-o",
          options.join(","),
          "tmpfs",
          disk,
        ]);
        expect(status, String(stderr)).toBe(0);
      };
      mount("size=160k");
      try {
        let before: [string, string][] = [];
        for (const size of ["160k", "200k", "240k"]) {
          mount("remount", `size=${size}`);
          const { status, stderr } = equihard("sweep", "spec.yaml", "--out", "full", "--quiet");
          expect([size, status, stderr]).toEqual([
            size,
            2,
            expect.stringMatching(/^equihard: .*ENOSPC.*\n$/),
          ]);
          const now = published("full");
          expect(now.length).toBeGreaterThanOrEqual(before.length);
          expect(now).toEqual(expect.arrayContaining(before));
          before = now;
        }
        expect(before.length).toBeGreaterThan(0);
        expect(before.length).toBeLessThan(TRIALS);
        mount("remount", "size=8m");
        expect(json("sweep", "spec.yaml", "--out", "full")).toMatchObject({ finished: TRIALS, failed: [] });
        requireWhole("full");
      } finally {
        spawnSync("umount", [disk]);
      }
    },
  );

  it("is found not to be whole where one result is altered, or there twice (negative control)", () => {
    const [first] = readdirSync(join(dir, "quiet", "results"));
    const path = join(dir, "quiet", "results", first);
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace(/"resultHash":"[0-9a-f]{4}/, '"resultHash":"0000'));
    expect(() => requireWhole("quiet")).toThrow();
    writeFileSync(path, text);
    writeFileSync(join(dir, "quiet", "results", `copy-${first}`), text);
    expect(() => requireWhole("quiet")).toThrow();
    rmSync(join(dir, "quiet", "results", `copy-${first}`));
    requireWhole("quiet");
  });
});

afterAll(() => {
  for (const run of ["killed", "clock", "clients", "workers"])
    for (const pid of processesOf(run)) tryKill(pid);
});
