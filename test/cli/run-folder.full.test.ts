/** A run folder as a user finds it again: short of room, with odd files, of another version, under a jumping clock. */

import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StoredRecord } from "../../src/run/record.ts";
import { numerics } from "../../src/base/version.ts";

const bin = resolve(import.meta.dirname, "../../bin/equihard");
const dir = mkdtempSync(join(tmpdir(), "equihard-folder-"));
afterAll(() => rmSync(dir, { recursive: true }));

/** A line for bash, in the folder of the test; $E is the program, $M a small run: a study of many short pieces. */
function bash(line: string): { status: number | null; stdout: string; stderr: string } {
  const small = "sweep small.json --workers 2 --json";
  const env = { ...process.env, E: `${process.execPath} ${bin}`, M: `${process.execPath} ${bin} ${small}` };
  return spawnSync("bash", ["-c", line], { encoding: "utf8", cwd: dir, env });
}

const results = (run: string): string[] => readdirSync(join(dir, run, "results")).sort();
const file = (run: string, name: string): string => join(dir, run, "results", name);
const load = (path: string): StoredRecord => JSON.parse(readFileSync(path, "utf8")) as StoredRecord;
const outcomes = (run: string): string[] => results(run).map((name) => JSON.stringify(load(file(run, name)).result)); // prettier-ignore
/** The finished run under a new name. */
const copy = (name: string): string => {
  cpSync(join(dir, "whole"), join(dir, name), { recursive: true });
  return name;
};

/** Pieces of work of the small run. */
let whole = 0;
beforeAll(() => {
  bash("$E --version"); // builds, before a limit on file sizes forbids it
  writeFileSync(join(dir, "small.json"), '{ "study": "curve-and-neuron" }');
  const { status, stdout } = bash("$M --out whole --quiet");
  expect(status).toBe(0);
  whole = (JSON.parse(stdout) as { trials: number }).trials;
  expect(whole).toBeGreaterThan(10);
  expect(JSON.parse(stdout)).toMatchObject({ finished: whole, failed: [] });
});

describe("no room", () => {
  it("ends the run with exit 2 and no torn record; with room again, the same command completes it", () => {
    const planned = bash("ulimit -f 1; $M --out small --quiet"); // already what is to be done has no room
    expect([planned.status, planned.stderr]).toEqual([
      2,
      expect.stringMatching(/^equihard: small\/tasks\.jsonl: cannot be written: .*\n$/),
    ]);
    expect(results("small")).toEqual([]);
    cpSync(join(dir, "whole", "tasks.jsonl"), join(dir, "small", "tasks.jsonl"));
    const { status, stdout, stderr } = bash("ulimit -f 1; $M --out small --quiet");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^equihard: small\/results\/[0-9a-f]{20}\.json: cannot be written: file too large \(EFBIG\); make room.*\n$/); // prettier-ignore
    expect(results("small").every((name) => outcomes("whole").includes(JSON.stringify(load(file("small", name)).result)))).toBe(true); // prettier-ignore
    expect(bash("$M --out small --quiet").status).toBe(0);
    expect([results("small"), outcomes("small")]).toEqual([results("whole"), outcomes("whole")]);
  });
});

describe("a disk that loses what it has taken", () => {
  /** Run before the program: the third record is cut short after it was published. */
  const faulty = `
    import fs from "node:fs";
    import { syncBuiltinESMExports } from "node:module";
    const link = fs.linkSync;
    let left = 3;
    fs.linkSync = (from, to) => {
      link(from, to);
      if (to.endsWith(".json") && --left === 0) fs.truncateSync(to, 10);
    };
    syncBuiltinESMExports();`;

  it("is not reported as done: what counts is what is there at the end", () => {
    writeFileSync(join(dir, "faulty.mjs"), faulty);
    const { status, stdout } = bash("NODE_OPTIONS='--import ./faulty.mjs' $M --out faulty --quiet");
    const { finished, failed } = JSON.parse(stdout) as { finished: number; failed: { message: string }[] };
    expect([status, finished]).toEqual([1, whole - 1]);
    expect(failed.map((f) => f.message)).toEqual([
      "its record is gone or damaged; run the same command again",
    ]);
    expect(bash("$M --out faulty --quiet").status).toBe(0);
    expect(outcomes("faulty")).toEqual(outcomes("whole"));
  });
});

describe("odd files", () => {
  it("among the records are named, done again, and block neither resuming nor cite", () => {
    const run = copy("odd");
    const [a, b, c, d] = results(run);
    writeFileSync(file(run, a), "null\n");
    cpSync(file(run, c), file(run, b));
    rmSync(file(run, d));
    symlinkSync("nowhere", file(run, d));
    mkdirSync(file(run, "folder.json"));
    const cite = bash(`$E cite ${run}`);
    expect([cite.status, cite.stdout.startsWith("% the theorems")]).toEqual([0, true]);
    expect(cite.stderr.trimEnd().split("\n")).toHaveLength(4);

    const { status, stdout, stderr } = bash(`$M --out ${run}`);
    expect([status, (JSON.parse(stdout) as { finished: number }).finished]).toEqual([0, whole]);
    const notices = stderr.split("\n").filter((line) => line.startsWith("equihard: "));
    for (const [i, [name, problem]] of [
      [a, "no record: the document does not fit"],
      [b, `a copy of the record ${c.slice(0, 20)}`],
      [d, "cannot be read: no such file or directory (ENOENT)"],
      ["folder.json", "cannot be read: illegal operation on a directory (EISDIR)"],
    ].entries())
      expect(notices[i]).toBe(`equihard: odd/results/${name}: ${problem}; moved to odd/damaged, its work is done again`); // prettier-ignore
    expect([results(run), outcomes(run)]).toEqual([results("whole"), outcomes("whole")]);
    expect(readdirSync(join(dir, run, "damaged")).sort()).toEqual([a, b, d, "folder.json"].sort());
    expect(bash(`$E cite ${run}`).stderr).toBe("");
  });

  it("as run.json are one line, exit 2, and nothing is touched", () => {
    const run = copy("stamp");
    const stamp = join(dir, run, "run.json");
    const forms: [RegExp, () => void][] = [
      [/run.json: null does not fit/, () => writeFileSync(stamp, "null")],
      [/run.json: \[\] does not fit/, () => writeFileSync(stamp, "[]")],
      [/run.json: is not JSON/, () => writeFileSync(stamp, "{")],
      [/run.json: schema: missing/, () => writeFileSync(stamp, "{}")],
      [/run.json: cannot be read: .*EISDIR/, () => mkdirSync(stamp)],
      [/run.json: no such file/, () => symlinkSync("nowhere", stamp)],
    ];
    for (const [message, make] of forms) {
      rmSync(stamp, { recursive: true, force: true });
      make();
      const { status, stdout, stderr } = bash(`$M --out ${run} --quiet`);
      expect([status, stdout, stderr.trimEnd().split("\n").length]).toEqual([2, "", 1]);
      expect(stderr).toMatch(message);
      expect(stderr).toContain("choose another --out");
    }
    expect(outcomes(run)).toEqual(outcomes("whole"));
  });
});

describe("another version", () => {
  const alter = (run: string, names: string[], change: Record<string, unknown>): void => {
    for (const name of names) {
      const record = load(file(run, name));
      writeFileSync(file(run, name), JSON.stringify({ ...record, measurement: { ...record.measurement, ...change } })); // prettier-ignore
    }
  };

  it.each([
    ["later", { numerics: numerics + 1 }, `numerics-${numerics + 1}`, `numerics version ${numerics + 1}`],
    [
      "before",
      { numerics: undefined },
      "numerics-unnamed",
      "an older program that named no numerics version",
    ],
  ])("of the numbers, %s: asks, and with --yes keeps the records apart", (name, change, shelf, words) => {
    const run = copy(name);
    const foreign = results(run).slice(0, 2);
    alter(run, foreign, change);
    const refused = bash(`$M --out ${run} --quiet`);
    expect([refused.status, refused.stdout]).toEqual([2, ""]);
    expect(refused.stderr).toBe(
      `equihard: --out: ${run} holds 2 records of ${words}; they do not mix with version ${numerics}, which this is; ` +
        "choose another --out, or add --yes to keep those records aside and compute them again\n",
    );
    expect(results(run)).toEqual(results("whole"));
    expect(bash(`$E cite ${run}`).stderr).toContain(`mixes 2 records of ${words} and ${whole - 2} records`);

    const { status, stdout, stderr } = bash(`$M --out ${run} --yes`);
    expect([status, (JSON.parse(stdout) as { finished: number }).finished]).toEqual([0, whole]);
    expect(stderr).toContain(`equihard: 2 records of ${words}: kept aside in ${run}/${shelf}\n`);
    expect(readdirSync(join(dir, run, shelf)).sort()).toEqual(foreign);
    expect(outcomes(run)).toEqual(outcomes("whole"));
    expect(bash(`$E cite ${run}`).stderr).toBe("");
  });

  it("of the program only: goes on, and says so", () => {
    const run = copy("program");
    alter(run, results(run).slice(0, 1), { version: "0.0.9" });
    const { status, stderr } = bash(`$M --out ${run}`);
    expect(status).toBe(0);
    expect(stderr).toContain(`equihard: ${run} has records by equihard 0.0.9, of the same numerics version: kept\n`); // prettier-ignore
    const stamp = JSON.parse(readFileSync(join(dir, run, "run.json"), "utf8")) as Record<string, unknown>;
    expect(stamp).toMatchObject({ versions: ["0.0.9", "0.1.0"], numerics });
  });
});

it("durations do not follow the wall clock", () => {
  const run = copy("clock");
  const back = "let t = 4e12; Date.now = () => (t -= 1e6);";
  const { status, stdout } = bash(`NODE_OPTIONS='--import data:text/javascript,${encodeURIComponent(back)}' $M --out ${run}`); // prettier-ignore
  const { finished, seconds } = JSON.parse(stdout) as { finished: number; seconds: number };
  expect([status, finished]).toEqual([0, whole]);
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThan(600);
});
