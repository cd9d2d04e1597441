/** `figure`, as a user runs it on a folder of records. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canonicalJson } from "../../src/base/json.ts";
import { sha256 } from "../../src/base/sha256.ts";
import { openStore } from "../../src/run/store/files.ts";
import { builtIn } from "../../src/study/registry.ts";
import { degreeParity } from "../../src/study/degree-parity/study.ts";
import { inventedRun } from "../study/invented.ts";
import { programIn } from "./program.ts";

const dir = mkdtempSync(join(tmpdir(), "equihard-figure-"));
afterAll(() => rmSync(dir, { recursive: true }));
/** A run of all studies, and one of a single study at a scale that has no kept run beside it: drawn far sooner. */
const [all, run] = [join(dir, "all"), join(dir, "run")];
const fileOf = (sweep: object) => ({ sweep, specHash: sha256(canonicalJson(sweep)) });
const figure = (...args: string[]) => programIn(dir)("figure", ...args);

beforeAll(() => {
  for (const [folder, study, scale] of [
    [all, "all", "quick"],
    [run, degreeParity.id, "laptop"],
  ] as const) {
    const store = openStore(folder);
    const tasks = Object.values(degreeParity.tasks({ scale, catalogue: builtIn })).flat();
    for (const record of inventedRun(tasks, 1)) store.publish(record);
    writeFileSync(
      join(folder, "run.json"),
      JSON.stringify({ schema: "equihard.run/1", id: "a", ...fileOf({ study, scale }) }),
    );
  }
});

describe("figure", () => {
  it("draws one figure of a run: on standard output, in a file, as a bitmap of its size", () => {
    const { stdout, status, stderr } = figure("accuracy-against-n", "--run", run);
    expect([status, stderr]).toEqual([0, ""]);
    const [, width, height] = /^<svg [^>]*viewBox="0 0 (\d+) (\d+)"/.exec(stdout) ?? [];
    expect(Number(width)).toBeGreaterThan(400);
    expect(figure("accuracy-against-n", "--run", run, "--out", "a.svg").status).toBe(0);
    expect(`${readFileSync(join(dir, "a.svg"), "utf8")}\n`).toBe(stdout);
    expect(figure("accuracy-against-n", "--run", run, "--out", "a.png").status).toBe(0);
    const png = readFileSync(join(dir, "a.png"));
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * Number(width), 2 * Number(height)]);
    // text is drawn, in whatever font there is: a bitmap without ink would be a few kilobytes
    expect(png.length).toBeGreaterThan(20_000);
  });

  it("lists them, and says what it drew as one document", () => {
    const { figures } = JSON.parse(figure("--run", all, "--json").stdout) as { figures: { name: string }[] };
    expect(figures.map((f) => f.name)).toEqual(
      expect.arrayContaining(["accuracy-against-n", "learning-curves"]),
    );
    const drawn: unknown = JSON.parse(figure("learning-curves", "--run", run, "--json").stdout);
    expect(drawn).toMatchObject({ schema: "equihard.figure/1", format: "svg", out: null });
  });

  it.each([
    [
      ["acuracy-against-n", "--run", "run"],
      /no figure "acuracy-against-n"; did you mean "accuracy-against-n"/,
    ],
    [["a", "--run", "run", "--format", "png"], /--format: a PNG is no text/],
    [["a", "--run", "run", "--format", "gif"], /--format: "gif" is unknown; allowed: svg, png/],
    [["a", "--run", "nowhere"], /nowhere: no run folder/],
    [["accuracy-against-n"], /runs\/quick: no run folder/],
    [["accuracy-against-n", "--run", "run", "--out", "no/a.svg"], /--out: no\/a.svg cannot be written/],
    [["--run", "run", "--out", "a.svg"], /no figure named/],
  ])("refuses %j in one line", (args, message) => {
    const { status, stdout, stderr } = figure(...args);
    expect([status, stdout, stderr.trimEnd().split("\n").length]).toEqual([2, "", 1]);
    expect(stderr).toMatch(message);
  });

  it("refuses a run that is none of reproduce", () => {
    openStore(join(dir, "other"));
    writeFileSync(join(dir, "other", "run.json"), JSON.stringify({ schema: "equihard.run/1", id: "b" }));
    expect(figure("a", "--run", "other").stderr).toMatch(/other: holds a run that is no sweep/);
    const sweep = fileOf({ family: "gnn-degree-parity", parameters: { n: 8 } });
    writeFileSync(
      join(dir, "other", "run.json"),
      JSON.stringify({ schema: "equihard.run/1", id: "b", ...sweep }),
    );
    expect(figure("a", "--run", "other").stderr).toMatch(
      /other: is a sweep of trials; equihard report other/,
    );
  });
});
