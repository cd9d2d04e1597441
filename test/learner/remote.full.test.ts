/** Programs as learners, on the command line: honest ones, in Python, and hostile ones. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { LearnFinal } from "../../src/learner/learner.ts";
import { type Task } from "../../src/run/task.ts";
import { runTask } from "../../src/run/work.ts";
import { planMatrix } from "../../src/study/matrix/plan.ts";
import { builtIn } from "../../src/study/registry.ts";

const root = resolve(import.meta.dirname, "../..");
const python = "/usr/bin/python3";
const numpy = spawnSync(python, ["-c", "import numpy"]).status === 0;
const dir = mkdtempSync(join(tmpdir(), "equihard-remote-"));
afterAll(() => rmSync(dir, { recursive: true }));

/** The program to its end; given up, with no status, long before a program that sleeps has ended. */
const run = (...args: string[]) =>
  spawnSync(process.execPath, [join(root, "bin/equihard"), ...args], {
    encoding: "utf8",
    cwd: dir,
    timeout: 300_000,
  });
const plane = ["gnn-hidden-plane", "--n", "1", "--d", "8", "--k", "4"];
const program = (name: string): string => `exec:${python} ${join(root, "examples/learner", name)}`;

it("where tests run unattended, NumPy is there", () => {
  if (process.env["CI"] !== undefined) expect(numpy).toBe(true);
});

describe.skipIf(!numpy)("a learner in Python (skipped without NumPy)", () => {
  const learn = (...more: string[]) => JSON.parse(run("learn", ...plane, ...more, "--json").stdout);

  it("learns the twin from samples, and not the hard target", () => {
    const easy = learn("--easy", "--learner", program("ridge.py"));
    expect(easy).toMatchObject({ schema: "equihard.learn/1", samples: 20_000, queries: null });
    expect(easy.final.explainedVariance).toBeGreaterThan(0.85);
    expect(learn("--learner", program("ridge.py")).final.explainedVariance).toBeLessThan(0.02);
  });

  it("learns the twin from an honest oracle; the adversary gives it nothing", () => {
    const honest = ["--learner", program("correlate.py"), "--oracle", "honest", "--tau", "0.02"];
    const easy = learn("--easy", ...honest);
    expect(easy).toMatchObject({ queries: 44, samples: null });
    expect(easy.final.explainedVariance).toBeGreaterThan(0.8);
    const played = learn("--count", "40", "--learner", program("correlate.py"), "--oracle", "adversarial", "--tau", "0.2");
    expect(played).toMatchObject({ oracle: "adversarial", functions: 40 });
    expect(played.survivors).toBeGreaterThan(30);
    expect(played.final.explainedVariance).toBeLessThan(0.05);
  }); // prettier-ignore

  it("has a row of the matrix", async () => {
    const learner = program("ridge.py");
    const setting = { family: "gnn-hidden-plane", params: { n: 1, d: 8, k: 4 }, train: {} };
    const plan = planMatrix({ samples: 20_000, seeds: 1, effort: "quick" }, builtIn, {
      settings: [setting],
      rows: [{ learner, label: learner }],
    });
    const [hard, twin] = plan.entries.map(({ tasks, refusal }) => ({ task: tasks[0], refusal }));
    expect([hard.refusal, twin.refusal]).toEqual([null, null]);
    const explained = async (task: Task) => {
      const { result } = await runTask(task, builtIn);
      return (result["final"] as LearnFinal).explainedVariance;
    };
    expect(await explained(twin.task)).toBeGreaterThan(0.85);
    expect(await explained(hard.task)).toBeLessThan(0.02);
    expect(run("matrix", "--learner", "low-degree").stderr).toMatch(/"low-degree" is no program/);
  });
});

describe("a hostile program", () => {
  const node = `${process.execPath} -e`;
  it.each([
    ["exec:cat", [], /asks for nothing/],
    ["exec:yes", [], /is not JSON/],
    ["exec:cat /dev/zero", [], /a line of more than 67108864 bytes/],
    ["exec:echo null; sleep 9", [], /says null; allowed: a JSON object a line/],
    ["exec:echo Sorry >&2; exit 3", [], /ended \(code 3\) before it was done: Sorry/],
    ["exec:nothing-of-that-name", [], /ended \(code 127\).*not found/],
    ["exec:sleep 3333", ["--timeout", "1"], /took more than 1 s; give it more with --timeout/],
    ["exec:(setsid sleep 400 &) ; exec sleep 3333", ["--timeout", "1"], /took more than 1 s/], // holds its pipes open
    ["exec:trap '' TERM HUP PIPE; sleep 3333 & sleep 3333", ["--timeout", "1"], /took more than 1 s/],
    [`exec:${node} 'for(;;)console.log("{}")'`, [], /asks for nothing|asks without waiting/],
    ['exec:echo \'{"ask":"examples","count":100000000}\'', [], /too large/],
    ['exec:echo \'{"ask":"points","from":0,"count":1}\'; cat', [], /points, which this oracle does not give/],
    ['exec:echo \'{"ask":"done"}\'; echo \'{"predictions":"AAAA"}\'; cat', [], /4 characters of base64/],
  ])("%s: one line, exit 2, and nothing left running", (learner, more, message) => {
    const { status, stderr, stdout } = run("learn", ...plane, "--learner", learner, ...more, "--quiet");
    expect(stderr).toMatch(message);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    const commands = spawnSync("sh", ["-c", "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '"]).stdout;
    expect(commands.toString()).not.toContain("sleep 3333");
  });

  it("what only programs read is refused elsewhere, and sweeps run none", () => {
    const { stderr } = run("learn", ...plane, "--learner", "low-degree", "--queries", "5");
    expect(stderr).toMatch(/--queries: not read by low-degree/);
    const spec = readFileSync(join(root, "docs/sweeps.md"), "utf8");
    expect(spec).not.toContain("exec:");
  });
});
