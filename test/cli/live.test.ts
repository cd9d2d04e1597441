/** The live view of a run: counts, rates and the time left are those of its events. */

import { describe, expect, it } from "vitest";
import { tallyOf } from "../../src/cli/live.ts";
import type { TaskEvent } from "../../src/run/executor/local.ts";
import type { Task } from "../../src/run/task.ts";

const task = (seed: number): Task => ({
  kind: "train",
  family: "gnn-degree-parity",
  params: { n: 8 },
  seed,
  easy: false,
  options: {},
});
const tasks = Array.from({ length: 10 }, (_, seed) => task(seed));

describe("a tally", () => {
  it("counts each state, and foretells the rest from what was done, not from what was there before", () => {
    let time = 1000;
    const { take, tally } = tallyOf(10, () => time);
    const at = (seconds: number, seed: number, state: TaskEvent["state"], share?: number): void => {
      time = 1000 + 1000 * seconds;
      take({ task: tasks[seed], state, ...(share === undefined ? {} : { share }) });
    };
    expect(tally()).toMatchObject({ ended: 0, rate: null, left: null, running: [] });
    for (const seed of [0, 1]) at(0, seed, "kept");
    at(0, 2, "started");
    at(0, 3, "started");
    expect(tally()).toMatchObject({ ended: 2, rate: null, left: null });
    at(2, 2, "running", 0.25);
    at(2, 3, "running", 0.75);
    // one of eight in two seconds: fourteen for the other seven
    expect(tally()).toMatchObject({ ended: 2, rate: null, left: 14 });
    at(4, 3, "done");
    at(4, 2, "running", 1);
    expect(tally()).toMatchObject({ total: 10, ended: 3, failed: 0, rate: 0.25, left: 12 });
    expect(tally().running).toEqual([{ task: tasks[2], share: 1 }]);
    at(8, 2, "failed");
    expect(tally()).toMatchObject({ ended: 4, failed: 1, rate: 0.125, left: 24, running: [] });
    at(8, 4, "left out");
    expect(tally()).toMatchObject({ ended: 5, left: 20 });
  });
});
