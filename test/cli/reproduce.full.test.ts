/** The main job as a user runs it: killed, interrupted, resumed; and the shapes that the records must show. */

import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtIn } from "../../src/study/registry.ts";
import { doubtsOf, ruled, sayingsOf } from "../study/truth/gate.ts";
import { spotChecks } from "../study/truth/spot-checks.ts";
import type { StoredRecord } from "../../src/run/record.ts";
import { readContents } from "../../src/run/store/files.ts";

const bin = resolve(import.meta.dirname, "../../bin/equihard");
const base = mkdtempSync(join(tmpdir(), "equihard-reproduce-"));
afterAll(() => rmSync(base, { recursive: true }));

const args = (dir: string): string[] => [
  bin,
  "reproduce",
  "--scale",
  "quick",
  "--out",
  dir,
  "--json",
  "--quiet",
];

const records = (dir: string): Map<string, string> =>
  new Map(readContents(dir).records.map((r) => [r.id, JSON.stringify(r.result)]));

/** Starts the job and ends it by a signal as soon as it has published `more` records. */
async function interrupted(dir: string, signal: "SIGKILL" | "SIGINT", more: number): Promise<number | null> {
  const child = spawn(process.execPath, args(dir), { stdio: "ignore" });
  const exit = new Promise<number | null>((done) => child.on("exit", done));
  const finished = (): number => {
    try {
      return readdirSync(join(dir, "results")).filter((f) => f.endsWith(".json")).length;
    } catch {
      return 0;
    }
  };
  const before = finished();
  while (finished() < before + more && child.exitCode === null)
    await new Promise((done) => setTimeout(done, 100));
  child.kill(signal);
  return exit;
}

/** Goes on with a run until nothing is left out: a busy machine does not get it done in the time limit of one. */
function complete(dir: string): void {
  for (let attempt = 0; attempt < 4; attempt++) {
    const { stdout } = spawnSync(process.execPath, args(dir), { encoding: "utf8" });
    const { tasks, finished } = JSON.parse(stdout) as { tasks: number; finished: number };
    if (finished === tasks) return;
  }
  throw new Error(`${dir} is not done after four time limits`);
}

describe("reproduce --scale quick", () => {
  const straight = join(base, "straight");
  beforeAll(() => {
    // minutes, which have a limit of their own here
    expect(spawnSync(process.execPath, args(straight), { stdio: "ignore" }).status).toBe(0);
  });

  it("ends with the same records after kill -9 and Ctrl-C as without", async () => {
    const broken = join(base, "broken");
    expect(await interrupted(broken, "SIGKILL", 6)).toBeNull();
    expect(await interrupted(broken, "SIGINT", 3)).toBe(130);
    // A torn record counts as unfinished.
    const first = readdirSync(join(broken, "results")).find((f) => f.endsWith(".json"))!;
    writeFileSync(join(broken, "results", first), "{");
    // a quarter of the job tells as much: that it comes to its end is what the other run shows
    expect(await interrupted(broken, "SIGINT", 30)).toBe(130);

    const [a, b] = [records(straight), records(broken)];
    expect(b.has(first.replace(/\.json$/, ""))).toBe(true);
    // What the time limit left out may differ; whatever both have must be equal.
    const shared = [...a.keys()].filter((id) => b.has(id));
    expect(shared.length).toBeGreaterThan(30);
    for (const id of shared) expect(b.get(id)).toBe(a.get(id));
  });

  it("says what its records say: every number of a sentence, and twenty drawn at random", async () => {
    const scope = { scale: "quick", catalogue: builtIn } as const;
    complete(straight);
    const own = readFileSync(join(straight, "records.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as StoredRecord);
    const said = await sayingsOf(ruled, own, scope);
    expect(doubtsOf(said, own, scope)).toEqual([]);
    const seed = Math.floor(Math.random() * 2 ** 31);
    console.log(`spot checks with seed ${seed}`);
    for (const { what, said: number, right } of spotChecks(said, own, scope, { seed, count: 20 }))
      expect(right(), `${number} in ${what}, seed ${seed}`).toBe(true);
  });
});
