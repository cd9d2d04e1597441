/** What a client of Slurm does next, from what it sees: each case of the design, without a cluster. */

import { describe, expect, it } from "vitest";
import type { PilotArray, StoredArray } from "../../../../src/run/executor/slurm/arrays.ts";
import { arraysOf, decide, type View } from "../../../../src/run/executor/slurm/decide.ts";
import type { Track } from "../../../../src/run/executor/slurm/tracks.ts";

const request = { partition: "main", time: 600, cores: 2, memory: 1000, exclude: [] };
const array = (more: Partial<PilotArray> = {}): PilotArray => ({
  schema: "equihard.array/1",
  k: 0,
  name: "equihard-0-0",
  size: 2,
  round: 0,
  cause: "asked",
  done: 0,
  steps: 0,
  request,
  failures: {},
  ...more,
});
const stored = (more: Partial<PilotArray> = {}, id: string | null = "7"): StoredArray => ({
  array: array(more),
  id,
  ends: null,
});
const pilot = (phase: Track["phase"], more: Partial<Track> = {}): Track => ({
  array: 0,
  index: 0,
  phase,
  reason: "None",
  node: "n1",
  absent: null,
  ...more,
});
const view = (more: Partial<View>): View => ({
  work: { done: 5, steps: 0, unclaimed: 9, held: 0 },
  arrays: [stored()],
  unanswered: new Set(),
  tracks: [],
  exits: new Map(),
  bounds: { maxArraySize: 10, memory: 4000, limit: 3600 },
  asked: { pilots: 3, request },
  begun: true,
  ...more,
});

describe("submission", () => {
  it("plans what the user asks for where there is nothing, and only while work is left", () => {
    expect(decide(view({ arrays: [] }))).toMatchObject({
      do: "plan",
      round: { pilots: 3, cause: "asked", done: 5 },
    });
    expect(decide(view({ arrays: [], work: { done: 5, steps: 0, unclaimed: 0, held: 2 } }))).toEqual({
      do: "wait",
    });
  });

  it("sends what is written down; after no answer only once the queue has been looked at", () => {
    const arrays = [stored({}, null)];
    expect(decide(view({ arrays }))).toMatchObject({ do: "send", array: { k: 0 } });
    expect(decide(view({ arrays, unanswered: new Set([0]) }))).toEqual({ do: "wait" });
  });

  it("sends all arrays of a round at once, and then waits for a look at the queue", () => {
    const arrays = [stored(), stored({ k: 1 }, null), stored({ k: 2 }, null)];
    expect(decide(view({ arrays, tracks: [pilot("running")] }))).toMatchObject({
      do: "send",
      array: { k: 1 },
    });
    const sent = [stored(), stored({ k: 1 })];
    expect(decide(view({ arrays: sent, tracks: [pilot("lost")] }))).toEqual({ do: "wait" });
  });

  it("keeps indices below MaxArraySize", () => {
    const round = { pilots: 25, request, cause: "asked", failures: {}, done: 0, steps: 0 } as const;
    expect(arraysOf(round, 4, "run", 10).map(({ k, name, size }) => [k, name, size])).toEqual([
      [4, "run-4", 10],
      [5, "run-5", 10],
      [6, "run-6", 5],
    ]);
  });

  it("in a folder with pilots that have ended asks anew; with such that live it only waits", () => {
    const ended = view({ begun: false, tracks: [pilot("done"), pilot("cancelled")] });
    expect(decide(ended)).toEqual({ do: "conclude", arrays: [0] });
    expect(decide(view({ begun: false, tracks: [pilot("done"), pilot("running")] }))).toEqual({ do: "wait" });
  });
});

describe("after a round", () => {
  const next = (tracks: readonly Track[], more: Partial<View> = {}) => decide(view({ tracks, ...more }));

  it("waits as long as a pilot lives or others are at what is left", () => {
    expect(next([pilot("lost"), pilot("running")])).toEqual({ do: "wait" });
    expect(next([pilot("lost")], { work: { done: 5, steps: 0, unclaimed: 0, held: 1 } })).toEqual({
      do: "wait",
    });
  });

  it("replaces lost pilots three times, counted from when the user last asked", () => {
    expect(next([pilot("lost"), pilot("done")])).toMatchObject({
      do: "plan",
      round: { cause: "node", pilots: 2 },
    });
    const again = [1, 2, 3].map((k) => stored({ k, round: k, cause: "node" }));
    const earlier = again.map((each) => ({ ...each, ends: { lost: 2 } }));
    const last = { arrays: [...earlier, stored({ k: 4, round: 4, cause: "node" })] };
    expect(next([pilot("node", { array: 4 })], last)).toMatchObject({
      do: "give up",
      problem: { next: expect.stringContaining("sinfo -R") as string },
    });
    const asked = { arrays: [...earlier, stored({ k: 4, round: 4 })] };
    expect(next([pilot("node", { array: 4 })], asked)).toMatchObject({ do: "plan" });
  });

  it("leaves out a node on which two pilots failed", () => {
    expect(next([pilot("lost"), pilot("node"), pilot("lost", { node: "n2" })])).toMatchObject({
      round: { request: { exclude: ["n1"] }, failures: { n1: 2, n2: 1 } },
    });
    expect(
      next([pilot("lost", { node: "n2" })], { arrays: [stored({ failures: { n2: 1 } })] }),
    ).toMatchObject({
      round: { request: { exclude: ["n2"] } },
    });
  });

  it("gives half as much memory again, up to a node's", () => {
    expect(next([pilot("memory"), pilot("done")])).toMatchObject({
      round: { cause: "memory", request: { memory: 1500 } },
    });
    const large = { arrays: [stored({ request: { ...request, memory: 3000 } })] };
    expect(next([pilot("memory")], large)).toMatchObject({ round: { request: { memory: 4000 } } });
    const most = { arrays: [stored({ request: { ...request, memory: 4000 } })] };
    expect(next([pilot("memory")], most)).toMatchObject({
      do: "give up",
      problem: { what: "pilots of 2 workers need more than 4000 MiB, and a node has 4000" },
    });
  });

  it("goes on after a time limit if trials were finished or came further, else says so", () => {
    const exits = new Map([["0_1", { code: "75:0", said: "" }]]);
    for (const end of [pilot("time"), pilot("failed", { index: 1 })]) {
      expect(next([end], { exits })).toMatchObject({ round: { cause: "time", done: 5 } });
      expect(next([end], { exits, arrays: [stored({ done: 5 })] })).toMatchObject({
        do: "give up",
        problem: { where: "--time", allowed: "at most 60m in this partition" },
      });
      const further = {
        arrays: [stored({ done: 5, steps: 100 })],
        work: { done: 5, steps: 101, unclaimed: 9, held: 0 },
      };
      expect(next([end], { exits, ...further })).toMatchObject({ round: { cause: "time", steps: 101 } });
    }
  });

  it.each([
    [
      "an exit that says no more",
      "2:0",
      "equihard: x: no run folder",
      /exit code 2: equihard: x: no run/,
      /mend/,
    ],
    ["a missing program", "127:0", "node: not found", /exit code 127: node: not found/, /install Node/],
  ])("does not try %s again", (_, code, said, what, step) => {
    const exits = new Map([["0_0", { code, said }]]);
    expect(next([pilot("failed"), pilot("done")], { exits })).toMatchObject({
      do: "give up",
      problem: {
        where: "pilot 0_0 on n1",
        what: expect.stringMatching(what) as string,
        next: expect.stringMatching(step) as string,
      },
    });
  });

  it("says what 0:53 means, and that all pilots were cancelled", () => {
    expect(next([pilot("launch")])).toMatchObject({
      do: "give up",
      problem: { what: expect.stringContaining("logs folder is not there") as string },
    });
    expect(next([pilot("cancelled"), pilot("cancelled")])).toMatchObject({
      do: "give up",
      problem: { what: "all pilots were cancelled" },
    });
    expect(next([pilot("cancelled"), pilot("lost")])).toMatchObject({ do: "plan", round: { cause: "node" } });
  });

  it("gives up where Slurm holds every pilot that it could not start, as each of its versions puts it", () => {
    for (const reason of ["launch failed requeued held", "launch_failed_requeued_held"])
      expect(next([pilot("waiting", { reason })])).toMatchObject({
        do: "give up",
        problem: {
          what: `no pilot will ever start: it could not be started on its node, and is held (${reason})`,
          next: expect.stringContaining("sinfo -R") as string,
        },
      });
    for (const reason of [
      "Nodes required for job are DOWN, DRAINED or reserved",
      "job requeued in held state",
    ])
      expect(next([pilot("waiting", { reason })])).toEqual({ do: "wait" });
  });

  it("gives up where every pilot waits for what will not come, and only then", () => {
    const never = pilot("waiting", { reason: "PartitionTimeLimit" });
    expect(next([never, never])).toMatchObject({
      do: "give up",
      problem: {
        what: "no pilot will ever start: it asks for more time than the partition gives (PartitionTimeLimit)",
        next: expect.stringContaining("a shorter --time") as string,
      },
    });
    for (const other of [pilot("running"), pilot("unseen"), pilot("waiting", { reason: "Resources" })])
      expect(next([never, other])).toEqual({ do: "wait" });
  });
});
