/** What the program has built in: its families, its learners, and the recipes of its studies. */

import { families } from "../family/registry.ts";
import { learners } from "../learner/registry.ts";
import type { Catalogue, Recipe } from "../run/catalogue.ts";

const recipes: Readonly<Record<string, () => Promise<Recipe>>> = {
  "invariant-dimensions": async () => (await import("./invariants/study.ts")).invariantDimensions,
  frames: async () => (await import("./frames/study.ts")).frames,
  planes: async () => (await import("./planes/study.ts")).planes,
  play: async () => (await import("./play/study.ts")).playRecipe,
  "reduction-times": async () => (await import("./reduction-times/study.ts")).reductionTimesRecipe,
  "sample-curve": async () => (await import("./sample-curve/study.ts")).sampleCurve,
  "sample-need": async () => (await import("./sample-need/study.ts")).sampleNeed,
};

export const builtIn: Catalogue = { families, learners, recipes };
