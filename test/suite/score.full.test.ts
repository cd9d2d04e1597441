/** `score` as a user runs it: a budget, our own learners, a board of several. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, it } from "vitest";
import { writeNpz } from "../../src/interop/npz.ts";

const program = resolve(import.meta.dirname, "../../bin/equihard");
const dir = mkdtempSync(join(tmpdir(), "equihard-score-"));
afterAll(() => rmSync(dir, { recursive: true }));
const run = (...args: string[]) =>
  spawnSync(process.execPath, [program, ...args], { cwd: dir, encoding: "utf8" });

it("a data set's predictions are held against a budget", async () => {
  run(..."export gnn-hidden-plane --n 1 --d 16 --k 4 --splits train:10,test:50 --out d.npz".split(" "));
  writeFileSync(join(dir, "p.npz"), await writeNpz({ y_pred: { shape: [50], data: new Float32Array(50) } }));
  const scored = "score p.npz --data d.manifest.json".split(" ");
  expect(run(...scored).stdout).toMatch(/at chance\. Learners from correlations need \d+ queries/);
  const held = run(...scored, "--steps", "4000", "--parameters", "1000").stdout;
  expect(held).toMatch(/T P = 4000000 queries are not fewer than the \d+ needed at tolerance 0.0625/);
  for (const [args, complaint] of [
    [["--steps", "5"], /give --steps and --parameters/],
    [["--entries", "gnn"], /--entries: not read by score without --learner/],
    [["--learner", "kernel-ridge"], /--data/],
  ] as const) {
    const { status, stderr } = run(...scored, ...args);
    expect([status, stderr.trimEnd().split("\n").length]).toEqual([2, 1]);
    expect(stderr).toMatch(complaint);
  }
});

it("our own learner's score goes on the board beside those that are kept", () => {
  const learner = "score --learner f2-elimination --entries gnn-degree-parity.n4 --name mine --json".split(
    " ",
  );
  const { stdout, stderr } = run(...learner);
  const document = JSON.parse(stdout);
  expect(document, stderr).toMatchObject({ schema: "equihard.score/1", submission: "mine" });
  expect(document.transitions).toHaveLength(2);
  writeFileSync(join(dir, "mine.json"), stdout);
  const { submissions } = JSON.parse(
    run("score", "--board", "mine.json", "--out", "b.html", "--json").stdout,
  );
  expect(submissions.at(-1)).toBe("mine");
  expect(submissions.length).toBeGreaterThan(1);
  const page = readFileSync(join(dir, "b.html"), "utf8");
  for (const name of submissions) expect(page).toContain(name);
  writeFileSync(join(dir, "bad.json"), "{}");
  const bad = run("score", "--board", "bad.json", "--out", "b.html");
  expect([bad.status, bad.stderr.trimEnd().split("\n").length]).toEqual([2, 1]);
  expect(run("score", "--board").stderr).toMatch(/--out/);
});
