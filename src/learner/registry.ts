/** All learners; a new one adds its line here. */

import { csqGradientDescent } from "./csq-gradient-descent.ts";
import { f2Elimination } from "./f2-elimination.ts";
import { gradientDescent } from "./own-architecture.ts";
import { growingBasis } from "./growing-basis.ts";
import { kernelRidge } from "./kernel-ridge.ts";
import { labelSquaredPca } from "./label-squared-pca.ts";
import { labelTransform } from "./label-transform/learner.ts";
import { labelSquaredPairs } from "./label-squared-pairs/learner.ts";
import type { Learner } from "./learner.ts";
import { lowDegree } from "./low-degree.ts";
import { learnerNamed } from "./named.ts";
import { nearestNeighbour } from "./nearest-neighbour.ts";
import { parityClass } from "./parity-class.ts";
import { thresholdedPca } from "./thresholded-pca.ts";

/** The learners of the program, in the order in which they are listed. */
export const learners: readonly Learner[] = [
  gradientDescent,
  csqGradientDescent,
  lowDegree,
  kernelRidge,
  parityClass,
  f2Elimination,
  labelSquaredPca,
  growingBasis,
  labelTransform,
  labelSquaredPairs,
  nearestNeighbour,
  thresholdedPca,
];

/**
 * The learner of that id or other name among `known`, or the program that `exec:COMMAND` names; rejects an unknown
 * one, naming the closest.
 */
export const learnerById = (id: string, known: readonly Learner[] = learners): Learner =>
  learnerNamed(id, known);
