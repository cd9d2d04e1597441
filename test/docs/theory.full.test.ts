/** The commands of the theory page run as printed, but for fewer steps. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/theory.md"), "utf8");
const dir = mkdtempSync(join(tmpdir(), "equihard-theory-"));
afterAll(() => rmSync(dir, { recursive: true }));

it("docs/theory.md: every command does what the page says", () => {
  const commands = [...page.matchAll(/^ {4}equihard (.*)$/gm)].map(([, line]) => line.split(" "));
  expect(commands.map(([name]) => name)).toEqual(["train", "train", "train", "certify", "budget"]);
  const printed = commands.map((args) => {
    const few = args[0] === "train" ? ["--steps", "3", "--test-samples", "200"] : [];
    const run = spawnSync(process.execPath, [join(root, "bin/equihard"), ...args, ...few], {
      cwd: dir,
      encoding: "utf8",
    });
    expect([args.join(" "), run.status]).toEqual([args.join(" "), 0]);
    return run.stdout;
  });
  expect(printed[0]).toMatch(/closed form[\s\S]*covers it, with the family's certificate/);
  expect(printed[1]).toMatch(/every graph up to relabelling[\s\S]*covers it/);
  expect(printed[2]).toMatch(/uniform law on these inputs[\s\S]*a certificate of these inputs' law/);
  expect(printed[4]).toMatch(/heuristic[\s\S]*a theorem/);
});
