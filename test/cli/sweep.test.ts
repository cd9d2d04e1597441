/** Sweeps as a user runs them: sized, extended, refused. */

import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { dir, equihard, json, spec } from "./sweep-folder.ts";

beforeAll(() => {
  equihard("--version"); // builds what is stale
  spec("quiet.yaml", 4);
});

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
