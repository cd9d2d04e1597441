/** Workers of a run folder: however many, started by whom, killed when: the same results, each once. */

import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { numerics } from "../../src/base/version.ts";
import { runTasks, type RunOptions } from "../../src/run/executor/local.ts";
import { clearCancellation, writeCancellation } from "../../src/run/folder/cancellation.ts";
import { addTasks } from "../../src/run/folder/pieces.ts";
import { openStore, type Store } from "../../src/run/store/files.ts";
import { taskId, type Task } from "../../src/run/task.ts";

const bin = resolve(import.meta.dirname, "../../bin/equihard");
const program = pathToFileURL(resolve(import.meta.dirname, "../../dist/worker.js"));
const base = mkdtempSync(join(tmpdir(), "equihard-workers-"));
afterAll(() => rmSync(base, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function equihard(args: readonly string[], env: object = {}): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: base,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (data) => (out += String(data)));
  child.stderr.on("data", (data) => (err += String(data)));
  return { child, ended: new Promise((done) => child.on("close", (code) => done({ code, out, err }))) };
}

beforeAll(() => equihard(["--version"]).ended); // builds what is stale

const training = (seed: number, more: object = {}): Task => ({
  kind: "train",
  family: "gnn-degree-parity",
  params: { n: 8 },
  seed,
  easy: false,
  options: { steps: 10, batch: 32, width: 8, testSamples: 100, ...more },
});
const tasks = Array.from({ length: 12 }, (_, seed) => training(seed));
const endless = 100_000_000;

const run = (store: Store, of: readonly Task[], more: Partial<RunOptions> = {}) =>
  runTasks(of, {
    store,
    workers: 2,
    program,
    signal: new AbortController().signal,
    onEvent: () => {},
    ...more,
  });

/** A run folder with work and nobody at it. */
async function folder(name: string, of: readonly Task[], together = 1, policy: object = {}): Promise<Store> {
  const store = openStore(join(base, name));
  await addTasks(store.dir, of, together);
  writeFileSync(
    join(store.dir, "run.json"),
    JSON.stringify({ schema: "equihard.run/1", numerics, ...policy }),
  );
  return store;
}

const results = (store: Store) => store.records().map(({ id, resultHash }) => [id, resultHash]);
const until = async (done: () => boolean): Promise<void> => {
  while (!done()) await sleep(20);
};
const claimed = (store: Store): string[] =>
  existsSync(join(store.dir, "claims"))
    ? readdirSync(join(store.dir, "claims")).filter((c) => !c.startsWith("."))
    : [];

let expected: [string, string][] = [];
beforeAll(async () => {
  const store = openStore(join(base, "one"));
  await run(store, tasks, { workers: 1 });
  expected = results(store) as [string, string][];
  expect(expected).toHaveLength(tasks.length);
});

describe("results", () => {
  it("of four workers, and of pieces of five, are those of one, bit for bit", async () => {
    for (const [name, more] of [
      ["four", { workers: 4 }],
      ["five", { together: 5 }],
    ] as const) {
      const store = openStore(join(base, name));
      expect(await run(store, tasks, more)).toMatchObject({ finished: tasks.length, failed: [] });
      expect(results(store)).toEqual(expected);
      expect(claimed(store)).toEqual([]);
    }
  });

  it("of a client and two workers started by hand on one folder are those of one, and each is made once", async () => {
    const store = await folder("shared", tasks, 2);
    const byHand = [0, 1].map(() => equihard(["worker", store.dir, "--json"]));
    const states: string[] = [];
    const client = run(store, tasks, { workers: 1, onEvent: ({ state }) => states.push(state) });
    const ended = await Promise.all(byHand.map(({ ended: e }) => e));
    expect(await client).toMatchObject({ finished: tasks.length, failed: [] });
    expect(results(store)).toEqual(expected);
    const made = ended.map(({ out }) => (JSON.parse(out) as { finished: number }).finished);
    const own = states.filter((state) => state === "done").length;
    expect(made.reduce((a, b) => a + b, own)).toBe(tasks.length);
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
  });
});

describe("a worker", () => {
  it("killed with -9 at its work leaves a claim that the next takes over; all is done once", async () => {
    const store = await folder(
      "killed",
      [...tasks.slice(0, 5), training(50, { steps: 4000 }), ...tasks.slice(5)],
      4,
    );
    const { child, ended } = equihard(["worker", store.dir]);
    const second = taskId(tasks[4]);
    await until(() => claimed(store).includes(second));
    child.kill("SIGKILL");
    await ended;
    expect(claimed(store)).toEqual([second]);
    const before = store.records().length;
    expect(before).toBe(4);
    const next = await equihard(["worker", store.dir, "--json"]).ended;
    expect([next.code, JSON.parse(next.out)]).toMatchObject([
      0,
      { finished: tasks.length + 1 - before, failed: 0, left: 0 },
    ]);
    const ids = new Set(tasks.map(taskId));
    expect(results(store).filter(([id]) => ids.has(id))).toEqual(expected);
    expect(claimed(store)).toEqual([]);
  });

  it.each(["SIGTERM", "SIGUSR1"] as const)("gives its claim back on %s and exits with 75", async (signal) => {
    const store = await folder(signal, [training(0, { steps: endless })]);
    const { child, ended } = equihard(["worker", store.dir, "--progress", "json", "--json"]);
    await until(() => claimed(store).length === 1);
    await sleep(300);
    child.kill(signal);
    const { code, out } = await ended;
    expect([code, claimed(store), JSON.parse(out)]).toMatchObject([75, [], { finished: 0, left: 1 }]);
    expect(readdirSync(join(store.dir, "results"))).toEqual([]);
  });

  it("begins nothing after --until, and says by 75 that work is left", async () => {
    const store = await folder("until", tasks);
    const { code, out } = await equihard(["worker", store.dir, "--until", "0s", "--json"]).ended;
    expect([code, JSON.parse(out)]).toMatchObject([75, { finished: 0, left: tasks.length }]);
  });

  it("begins nothing of a run that is cancelled; of one that is not, several trials at once", async () => {
    const store = await folder("cancelled", tasks);
    writeCancellation(store.dir);
    const left = await equihard(["worker", store.dir, "--json"]).ended;
    expect([left.code, left.err]).toEqual([
      0,
      expect.stringMatching(/is cancelled; 'equihard resume' goes on/),
    ]);
    expect(JSON.parse(left.out)).toMatchObject({ finished: 0, left: tasks.length });
    clearCancellation(store.dir);
    const done = await equihard(["worker", store.dir, "--workers", "3", "--json"]).ended;
    expect(JSON.parse(done.out)).toMatchObject({ finished: tasks.length, left: 0 });
    expect(results(store)).toEqual(expected);
  });

  it("leaves what other workers are known to be at, and waits for nothing else", async () => {
    const store = await folder("busy", [training(0, { steps: endless }), training(1)]);
    const first = equihard(["worker", store.dir]);
    await until(() => claimed(store).length === 1);
    const second = equihard(["worker", store.dir, "--json"]);
    await until(() => readdirSync(join(store.dir, "results")).length === 1);
    first.child.kill("SIGKILL"); // only now is its claim free: the second is still there to take it
    await until(() => {
      const [id] = claimed(store);
      return (
        id !== undefined &&
        readFileSync(join(store.dir, "claims", id), "utf8").includes(`"pid":${second.child.pid}`)
      );
    });
    second.child.kill("SIGTERM");
    expect((await second.ended).code).toBe(75);
    await first.ended;
  });

  it("does not mind a clock that jumps", async () => {
    const store = await folder("clock", tasks.slice(0, 4));
    const jump = "let t = 4e12; Date.now = () => (t -= 1e9);";
    const env = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(jump)}` };
    const [a, b] = await Promise.all([
      equihard(["worker", store.dir], env).ended,
      equihard(["worker", store.dir]).ended,
    ]);
    expect([a.code, b.code]).toEqual([0, 0]);
    const wanted = new Set(tasks.slice(0, 4).map(taskId));
    expect(results(store)).toEqual(expected.filter(([id]) => wanted.has(id)));
  });

  it.each([
    ["nowhere", [], /nowhere: no run folder; allowed: a folder that sweep, reproduce or matrix wrote/],
    [
      "one",
      ["--until", "soon"],
      /--until: soon is no duration; allowed: a number with s, m, h or d, as in 50m/,
    ],
    [
      "of-old",
      [],
      new RegExp(
        `of-old: is a run of numerics version 0, this is version ${numerics}; use the program that began it`,
      ),
    ],
  ])("refuses %s %j in a line", async (name, more, message) => {
    await folder("of-old", tasks, 1, { numerics: 0 });
    const { code, err } = await equihard(["worker", name, ...more]).ended;
    expect([code, err]).toEqual([2, expect.stringMatching(message)]);
    expect(err.trim().split("\n")).toHaveLength(1);
  });

  it("names the line of tasks.jsonl that is none", async () => {
    const store = await folder("torn", tasks);
    writeFileSync(
      join(store.dir, "tasks.jsonl"),
      `${readFileSync(join(store.dir, "tasks.jsonl"), "utf8")}{"kind":"tra`,
    );
    const { code, err } = await equihard(["worker", store.dir]).ended;
    expect([code, err]).toEqual([2, expect.stringMatching(/tasks\.jsonl:13: is not JSON; restore the file/)]);
  });
});

describe("failures", () => {
  const bad = training(99, { optimizer: "lion" });
  const errors = (store: Store): { id: string; final: boolean; message: string }[] =>
    readdirSync(join(store.dir, "errors"))
      .filter((f) => f.endsWith(".json"))
      .map(
        (f) =>
          JSON.parse(readFileSync(join(store.dir, "errors", f), "utf8")) as {
            id: string;
            final: boolean;
            message: string;
          },
      );
  /** A worker process that kills itself the first `times` times that it is given the task of seed 1. */
  const mortal = (times: number): URL => {
    const [file, count] = [join(base, `mortal-${times}.mjs`), join(base, `count-${times}`)];
    writeFileSync(count, "");
    writeFileSync(
      file,
      `import ${JSON.stringify(program.href)};
       import { appendFileSync, readFileSync } from "node:fs";
       process.prependListener("message", ({ seed }) => {
         if (seed !== 1 || readFileSync(${JSON.stringify(count)}, "utf8").length >= ${times}) return;
         appendFileSync(${JSON.stringify(count)}, "x");
         process.kill(process.pid, "SIGKILL");
       });`,
    );
    return pathToFileURL(file);
  };

  it("are records with their error; bad input is tried once, whatever --retries says", async () => {
    const store = openStore(join(base, "bad"));
    const { finished, failed } = await run(store, [bad, tasks[0]], { retries: 3 });
    expect([finished, failed.length]).toEqual([1, 1]);
    expect(errors(store)).toMatchObject([
      { id: taskId(bad), final: true, message: expect.stringContaining("lion") as string },
    ]);
  });

  it("of a process that dies are tried again, as often as --retries says", async () => {
    const store = openStore(join(base, "again"));
    expect(await run(store, tasks.slice(0, 3), { retries: 1, program: mortal(1) })).toMatchObject({
      finished: 3,
      failed: [],
    });
    expect(errors(store)).toMatchObject([
      { id: taskId(tasks[1]), message: "the worker process ended (SIGKILL)" },
    ]);
    const other = openStore(join(base, "never"));
    expect(await run(other, tasks.slice(0, 3), { retries: 2, program: mortal(9) })).toMatchObject({
      finished: 2,
      failed: [{ task: tasks[1] }],
    });
    expect(errors(other)).toHaveLength(3);
    // the next run tries anew, and keeps what was
    expect(await run(other, tasks.slice(0, 3))).toMatchObject({ finished: 3, failed: [] });
    expect([errors(other), readdirSync(join(other.dir, "errors", "earlier")).length]).toEqual([[], 3]);
    expect(results(other)).toEqual(results(store));
  });

  it("end the run where it fails fast, of workers started by hand, too", async () => {
    const store = openStore(join(base, "fast"));
    const summary = await run(store, [bad, ...tasks], { workers: 1, failFast: true });
    expect(summary).toMatchObject({ finished: 0, failed: [{ task: bad }], interrupted: false });
    writeFileSync(
      join(store.dir, "run.json"),
      JSON.stringify({ schema: "equihard.run/1", numerics, failFast: true }),
    );
    const { code, out } = await equihard(["worker", store.dir, "--json"]).ended;
    expect([code, JSON.parse(out)]).toMatchObject([1, { finished: 0, failed: 1, left: tasks.length }]);
  });
});
