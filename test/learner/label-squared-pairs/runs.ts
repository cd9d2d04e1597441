/** Runs of `label-squared-pairs`. */

import { drawInstance } from "../../../src/family/draw.ts";
import { familyById } from "../../../src/family/registry.ts";
import { labelSquaredPairs } from "../../../src/learner/label-squared-pairs/learner.ts";
import type { LearnOptions } from "../../../src/learner/learner.ts";

const family = familyById("frame-parity");

export const drawn = (params: object, seed = 0) => drawInstance(family, family.parse(params), seed);

export const learnSet = (params: object, options: Partial<LearnOptions>, seed = 0, easy = false) =>
  labelSquaredPairs.learn({ family, instance: drawn(params, seed), easy, seed, options });
