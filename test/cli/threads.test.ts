/** Pieces of work in the built program's threads, beside the same here. */

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { oneByOne, runSteps, type DoAll, type Work } from "../../src/base/progress.ts";
import { keyFor } from "../../src/base/random.ts";
import { familyById } from "../../src/family/registry.ts";
import { momentJobs, secondMoments } from "../../src/learner/second-moments.ts";
import { gramSums } from "../../src/query/oracle/population-gram.ts";
import { listNamed, listOf } from "../../src/study/play/list.ts";

let sideBySide: DoAll;
beforeAll(async () => {
  const built = pathToFileURL(resolve(import.meta.dirname, "../../dist/cli/threads.js"));
  ({ sideBySide } = (await import(built.href)) as { sideBySide: DoAll });
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
