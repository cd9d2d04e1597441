/** What a diagnosis is expected to take, before any of it is done: counts of operations, at rates measured once. */

import { product } from "../base/product.ts";
import type { Cost } from "../base/cost.ts";
import type { Examples } from "./action.ts";
import { affordableExamples } from "./degrees.ts";
import { MANY } from "./energy.ts";
import { mostValues as mostVariants } from "./invariance.ts";
import { subgroups } from "./lattice.ts";
import { BATCH, STEPS } from "./learners/descent.ts";
import { networkFor } from "./learners/student.ts";
import { mostProducts, productCount } from "./polynomials.ts";

/** Multiplications a second of draws and trainings, and of products and kernels, on one slow core. */
const [FAST, PLAIN] = [2.5e10, 1e8];
/** Labels that are tested: y and four functions of it; hypotheses of each test. */
const [TRANSFORMS, HYPOTHESES] = [5, 2];
/** Multiplications of a training step for each of the forward pass. */
const TRAINING = 3;
/** Of the program and its libraries; numbers that a weight takes while it is trained. */
const [BASE, PER_WEIGHT] = [2 ** 28, 16];
/** Seconds of the learners that have a bound of their own. */
const BOUNDED = 20;

/** @param most the largest degree */
export function costOf(examples: Examples, most: number): Cost {
  const { dimension, count, points } = examples;
  const { work, network } = networkFor(examples);
  const candidates = subgroups(points).filter(({ order }) => order > 1n).length;
  const seconds =
    degreeSeconds(examples, most) +
    (candidates * 2 * HYPOTHESES * MANY * mostVariants) / FAST +
    (2 * STEPS * BATCH * TRAINING * work) / FAST +
    BOUNDED;
  const weights = Object.values(network.weights).reduce((sum, shape) => sum + product(shape), 0);
  // the examples as read, in random order, and standardised
  return { seconds, bytes: BASE + 3 * 8 * count * dimension + PER_WEIGHT * 4 * weights };
}

function degreeSeconds({ dimension, count, group }: Examples, most: number): number {
  let seconds = 0;
  for (let degree = 1; degree <= most; degree++) {
    const products = productCount(dimension, degree);
    if (products > mostProducts) break;
    const functions = Math.max(1, products / Number(group.order()));
    const examples = Math.min(count, affordableExamples(dimension, degree, products, functions));
    seconds += (products * degree * examples) / PLAIN;
    seconds += (TRANSFORMS * HYPOTHESES * MANY * functions * examples) / FAST;
  }
  return seconds;
}
