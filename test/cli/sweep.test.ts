/** Sweeps as a user runs them: sized, extended, refused. */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { dir, equihard, json, spec } from "./sweep-folder.ts";

beforeAll(() => {
  equihard("--version"); // builds what is stale
  spec("quiet.yaml", 4);
}, 120_000);

describe("a sweep", () => {
  it("is sized before its first trial; --dry-run prints that and runs nothing", () => {
    const size = json("sweep", spec("dry.yaml", 4), "--out", "dry", "--dry-run", "--workers", "2");
    expect(size).toMatchObject({
      schema: "equihard.sweep/1",
      dryRun: true,
      cells: 4,
      trials: 16,
      workers: 2,
    });
    expect(size["seconds"]).toBeGreaterThan(0);
    expect(size["bytes"]).toBeGreaterThan(2 ** 24);
    expect(readdirSync(dir)).not.toContain("dry");
  });

  it("of more than 10 minutes asks before it begins", () => {
    writeFileSync(
      join(dir, "long.yaml"),
      "family: gnn-degree-parity\nparameters: { n: 8 }\ntrain: { steps: 100000 }\nseeds: 100000\n",
    );
    const { status, stderr } = equihard("sweep", "long.yaml", "--quiet");
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/^equihard: sweep: this takes about \d+ hours .*add --yes to do it\n$/),
    ]);
    expect(readdirSync(dir)).not.toContain("runs");
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

  it.each([
    [["sweep"], /sweep: no file named/],
    [["sweep", "nowhere.yaml"], /nowhere\.yaml: no such file/],
    [["sweep", "quiet.yaml", "--fail-fast", "--keep-going"], /--fail-fast: stands beside --keep-going/],
    [["sweep", "quiet.yaml", "--retries", "many"], /--retries: many does not fit/],
    [["resume", "nowhere"], /nowhere: no run folder/],
    [["status"], /status: no run folder named/],
  ])("%j is refused in a line", (args, message) => {
    const { status, stderr } = equihard(...args);
    expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});
