/** What the build writes of the registries: each family and learner by its id alone. */

import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, expect, it } from "vitest";
// @ts-expect-error a build script, without types
import { buildIfStale } from "../../scripts/build.mjs";
import { neighbours } from "../../src/family/neighbours.ts";
import { families } from "../../src/family/registry.ts";
import { loadFamily } from "../../src/family/built-in.ts";
import { loadLearner } from "../../src/learner/built-in.ts";
import { learners } from "../../src/learner/registry.ts";

const built = (file: string): Promise<Readonly<Record<string, unknown>>> =>
  import(pathToFileURL(join(resolve(import.meta.dirname, "../../dist"), file)).href);

beforeAll(() => (buildIfStale as () => Promise<void>)());

interface Named {
  readonly id: string;
}
type Loaders = Readonly<Record<string, () => Promise<Named>>>;

it("every family and every learner has what loads it, and nothing else has", async () => {
  const loaders = (await built("family/loaders.js"))["familyLoaders"] as Loaders;
  expect(Object.keys(loaders).sort()).toEqual([...families, ...neighbours].map(({ id }) => id).sort());
  const ofLearners = (await built("learner/loaders.js"))["learnerLoaders"] as Loaders;
  expect(Object.keys(ofLearners).sort()).toEqual(learners.map(({ id }) => id).sort());
});

it("it loads the very one that the registry lists", async () => {
  const { familyLoaders, learnerLoaders } = {
    ...(await built("family/loaders.js")),
    ...(await built("learner/loaders.js")),
  } as { familyLoaders: Loaders; learnerLoaders: Loaders };
  const listed = [
    ...((await built("family/neighbours.js"))["everyFamily"] as Named[]),
    ...((await built("learner/registry.js"))["learners"] as Named[]),
  ];
  const loaded = await Promise.all(
    Object.values({ ...familyLoaders, ...learnerLoaders }).map((load) => load()),
  );
  expect(loaded.length).toBe(listed.length);
  for (const one of loaded) expect(listed).toContain(one);
});

it.each(["built", "source"])("by id, alias or command, or refused by name (%s)", async (from) => {
  const { family, learner } =
    from === "source"
      ? { family: loadFamily, learner: loadLearner }
      : {
          family: (await built("family/built-in.js"))["loadFamily"] as typeof loadFamily,
          learner: (await built("learner/built-in.js"))["loadLearner"] as typeof loadLearner,
        };
  expect((await family("curve-parity")).id).toBe("curve-parity");
  expect((await learner("low-degree")).id).toBe("low-degree");
  for (const { id, aliases = [] } of learners)
    for (const alias of aliases) expect((await learner(alias)).id).toBe(id);
  expect((await learner("exec:true")).id).toBe("exec:true");
  await expect(family("curve")).rejects.toMatchObject({ problem: { what: '"curve" is unknown' } });
  await expect(learner("toString")).rejects.toMatchObject({ problem: { what: '"toString" is unknown' } });
});
