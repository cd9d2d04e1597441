/** Sweeps as a user runs them: killed, taken up again; what is there at the end is what one quiet run gives. */

import { spawn } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { documents } from "../../src/cli/documents.ts";
import { readContents } from "../../src/run/store/files.ts";
import { bin } from "./program.ts";
import { dir, equihard, json, spec } from "./sweep-folder.ts";

const results = (run: string) =>
  readContents(join(dir, run)).records.map(({ id, resultHash }) => [id, resultHash]);

beforeAll(() => {
  equihard("--version"); // builds what is stale
  expect(json("sweep", spec("quiet.yaml", 4), "--out", "quiet")).toMatchObject({
    trials: 16,
    finished: 16,
    failed: [],
  });
});

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

  it("with more seeds or a wider grid runs only what is missing; what is no extension is refused, with the difference", () => {
    expect(json("sweep", spec("grown.yaml", 1), "--out", "grown")).toMatchObject({ finished: 4 });
    const before = readdirSync(join(dir, "grown", "results"));
    const text = (name: string): string => readFileSync(join(dir, "grown", "results", name), "utf8");
    const held = before.map(text);
    expect(json("sweep", spec("grown.yaml", 2, "", "[6, 7, 8]"), "--out", "grown")).toMatchObject({
      trials: 12,
      finished: 12,
    });
    expect(before.map(text)).toEqual(held);
    const { status, stderr } = equihard("sweep", spec("grown.yaml", 2), "--out", "grown", "--quiet");
    expect([status, stderr]).toEqual([2, "equihard: grown: holds another sweep: 4 of its 12 trials are not in this one (parameters.n: [6,7,8] there, [6,8] here); allowed: more seeds, wider grids; choose another --out\n"]); // prettier-ignore
  });

  it("is gone on with from its folder alone, and resume says why before it does", () => {
    json("sweep", spec("left.yaml", 2), "--out", "left");
    rmSync(join(dir, "left.yaml"));
    const [batch] = readdirSync(join(dir, "left", "results"));
    const path = join(dir, "left", "results", batch);
    writeFileSync(path, readFileSync(path, "utf8").slice(0, -200)); // its end is lost
    expect(json("resume", "left", "--dry-run")).toMatchObject({
      done: 7,
      causes: { open: 0, damaged: 1, failed: 0, abandoned: 0, inFlight: 0, otherNumerics: 0 },
    });
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
      expect.stringMatching(/^equihard: matrix: holds another sweep: \d+ of its \d+ trials are not in .*\n$/),
    ]);
  });
});

it("matrix is the sweep of the file that it prints: the same records, resumed and reported as any other", () => {
  const chosen = ["matrix", "--samples", "1000", "--families", "invariant-polynomial", "--seeds", "1"];
  writeFileSync(join(dir, "studied.json"), equihard(...chosen, "--spec").stdout);
  const whole = results("matrix").length;
  expect(whole).toBeGreaterThan(4);
  const { dryRun, trials } = json("sweep", "studied.json", "--dry-run") as {
    dryRun: boolean;
    trials: number;
  };
  // what follows from records is not known before
  expect([dryRun, trials > 0, trials <= whole]).toEqual([true, true, true]);
  const { status } = equihard("sweep", "studied.json", "--out", "studied", "--quiet");
  expect([status, results("studied")]).toEqual([0, results("matrix")]);
  expect(json("resume", "studied", "--dry-run")).toMatchObject({ done: whole, causes: { open: 0 } });
  expect(json("report", "studied", "--out", "shown-studied")).toMatchObject({ tasks: whole, done: whole });
  expect(readFileSync(join(dir, "shown-studied", "report.html"), "utf8")).toContain(
    "equihard resume studied",
  );
});

it("tells with --progress json what happens to every trial, in lines of the documented form", () => {
  writeFileSync(
    join(dir, "lines.yaml"),
    "family: gnn-degree-parity\nparameters: { n: 6 }\ntrain: { steps: 10000, batch: 32, width: [8, 16], testSamples: 100 }\nseeds: 2\n",
  );
  const { stderr, stdout } = equihard(
    "sweep",
    "lines.yaml",
    "--out",
    "lines",
    "--json",
    "--progress",
    "json",
  );
  const { trials, finished } = JSON.parse(stdout) as { trials: number; finished: number };
  const schema = documents["progress"].schema;
  const events = stderr
    .trimEnd()
    .split("\n")
    .map((line) => z.parse(schema, JSON.parse(line)) as Record<string, unknown>);
  const of = (state: string) => events.filter((event) => event["state"] === state);
  expect([trials, of("done").length]).toEqual([finished, finished]);
  expect(new Set(of("done").map(({ id }) => id)).size).toBe(trials);
  expect(of("started").map(({ id }) => id)).toEqual(expect.arrayContaining(of("done").map(({ id }) => id)));
  const shares = of("running").map(({ share }) => Number(share));
  expect(shares.some((share) => share > 0)).toBe(true);
  expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
  expect(of("done").at(-1)).toMatchObject({ ended: trials, failed: 0, running: 0, left: 0, fraction: 1 });
  expect(of("done").every(({ rate }) => Number(rate) > 0)).toBe(true);
  expect(() => z.parse(schema, { event: "progress", text: "x", state: "sleeping" })).toThrow(); // negative control
});

it("refuses a second client while the first is at work, and tells who that is", async () => {
  spec("two.yaml", 12);
  const args = ["sweep", "two.yaml", "--out", "two", "--json", "--quiet"];
  const clients = [0, 1].map(async () => {
    const child = spawn(process.execPath, [bin, ...args], { cwd: dir, stdio: ["ignore", "pipe", "pipe"] });
    let [out, err] = ["", ""];
    child.stdout.on("data", (data) => (out += String(data)));
    child.stderr.on("data", (data) => (err += String(data)));
    const code = await new Promise((done) => child.on("close", done));
    return { code, out, err, pid: child.pid };
  });
  const [first, second] = (await Promise.all(clients)).sort((a, b) => Number(a.code) - Number(b.code));
  expect([first.code, JSON.parse(first.out)]).toMatchObject([0, { trials: 48, finished: 48 }]);
  expect([second.code, second.err]).toEqual([
    2,
    expect.stringMatching(
      new RegExp(`^equihard: two: another client is at it: process ${first.pid} on .*\n$`),
    ),
  ]);
  expect(results("two")).toHaveLength(48);
  expect(equihard(...args).status).toBe(0); // the lock is gone
});

describe("query", () => {
  it("answers from the records, as an array with --json and as a table without", () => {
    const sql = "select n, width, count(*) as trials from trials group by all order by n, width";
    const rows = [6, 8].flatMap((n) => [8, 16].map((width) => ({ n, width, trials: 4 })));
    expect(json("query", "quiet", sql)).toEqual(rows);
    expect(equihard("query", "quiet", `${sql} limit 1`).stdout).toBe("n  width  trials\n6  8      4\n");
    expect(json("query", "quiet", "select count(distinct id) as c from curves")).toEqual([{ c: 16 }]);
  });

  it.each([
    [["query"], /^equihard: query: no run folder named; equihard query RUN\n$/],
    [["query", "nowhere", "select 1"], /^equihard: nowhere: no run folder/],
    [["query", "quiet"], /^equihard: query: no SQL given; equihard query RUN SQL\n$/],
    [["query", "quiet", "select * from read_csv('/etc/passwd')"], /^equihard: SQL: Permission Error: .*\n$/],
    [
      ["query", "quiet", "drop table trials"],
      /^equihard: SQL: DROP is no statement that reads; allowed: SELECT/,
    ],
  ])("%j is refused in a line", (args, message) => {
    const { status, stdout, stderr } = equihard(...args);
    expect([status, stdout, stderr]).toEqual([2, "", expect.stringMatching(message)]);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

describe("report", () => {
  it("writes a page, figures with their numbers, and LaTeX tables beside the records", () => {
    const found = json("report", "quiet", "--out", "shown", "--outcome", "final_accuracy", "--png");
    expect(found).toMatchObject({
      schema: "equihard.report/1",
      run: "quiet",
      trials: 16,
      outcome: "final_accuracy",
    });
    const paths = [found["report"], found["figures"], found["tables"]].flat() as string[];
    expect(paths).toEqual(
      expect.arrayContaining([
        "shown/report.html",
        "shown/figures/outcome.svg",
        "shown/figures/outcome.png",
        "shown/tables/cells.tex",
      ]),
    );
    for (const path of paths.filter((name) => name.endsWith(".svg"))) {
      const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(readFileSync(join(dir, path), "utf8")) ?? [];
      const png = readFileSync(join(dir, path.replace(/svg$/, "png")));
      expect(png.subarray(1, 4).toString()).toBe("PNG");
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * Number(width), 2 * Number(height)]);
      expect(png.length).toBeGreaterThan(10_000); // with ink on it: an empty one has a few kilobytes
    }
    const rows = readFileSync(join(dir, "shown/figures/outcome.csv"), "utf8").trim().split("\n").slice(1);
    const sql = "select n, width, avg(final_accuracy) as mean from trials group by all order by n, width";
    const wanted = json("query", "quiet", sql) as unknown as { n: number; width: number; mean: number }[];
    const shown = rows.map((row) => row.split(",").map(Number)).sort((a, b) => a[1] - b[1] || a[0] - b[0]);
    expect(shown.map(([width, n]) => [n, width])).toEqual(wanted.map(({ n, width }) => [n, width]));
    shown.forEach(([, , mean], i) => expect(mean).toBeCloseTo(wanted[i].mean, 12));
    const { status, stdout } = equihard("report", "quiet", "grown-not", "--out", "shown");
    expect([status, stdout]).toEqual([2, ""]);
  });

  it.each([
    [["report"], /^equihard: report: no run folder named; equihard report RUN\n$/],
    [["report", "matrix", "quiet"], /^equihard: --other: not read by a run of studies\n$/],
    [["report", "quiet", "matrix"], /^equihard: matrix: is a run of studies; allowed: another sweep\n$/],
    [["report", "quiet", "--outcome", "final_los"], /^equihard: --outcome: .*did you mean "final_loss"\?\n$/],
  ])("%j is refused in a line", (args, message) => {
    const { status, stdout, stderr } = equihard(...args);
    expect([status, stdout, stderr]).toEqual([2, "", expect.stringMatching(message)]);
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
    expect(Number(first["trials"])).toBeLessThan(5 * found.transition.tried);
    const again = json("sweep", "where.yaml", "--out", "where");
    expect([again["trials"], again["transitions"]]).toEqual([0, first["transitions"]]);
    writeFileSync(join(dir, "grid.yaml"), `${fixed}seeds: 5\n`);
    expect(json("sweep", "grid.yaml", "--dry-run")["trials"]).toBe(35);
  });
});
