/** Many short trials: what they cost beside their work, and how soon their state is known. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runTasks } from "../../../src/run/executor/local.ts";
import { addTasks } from "../../../src/run/folder/pieces.ts";
import { openStore } from "../../../src/run/store/files.ts";
import type { Task } from "../../../src/run/task.ts";
import { trainedRecord } from "../../study/records.ts";

const bin = resolve(import.meta.dirname, "../../../bin/equihard");
const base = mkdtempSync(join(tmpdir(), "equihard-scale-"));
afterAll(() => rmSync(base, { recursive: true }));
beforeAll(() => void spawnSync(process.execPath, [bin, "--version"])); // builds what is stale

type Training = Extract<Task, { kind: "train" }>;
const training = (seed: number): Training => ({
  kind: "train",
  family: "gnn-degree-parity",
  params: { n: 6 },
  seed,
  easy: false,
  options: {},
});
const many = (count: number): Training[] => Array.from({ length: count }, (_, seed) => training(seed));
const together = 256;

it("costs at most 2 ms a trial beside its work", async () => {
  const program = join(base, "at-once.mjs");
  writeFileSync(
    program,
    `process.on("message", (task) => process.send({ outcome: { result: { seed: task.params.seed }, measurement: {} },
       seconds: 0, peakBytes: 0 }));\nprocess.on("disconnect", () => process.exit());\n`,
  );
  const tasks = Array.from({ length: 4000 }, (_, seed): Task => {
    return { kind: "recipe", family: "gnn-degree-parity", recipe: "none", params: { seed } };
  });
  const store = openStore(join(base, "overhead"));
  const start = performance.now();
  const { finished } = await runTasks(tasks, {
    store,
    workers: 1,
    together,
    program: pathToFileURL(program),
    signal: new AbortController().signal,
    onEvent: () => {},
  });
  const each = (performance.now() - start) / tasks.length;
  expect(finished).toBe(tasks.length);
  expect(readdirSync(join(store.dir, "results"))).toHaveLength(Math.ceil(tasks.length / together));
  console.log(`overhead: ${each.toFixed(2)} ms a trial`);
  expect(each).toBeLessThan(2);
});

it("tells the state of 100,000 trials in less than a second of the processor", async () => {
  const store = openStore(join(base, "state"));
  const tasks = many(100_000);
  await addTasks(store.dir, tasks, together);
  writeFileSync(join(store.dir, "run.json"), JSON.stringify({ schema: "equihard.run/1" }));
  for (let at = 0; at + together <= tasks.length; at += together) {
    const records = tasks.slice(at, at + together).map((task) => trainedRecord(task, { loss: 0.5 }));
    store.publishBatch(records[0].id, records);
  }
  const done = together * Math.floor(tasks.length / together);
  const seconds = [1, 2, 3].map(() => {
    const before = childSeconds();
    const { stdout } = spawnSync(process.execPath, [bin, "status", store.dir, "--json"], {
      encoding: "utf8",
    });
    expect(JSON.parse(stdout)).toMatchObject({ tasks: tasks.length, done, open: tasks.length - done });
    return childSeconds() - before;
  });
  console.log(`status: ${seconds.map((s) => s.toFixed(2)).join(", ")} s of the processor`);
  expect(Math.min(...seconds)).toBeGreaterThan(0.05);
  expect(Math.min(...seconds)).toBeLessThan(1);
});

/**
 * Processor time of the children that have ended, which no other work on this machine lengthens much: fields 16 and 17
 * of proc(5)'s stat, in hundredths of a second, counted after the name, which may hold blanks.
 */
function childSeconds(): number {
  const stat = readFileSync("/proc/self/stat", "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[13]) + Number(fields[14])) / 100;
}
