/** Sweeps on a real Slurm cluster, which is broken in every way that clusters break. */

import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { programIn } from "../cli/program.ts";
import { hasSlurm, startCluster, until, type Cluster } from "./cluster.ts";
import { commandsIn, resultsOf, type Ended } from "./commands.ts";

const required = process.env["CI"] !== undefined && process.env["CI"] !== "";
const base = mkdtempSync(join(tmpdir(), "equihard-slurm-runs-"));
/** Trials of less than a second. */
const spec =
  "family: gnn-degree-parity\nparameters: { n: [6, 8] }\ntrain: { steps: 1000, batch: 64, width: 16, testSamples: 100 }\nseeds: 10\n";
const trials = 20;
const onSlurm = (run: string, ...more: string[]): string[] => [
  "sweep",
  "long.yaml",
  "--executor",
  "slurm",
  "--out",
  run,
  "--yes",
  ...more,
];

const results = (run: string): [string, string][] => resultsOf(join(base, run));
/** Records in files of results: of batches, the first line lists the others. */
const published = (run: string): number =>
  readdirSync(join(base, run, "results"))
    .filter((name) => !name.startsWith("."))
    .reduce((sum, name) => {
      const { length } = readFileSync(join(base, run, "results", name), "utf8")
        .trim()
        .split("\n");
      return sum + (name.endsWith(".jsonl") ? length - 1 : 1);
    }, 0);
const finished = (run: string): number => (existsSync(join(base, run, "results")) ? published(run) : 0);
const nodes = ["n1", "n2", "n3", "n4"] as const;
const endsWell = async (ended: Promise<Ended>): Promise<void> => {
  const { code, err } = await ended;
  expect(code, err).toBe(0);
};

/** Seconds at which `squeue` was called, by process, on clusters that are no more. */
const calls: number[][] = [];

/**
 * A cluster of a suite's own, and what its tests do there: they break it, and wait most of the time.
 * @param isolated whether the last node has a network of its own
 */
function ownCluster({ isolated = false } = {}) {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster({ nodes: 4, cores: 2, maxArraySize: 5, isolated });
  });
  afterAll(async () => {
    calls.push(...cluster.squeueCalls().values());
    await cluster.stop();
  });
  const slurm = (...command: [string, ...string[]]): string => cluster.slurm(...command);
  const nodeOf = (): string => slurm("squeue", "-h", "-t", "R", "-o", "%N").trim().split("\n")[0];
  return {
    ...commandsIn(base, () => cluster),
    cluster: () => cluster,
    slurm,
    /**
     * Stops all pilots once a run has results, wherever they are: they would be done before what is to happen to them.
     * @returns the node of one
     */
    async stopped(run: string): Promise<string> {
      await until(() => finished(run) > 0);
      for (const node of nodes) cluster.signalTasks(node, "SIGSTOP");
      return nodeOf();
    },
    /** A pilot that Slurm has given up is stopped until another runs in its place, so that both are at work then. */
    async bothAtWork(node: string): Promise<void> {
      await until(() => !["", node].includes(nodeOf()));
      cluster.signalTasks(node, "SIGCONT");
    },
    /** Starts nothing for a while. */
    async whileClosed<T>(work: () => Promise<T>): Promise<T> {
      slurm("scontrol", "update", "PartitionName=main", "State=DOWN");
      try {
        return await work();
      } finally {
        slurm("scontrol", "update", "PartitionName=main", "State=UP");
      }
    },
  };
}

let expected: [string, string][] = [];
const complete = (run: string): void => {
  expect(results(run)).toEqual(expected);
  expect(published(run)).toBe(trials); // nothing twice
};

describe.skipIf(!hasSlurm && !required)("sweeps on Slurm", () => {
  beforeAll(() => {
    const here = programIn(base);
    here("--version"); // builds what is stale
    writeFileSync(join(base, "long.yaml"), spec);
    const { stdout } = here("sweep", "long.yaml", "--out", "one", "--workers", "1", "--yes", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ finished: trials });
    expected = results("one");
  });
  afterAll(() => rmSync(base, { recursive: true }));

  describe.concurrent("on a cluster with a full queue and a controller that fails", () => {
    const { cluster, slurm, start, equihard, json, whileClosed } = ownCluster();

    it.sequential("are found by name, and not sent twice, where sbatch has no answer", async () => {
      // none starts before it has been found: the queue is asked every ten seconds, and the work may take less
      const { ended } = await whileClosed(async () => {
        cluster().loseAnswer();
        const begun = start(...onSlurm("silent", "--workers", "4"));
        await until(() => begun.said().includes("found array 0"));
        return begun;
      });
      const { code, err } = await ended;
      expect([code, err]).toEqual([
        0,
        expect.stringMatching(
          /sbatch had no answer \(.*Socket timed out.*\); looking[^]*found array 0: job \d+/,
        ),
      ]);
      expect(err).not.toMatch(/array 1/);
      expect(readFileSync(join(base, "silent", "arrays", "0.id"), "utf8")).toMatch(/^\d+\n$/);
      complete("silent");
    });

    // these mostly wait for the queue to be asked again, and break nothing
    describe.concurrent("side by side", () => {
      it("give what one worker and four workers give, bit for bit, by arrays larger than MaxArraySize", async () => {
        expect(await json("sweep", "long.yaml", "--out", "four", "--workers", "4", "--yes")).toMatchObject({
          finished: trials,
        });
        complete("four");
        const { code, err } = await equihard(...onSlurm("slurm", "--workers", "7", "--cores", "1"));
        expect([code, err]).toEqual([
          0,
          expect.stringMatching(/array 0: job \d+, 5 pilots[^]*array 1: job \d+, 2 pilots/),
        ]);
        complete("slurm");
        expect(await json("status", "slurm")).toMatchObject({ done: trials, open: 0, inFlight: 0 });
      });

      it("whose client is killed are finished by their pilots alone; resume finds nothing left", async () => {
        const { child, ended } = start(...onSlurm("alone", "--workers", "4"));
        await until(() => finished("alone") > 0);
        child.kill("SIGKILL");
        await ended;
        await until(() => finished("alone") === trials);
        expect(await json("resume", "alone", "--yes")).toMatchObject({ finished: trials, failed: [] });
        complete("alone");
      });

      it("say what to do where all pilots are cancelled", async () => {
        const { ended } = start(...onSlurm("none", "--workers", "2"));
        await until(() => finished("none") > 0);
        slurm("scancel", readFileSync(join(base, "none", "arrays", "0.id"), "utf8").trim());
        const { code, err } = await ended;
        expect([code, err]).toEqual([
          2,
          expect.stringMatching(
            /equihard: Slurm: all pilots were cancelled; 'equihard resume' sends others\n$/,
          ),
        ]);
      });

      it("get half as much memory again where it did not suffice", async () => {
        const { code, err } = await equihard(...onSlurm("large", "--workers", "1", "--memory", "190M"));
        expect([code, err]).toEqual([
          0,
          expect.stringMatching(/1 worker, 190 MiB[^]*1 worker, 285 MiB, \d+ min in main, with more memory/),
        ]);
        complete("large");
      });

      it("end by cancel, leave by Ctrl-C, and tell what they did", async () => {
        const { child, ended } = start(...onSlurm("left", "--workers", "1"));
        await until(() => finished("left") > 0);
        child.kill("SIGINT");
        const left = await ended;
        expect([left.code, left.err]).toEqual([
          130,
          expect.stringMatching(/detached, pilots go on with left; Ctrl-C again within 3 s cancels them/),
        ]);
        expect(await json("cancel", "left")).toMatchObject({ arrays: 1, silence: null });
        const { name } = JSON.parse(readFileSync(join(base, "left", "arrays", "0.json"), "utf8")) as {
          name: string;
        };
        await until(() => slurm("squeue", "-h", "-n", name, "-o", "%i").trim() === "");
        const state = await json("status", "left");
        expect(state).toMatchObject({ cancelled: true, inFlight: 0 });
        expect(state["open"]).toBeGreaterThan(0);
        expect((await equihard("logs", "left", "0_0")).out).toMatch(/^0_0: .*done: train gnn-degree-parity/m);
        await endsWell(equihard("resume", "left", "--yes"));
        complete("left");
      });
    });

    it.sequential("go on while the controller is stopped for five seconds, and say so once", async () => {
      const { ended } = start(...onSlurm("stopped", "--workers", "4"));
      await until(() => finished("stopped") > 1);
      cluster().signalController("SIGSTOP");
      await sleep(5000);
      cluster().signalController("SIGCONT");
      await endsWell(ended);
      complete("stopped");
    });

    it.sequential(
      "are found again, or sent again, where the controller is killed right after it has taken them",
      async () => {
        const { code, out } = await equihard(...onSlurm("forgotten", "--workers", "4", "--detach"));
        cluster().signalController("SIGKILL");
        expect([code, out]).toEqual([0, expect.stringMatching(/20 of 20 pieces of work are left to pilots/)]);
        const down = await equihard("status", "forgotten");
        expect([down.code, down.out]).toEqual([0, expect.stringMatching(/Slurm does not answer: .+/)]);
        await cluster().mend();
        await endsWell(equihard("resume", "forgotten", "--yes"));
        complete("forgotten");
        // Nodes wait with the end of jobs that nobody knows any more, and would refuse others that get their numbers.
        for (const node of nodes) await cluster().crash(node, "all");
        await cluster().mend();
      },
    );

    it.sequential("do without a pilot that is cancelled while it waits", async () => {
      await whileClosed(async () => {
        await equihard(...onSlurm("fewer", "--workers", "6", "--detach"));
        const id = readFileSync(join(base, "fewer", "arrays", "0.id"), "utf8").trim();
        slurm("scancel", `${id}_1`);
        expect(await json("status", "fewer")).toMatchObject({
          pilots: { running: 0, waiting: [{ count: 2, reason: "PartitionDown" }] },
        });
      });
      await endsWell(equihard("resume", "fewer", "--yes"));
      complete("fewer");
    });
  });

  describe.concurrent("on a cluster whose nodes fail", () => {
    const { cluster, slurm, start, equihard, stopped, bothAtWork, whileClosed } = ownCluster();

    it.sequential("whose node is killed are finished elsewhere", async () => {
      const { ended } = start(...onSlurm("killed", "--workers", "2"));
      const node = await stopped("killed");
      await cluster().crash(node, "all");
      for (const other of nodes) cluster().signalTasks(other, "SIGCONT");
      await endsWell(ended);
      complete("killed");
      expect(readFileSync(join(base, "killed", "logs", "0_0.log"), "utf8")).toMatch(
        /\d+ done, 0 failed, 0 left/,
      );
      await cluster().mend();
    });

    it.sequential(
      "whose slurmd alone is killed have no result twice, though its pilot and another finish",
      async () => {
        const { ended } = start(...onSlurm("zombie", "--workers", "1"));
        const node = await stopped("zombie");
        await cluster().crash(node, "slurmd");
        await bothAtWork(node);
        await endsWell(ended);
        complete("zombie");
        const summary = /(\d+) done, 0 failed, 0 left/g;
        const log = (): string[] =>
          [...readFileSync(join(base, "zombie", "logs", "0_0.log"), "utf8").matchAll(summary)].map(
            ([, n]) => n,
          );
        await until(() => log().length === 2);
        expect(log().reduce((sum, n) => sum + Number(n), 0)).toBe(trials);
        await cluster().mend();
      },
    );

    it.sequential(
      "above the partition's time limit are refused, or given up with what to do once nothing can start",
      async () => {
        const refused = await equihard(...onSlurm("long", "--time", "2h"));
        expect([refused.code, refused.err]).toEqual([
          2,
          "equihard: --time: 120 minutes do not fit main; allowed: 1m to 60m\n",
        ]);
        expect(existsSync(join(base, "long"))).toBe(false);
        try {
          const closed = await whileClosed(async () => {
            const begun = start(...onSlurm("limit", "--time", "50m"));
            await until(() => existsSync(join(base, "limit", "arrays", "0.id")));
            slurm("scontrol", "update", "PartitionName=main", "MaxTime=20");
            return begun;
          });
          const { code, err } = await closed.ended;
          expect([code, err]).toEqual([
            2,
            expect.stringMatching(
              /Slurm: no pilot will ever start: it asks for more time than the partition gives \(PartitionTimeLimit\); the pilots are cancelled; resume the run with a shorter --time\n$/,
            ),
          ]);
          await endsWell(equihard("resume", "limit", "--yes", "--time", "10m"));
          complete("limit");
        } finally {
          slurm("scontrol", "update", "PartitionName=main", "MaxTime=60");
        }
      },
    );
  });

  describe.concurrent("on a cluster whose folder and network fail", () => {
    const { cluster, slurm, start, equihard, stopped, bothAtWork, whileClosed } = ownCluster({
      isolated: true,
    });

    it.sequential("whose folder is not there for a pilot say so", async () => {
      await whileClosed(async () => {
        await equihard(...onSlurm("lacking", "--workers", "2", "--detach"));
        rmSync(join(base, "lacking", "logs"), { recursive: true });
        const { ended } = start("resume", "lacking", "--yes");
        await until(() => existsSync(join(base, "lacking", "logs"))); // the client makes it anew
        rmSync(join(base, "lacking", "logs"), { recursive: true });
        slurm("scontrol", "update", "PartitionName=main", "State=UP");
        const { code, err } = await ended;
        expect([code, err]).toEqual([
          2,
          expect.stringMatching(
            /pilot 0_0: could not begin on n\d \(exit 0:53\): the run folder or its logs folder is not there; put the run/,
          ),
        ]);
      });
      await endsWell(equihard("resume", "lacking", "--yes"));
      complete("lacking");
    });

    it.sequential(
      "lose nothing and have nothing twice where the network to a node is cut, and joined again",
      async () => {
        for (const node of ["n1", "n2", "n3"])
          slurm("scontrol", "update", `NodeName=${node}`, "State=DRAIN", "Reason=test");
        const { ended } = start(...onSlurm("cut", "--workers", "1"));
        expect(await stopped("cut")).toBe("n4");
        for (const node of ["n1", "n2", "n3"])
          slurm("scontrol", "update", `NodeName=${node}`, "State=RESUME");
        cluster().link("down");
        await bothAtWork("n4");
        cluster().link("up");
        await endsWell(ended);
        complete("cut");
        await until(() => /idle|mixed|alloc/.test(slurm("sinfo", "-h", "-n", "n4", "-o", "%T")));
      },
    );
  });

  it("ask for the queue at most once in ten seconds", () => {
    const gaps = calls.flatMap((times) => times.slice(1).map((time, i) => time - times[i]));
    expect(gaps.length).toBeGreaterThan(5);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(9.9);
  });
});
