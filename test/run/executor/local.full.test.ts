/** Runs with real worker processes and a real run folder: errors, deaths and interruptions lose nothing but what was under way. */

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runTasks, type RunOptions } from "../../../src/run/executor/local.ts";
import { stepsKept } from "../../../src/run/folder/checkpoints.ts";
import { openStore, type Store } from "../../../src/run/store/files.ts";
import { taskId, type Task } from "../../../src/run/task.ts";

const bin = resolve(import.meta.dirname, "../../../bin/equihard");
const program = pathToFileURL(resolve(import.meta.dirname, "../../../dist/worker.js"));
const base = mkdtempSync(join(tmpdir(), "equihard-runner-"));
afterAll(() => rmSync(base, { recursive: true }));

/** Runs the program; `onText` sees what it has written to stderr. */
function equihard(args: readonly string[], onText: (text: string, interrupt: () => void) => void) {
  return new Promise<{ code: number | null; err: string }>((done) => {
    const child = spawn(process.execPath, [bin, ...args], { cwd: base, stdio: ["ignore", "ignore", "pipe"] });
    let err = "";
    child.stderr.on("data", (data) => onText((err += String(data)), () => child.kill("SIGINT")));
    // a signal that comes while Node already takes itself down ends it by that signal: 130 to a shell, as well
    child.on("close", (code, signal) => done({ code: signal === "SIGINT" ? 130 : code, err }));
  });
}

beforeAll(() => equihard(["--version"], () => {})); // builds what is stale

const training = (seed: number, steps: number, more: object = {}): Task => ({
  kind: "train",
  family: "gnn-degree-parity",
  params: { n: 8 },
  seed,
  easy: false,
  options: { steps, batch: 256, width: 64, testSamples: 100, ...more },
});
const endless = 100_000_000;

const run = (store: Store, tasks: readonly Task[], more: Partial<RunOptions> = {}) =>
  runTasks(tasks, { store, workers: 2, program, signal: new AbortController().signal, onEvent: () => {}, ...more }); // prettier-ignore

describe("a training that is interrupted", () => {
  it("is taken up where it was, again and again, to the same result", async () => {
    const task = training(0, 2000);
    const whole = openStore(join(base, "whole"));
    await run(whole, [task]);
    const store = openStore(join(base, "pieces"));
    for (const part of [0.2, 0.5, 0.8]) {
      const end = new AbortController();
      const shares: number[] = [];
      const onEvent: RunOptions["onEvent"] = ({ share }) => {
        if (share !== undefined) shares.push(share);
        if (share !== undefined && share >= part) end.abort();
      };
      expect(await run(store, [task], { signal: end.signal, onEvent })).toMatchObject({ interrupted: true });
      expect(stepsKept(store.dir)).toBeGreaterThanOrEqual(2000 * part);
      expect(shares[0] > 0).toBe(part > 0.2); // where the attempt before has ended
    }
    expect(await run(store, [task])).toMatchObject({ finished: 1 });
    const [pieces, one] = [store, whole].map((of) =>
      of.records().map(({ id, resultHash }) => [id, resultHash]),
    );
    expect(pieces).toEqual(one);
    expect(stepsKept(store.dir)).toBe(0);
  });
});

describe("runTasks", () => {
  it("ends with the error of a lane that cannot publish, while another trains; what was finished stays", async () => {
    const store = openStore(join(base, "full"));
    const [first, second, long] = [training(0, 10), training(1, 10), training(2, endless)];
    const full: Store = {
      ...store,
      publish(record) {
        if (record.id === taskId(second)) throw new RangeError("no space is left");
        store.publish(record);
      },
    };
    await expect(run(full, [long, first, second])).rejects.toThrow("no space is left");
    expect(store.records().map((r) => r.id)).toEqual([taskId(first)]);
    // and the next run completes
    const { finished, failed } = await run(store, [first, second]);
    expect([finished, failed]).toEqual([2, []]);
  });

  it("fails the task whose worker dies, and goes on with the others in a new one", async () => {
    const store = openStore(join(base, "death"));
    const mortal = join(base, "mortal.mjs");
    writeFileSync(
      mortal,
      `import ${JSON.stringify(program.href)};\nprocess.on("message", ({ seed }) => seed === 1 && process.kill(process.pid, "SIGKILL"));\n`,
    );
    const tasks = [0, 1, 2, 3].map((seed) => training(seed, 10));
    const { finished, failed } = await run(store, tasks, { program: pathToFileURL(mortal) });
    expect(finished).toBe(3);
    expect(failed).toEqual([{ task: tasks[1], message: "the worker process ended (SIGKILL)" }]);
  });

  it("keeps a record of a training that diverges, which is not run again", async () => {
    const store = openStore(join(base, "diverged"));
    const task = training(0, 20, { optimizer: "sgd", lr: 100 });
    expect(await run(store, [task])).toMatchObject({ finished: 1, failed: [] });
    expect(store.records()[0].result).toMatchObject({ stopped: "diverged", final: { loss: null } });
    const states: string[] = [];
    await run(store, [task], { onEvent: ({ state }) => states.push(state) });
    expect(states).toEqual(["kept"]);
  });

  it("leaves out what is not admitted, and starts none of it", async () => {
    const store = openStore(join(base, "limit"));
    const tasks = [0, 1, 2].map((seed) => training(seed, 10));
    const started: Task[] = [];
    const summary = await run(store, tasks, {
      admit: (task) => task === tasks[0],
      onEvent: ({ task, state }) => state === "started" && started.push(task),
    });
    expect(summary).toEqual({ finished: 1, leftOut: tasks.slice(1), failed: [], interrupted: false });
    expect(started).toEqual([tasks[0]]);
  });

  it("fails a task that is bad input, with its reason", async () => {
    const bad = training(0, 10, { optimizer: "lion" });
    const { failed } = await run(openStore(join(base, "bad")), [bad]);
    expect(failed).toMatchObject([{ message: expect.stringContaining('"lion"') as string }]);
  });

  it("leaves no record of what was under way when it is interrupted, nor starts the rest", async () => {
    const store = openStore(join(base, "interrupted"));
    const controller = new AbortController();
    const tasks = [0, 1, 2].map((seed) => training(seed, endless));
    setTimeout(() => controller.abort(), 1500);
    const summary = await run(store, tasks, { signal: controller.signal });
    expect(summary).toEqual({ finished: 0, leftOut: [], failed: [], interrupted: true });
    expect(store.records()).toEqual([]);
  });
});

describe("Ctrl-C", () => {
  const matrix = ["matrix", "--samples", "2000000", "--seeds", "1", "--families", "frame-parity", "--workers", "2"]; // prettier-ignore
  const train = ["train", "gnn-degree-parity", "--n", "12", "--steps", "1000000", "--width", "128"];
  const descent = ["learn", "gnn-degree-parity", "--n", "12", "--learner", "gradient-descent", "--samples", "100000000"]; // prettier-ignore
  const moments = ["learn", "cnn-hidden-plane", "--k", "6", "--learner", "label-squared-pca", "--samples", "100000000"]; // prettier-ignore

  // training or computing is under way when the first signal comes; the second falls into what the first set going
  it.each([
    ["matrix", 1, [...matrix, "--out", "once"], /started: train/],
    ["matrix", 2, [...matrix, "--out", "twice"], /started: train/],
    ["train", 1, train, /step/],
    ["train", 2, train, /step/],
    ["a learner that descends", 1, descent, /step/],
    ["a learner that never looks up", 1, moments, /moments/],
    ["a learner that never looks up", 2, moments, /moments/],
  ])("ends %s with 130 and without a native abort, pressed %i times", async (_, presses, args, underWay) => {
    let due = true;
    const { code, err } = await equihard([...args, "--progress", "json"], (text, interrupt) => {
      if (!due || !underWay.test(text)) return;
      due = false;
      setTimeout(interrupt, 500);
      if (presses > 1) setTimeout(interrupt, 505);
    });
    expect([code, err]).toEqual([130, expect.not.stringMatching(/terminate|error|abort/i)]);
  });
});
