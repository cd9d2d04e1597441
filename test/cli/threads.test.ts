/** Pieces of work in the built program's threads, beside the same here. */

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { oneByOne, runSteps, type Aside, type DoAll, type Work } from "../../src/base/progress.ts";
import { keyFor } from "../../src/base/random.ts";
import type { Batch } from "../../src/engine/train/stack.ts";
import { loadFamily } from "../../src/family/built-in.ts";
import { familyById } from "../../src/family/registry.ts";
import { momentJobs, secondMoments } from "../../src/learner/second-moments.ts";
import { filledBatches, type FillJob } from "../../src/learner/filled-batches.ts";
import { trainSchema } from "../../src/learner/training-options.ts";
import { gramSums } from "../../src/query/oracle/population-gram.ts";
import { listNamed, listOf } from "../../src/study/play/list.ts";

let sideBySide: DoAll;
let aside: Aside;
beforeAll(async () => {
  const built = pathToFileURL(resolve(import.meta.dirname, "../../dist/cli/threads.js"));
  ({ sideBySide, aside } = (await import(built.href)) as { sideBySide: DoAll; aside: Aside });
});

const planes = familyById("gnn-hidden-plane");

describe("threads give, in the order of the jobs and to the last bit, what is computed here", () => {
  const same = async <J, R>(work: Work<J, R>, jobs: readonly J[]): Promise<R[]> => {
    const here = await runSteps(oneByOne(work, jobs));
    expect(await runSteps(sideBySide(work, jobs))).toEqual(here);
    return here;
  };

  it("second moments, in as many pieces as there are examples for", async () => {
    const params = planes.parse({ n: 1, d: 6, k: 4 });
    const given = { family: planes.id, params: params.json, key: keyFor("own"), easy: false, noise: 0.1 };
    const pieces = await same(secondMoments(familyById), momentJobs({ ...given, samples: 70_000 }));
    expect(pieces).toHaveLength(3);
    expect(pieces[0].matrix).not.toEqual(pieces[1].matrix);
  });

  it("inner products of a list's members", async () => {
    const list = listOf(planes, planes.parse({ n: 2, d: 5, k: 4 }), 3, 30);
    const jobs = [1, 2].map((i) => ({ list: list.name!, points: list.law.sample(keyFor("points", i), 600) }));
    const [first, second] = await same(gramSums(listNamed), jobs);
    expect(first).not.toEqual(second);
  });
});

it("a thread beside gives the batches of a training, and those of another, in memory that is handed to it", async () => {
  const work = filledBatches(loadFamily);
  const thread = aside<FillJob, Batch>(work);
  const here = async (job: Parameters<typeof work.run>[0]) => runSteps(work.run(job));
  const training = (family: string, params: Readonly<Record<string, number>>, options: object) => ({ family, params, seed: 3, easy: true, options: trainSchema.parse({ batch: 8, width: 4, ...options }) });
  const graphs = training("gnn-degree-parity", { n: 7 }, {});
  const plane = training("gnn-hidden-plane", { n: 2, d: 6, k: 4 }, { samples: 20, shuffleLabels: true });
  try {
    const first = { training: graphs, from: 5, count: 3, room: null };
    const room = await thread.do(first);
    expect(room).toEqual(await here(first));
    const next = { training: graphs, from: 8, count: 2, room };
    const expected = await here({ ...next, room: null });
    expect(await thread.do(next)).toEqual(expected);
    expect(room.labels).toHaveLength(0);
    const other = { training: plane, from: 40, count: 2, room: null };
    expect(await thread.do(other)).toEqual(await here(other));
  } finally {
    thread.end();
  }
  await expect(thread.do({ training: graphs, from: 0, count: 1, room: null })).rejects.toThrow("a thread ended");
  await expect(aside<FillJob, Batch>({ name: "nothing known" }).do({ training: graphs, from: 0, count: 1, room: null })).rejects.toThrow("no work of the name");
}); // prettier-ignore

it("work that no thread knows is an error, and threads given up end", async () => {
  const unknown = { ...secondMoments(familyById), name: "nothing known" };
  await expect(
    runSteps(
      sideBySide(
        unknown,
        momentJobs({ family: planes.id, params: {}, key: [0, 0], easy: false, noise: 0, samples: 1 }),
      ),
    ),
  ).rejects.toThrow("no work of the name nothing known");
  const list = listOf(planes, planes.parse({ n: 2, d: 5, k: 4 }), 3, 30);
  const jobs = [{ list: list.name!, points: list.law.sample(keyFor("points"), 60_000) }];
  const stop = async () => runSteps(sideBySide(gramSums(listNamed), jobs), () => { throw new Error("given up"); }); // prettier-ignore
  await expect(stop()).rejects.toThrow("given up");
});
