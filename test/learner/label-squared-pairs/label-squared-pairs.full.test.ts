import { expect, it } from "vitest";
import { learnSet } from "./runs.ts";

/** Checked with another program (design, neighbours 0.2). The last has 75 million sets: too many to score them all. */
it.each([
  [{ group: "cyclic:16", k: 4 }, 20_000, [0, 1, 2, 3, 4]],
  [{ group: "cyclic:16", k: 6 }, 80_000, [0, 1, 2]],
  [{ group: "cyclic:20", k: 4 }, 40_000, [0, 1, 2, 3, 4]],
  [{ group: "symmetric:12", k: 4, frame: "sort-abs" }, 10_000, [0, 1, 2, 3, 4]],
  [{ group: "symmetric:16", k: 4, frame: "sort-abs" }, 20_000, [0, 1, 2, 3, 4]],
  [{ group: "symmetric:4xsymmetric:4", k: 4 }, 40_000, [0, 1]],
  [{ group: "cyclic:64", k: 6 }, 300_000, [0]],
])("the set of %j is found from %i examples", async (params, samples, seeds) => {
  for (const seed of seeds)
    expect((await learnSet(params, { samples }, seed)).exact, `seed ${seed}`).toBe(true);
});
