/** What Slurm prints, read; what pilots ask for; when the queue is asked. Rows are those of Slurm 22.05 itself. */

import { describe, expect, it } from "vitest";
import type { PilotArray } from "../../../../src/run/executor/slurm/arrays.ts";
import { nextPoll } from "../../../../src/run/executor/slurm/pace.ts";
import { endingOf, parseExits, parseQueue, phaseOf } from "../../../../src/run/executor/slurm/queue.ts";
import { grouped, waitingLine } from "../../../../src/run/executor/slurm/reasons.ts";
import { quoted } from "../../../../src/base/shell.ts";
import { beginsFor, sbatchArgs } from "../../../../src/run/executor/slurm/script.ts";
import { parsePartitions, parseTimeLimit, partitionOf } from "../../../../src/run/executor/slurm/site.ts";
import { sizing } from "../../../../src/run/executor/slurm/sizing.ts";
import { GRACE, LOOKS, observe, type Track } from "../../../../src/run/executor/slurm/tracks.ts";

const request = { partition: "main", time: 600, cores: 2, memory: 1000, exclude: [] };
const array: PilotArray = {
  schema: "equihard.array/1",
  k: 3,
  name: "run-3",
  size: 2,
  round: 3,
  cause: "asked",
  done: 0,
  steps: 0,
  request,
  failures: {},
};

describe("the queue", () => {
  const text = [
    "5|N/A|FAILED|BadConstraints||t5",
    "1|4|PENDING|JobArrayTaskLimit||run-3",
    "3|0|FAILED|JobLaunchFailure|n2|run-3",
    "1|1|RUNNING|None|n1|run-3",
    "",
  ].join("\n");

  it("is read by row; jobs that are no arrays are none of ours", () => {
    expect(parseQueue(text).map(({ job, index, name }) => [job, index, name])).toEqual([
      ["1", 4, "run-3"],
      ["3", 0, "run-3"],
      ["1", 1, "run-3"],
    ]);
    expect(parseQueue(text).map(phaseOf)).toEqual(["waiting", "failed", "running"]);
  });

  it.each([
    ["COMPLETING", "running"],
    ["REQUEUED", "waiting"],
    ["COMPLETED", "done"],
    ["TIMEOUT", "time"],
    ["OUT_OF_MEMORY", "memory"],
    ["NODE_FAIL", "node"],
    ["CANCELLED", "cancelled"],
    ["FAILED", "failed"],
  ])("%s is %s", (state, phase) => expect(phaseOf({ state })).toBe(phase));

  it("does not say what an exit says", () => {
    const endings = [
      { code: "0:53", said: "" },
      { code: "0:9", said: "slurmstepd-n1: error: Exceeded job memory limit" },
      { code: "0:125", said: "slurmstepd: error: Detected 1 oom_kill event in StepId=7.batch." },
      { code: "0:9", said: "12 done, 0 failed, 0 left" },
      { code: "2:0", said: "equihard: --memory limit" },
    ].map(endingOf);
    expect(endings).toEqual(["launch", "memory", "memory", "failed", "failed"]);
  });

  it("shows exit codes by pilot", () => {
    const job =
      "JobId=7 ArrayJobId=1 ArrayTaskId=0 ArrayTaskThrottle=2 JobName=t1 Restarts=0 ExitCode=75:0 RunTime=00:00:03\nJobId=1 ArrayJobId=1 ArrayTaskId=4-5%2 JobName=t1 ExitCode=0:0";
    expect([...parseExits(job)]).toEqual([
      [0, "75:0"],
      [4, "0:0"],
    ]);
  });

  it("has a reason for each pilot that waits, the most frequent first", () => {
    const reasons = [
      "Priority",
      "QOSMaxCpuPerUserLimit",
      "Priority",
      "AssocGrpCPUMinutesLimit",
      "ReqNodeNotAvail, UnavailableNodes:n1",
    ];
    expect(grouped(reasons).map(waitingLine)).toEqual([
      "2 wait: jobs of higher priority come first (Priority)",
      "1 waits: you use as much at once as your limits allow (QOSMaxCpuPerUserLimit)",
      "1 waits: the account's budget of computing time is used up (AssocGrpCPUMinutesLimit)",
      "1 waits: nodes are down, drained or reserved (ReqNodeNotAvail, UnavailableNodes:n1)",
    ]);
  });
});

describe("a pilot that is not in the queue", () => {
  const row = { job: "9", index: 0, state: "RUNNING", reason: "None", node: "n1", name: "run-3" };
  const phases = (tracks: readonly Track[]) => tracks.map(({ phase }) => phase);

  it("is lost after three looks and the grace time, not before, and not if it comes back", () => {
    let tracks = observe([], [array], [row], 0);
    expect(phases(tracks)).toEqual(["running", "unseen"]);
    for (let look = 1; look <= LOOKS; look++) {
      tracks = observe(tracks, [array], [], look);
      expect(phases(tracks)).toEqual(["running", "unseen"]);
    }
    expect(phases(observe(tracks, [array], [row], GRACE + 1))).toEqual(["running", "lost"]);
    tracks = observe(tracks, [array], [], GRACE + 1);
    expect(phases(tracks)).toEqual(["lost", "lost"]);
    expect(tracks[0].node).toBe("n1");
  });

  it("has ended if it was seen to end", () => {
    const ended = observe([], [array], [{ ...row, state: "COMPLETED" }], 0);
    expect(observe(ended, [array], [], 1000)[0].phase).toBe("done");
  });
});

describe("calls", () => {
  it("are ten seconds apart or more, however many and whatever is answered", () => {
    for (let polls = 0; polls < 200; polls++)
      for (const errors of [0, 1, 2, 9]) {
        const wait = nextPoll(polls, errors, 0);
        expect(wait).toBeGreaterThanOrEqual(10);
        expect(nextPoll(polls, errors, 1)).toBeLessThanOrEqual(66);
        if (errors > 2) expect(wait).toBe(60);
      }
    expect(nextPoll(100, 0, 0)).toBe(30);
  });
});

describe("a site", () => {
  const partitions = parsePartitions(
    "main*|up|1:00:00|4|2000|3\nmain*|up|1:00:00|2|8000|1\nlong|down|7-12:00:00|64|256000|10\nfree|up|infinite|1|500|2\n",
  );
  const [main] = partitions;
  const site = { version: "22.05.8", maxArraySize: 1001, partitions };

  it("has partitions of nodes that differ", () => {
    expect(main).toEqual({
      name: "main",
      isDefault: true,
      isUp: true,
      limit: 3600,
      nodes: 4,
      cores: 2,
      memory: 8000,
    });
    expect(partitions.map(({ limit, isUp }) => [limit, isUp])).toEqual([
      [3600, true],
      [648_000, false],
      [Infinity, true],
    ]);
    expect(["10:00", "1-00:00:01"].map(parseTimeLimit)).toEqual([600, 86_401]);
    expect([partitionOf(site, undefined).name, partitionOf(site, "long").name]).toEqual(["main", "long"]);
    expect(() => partitionOf(site, "lang")).toThrow(/--partition: "lang" is unknown; .*did you mean "long"/);
  });

  it("decides how many pilots of which size are asked for", () => {
    const work = { trials: 1000, seconds: 36_000, bytes: 200 * 2 ** 20 };
    expect(sizing(work, main, {})).toEqual({
      pilots: 30,
      request: { partition: "main", time: 2400, cores: 2, memory: 856, exclude: [] },
    });
    expect(sizing(work, main, { workers: 8, time: 600, memory: 2048 })).toMatchObject({
      pilots: 4,
      request: { time: 600, cores: 2, memory: 2048 },
    });
    expect(sizing({ ...work, trials: 1 }, main, {})).toMatchObject({ pilots: 1, request: { cores: 1 } });
    // a node's memory holds fewer workers than it has cores
    expect(sizing({ ...work, bytes: 5 * 2 ** 30 }, main, {})).toMatchObject({ request: { cores: 1 } });
  });

  it.each([
    [{ time: 7200 }, /--time: 120 minutes do not fit main; allowed: 1m to 60m/],
    [{ cores: 3 }, /--cores: 3 are more than a node of main has; allowed: 1 to 2/],
    [{ memory: 9000 }, /--memory: 9000 MiB are more than a node of main has; allowed: up to 8000M/],
  ])("refuses %j before anything is submitted", (wanted, message) =>
    expect(() => sizing({ trials: 9, seconds: 9, bytes: 9 }, main, wanted)).toThrow(message),
  );
});

describe("a submission", () => {
  it("names its job, requeues, appends to logs and is told before its time is up", () => {
    const args = sbatchArgs({ ...array, request: { ...request, exclude: ["n1"] } }, "/a 100%/run");
    expect(args).toEqual(
      expect.arrayContaining([
        "--job-name=run-3",
        "--array=0-1",
        "--requeue",
        "--open-mode=append",
        "--output=/a 100%%/run/logs/3_%a.log",
        "--time=10",
        "--signal=B:USR1@60",
        "--exclude=n1",
      ]),
    );
    expect([beginsFor(60), beginsFor(600)]).toEqual([30, 420]);
    expect(quoted("it's here")).toBe(`'it'\\''s here'`);
  });
});
