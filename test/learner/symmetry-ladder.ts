/**
 * The symmetry ladder: the fewest examples from which spectral averaging learns random invariant polynomials of degree k,
 * against their number dim V^G. Symmetry makes such a class easy just as far as it makes it small.
 */

import { drawInstance } from "../../src/family/draw.ts";
import type { Family } from "../../src/family/family.ts";
import { lowDegree } from "../../src/learner/low-degree.ts";
import { invariantPolynomials } from "../../src/symmetry/harmonic-invariants.ts";
import { randomInvariants } from "./random-invariants.ts";

export interface LadderPoint {
  readonly group: string;
  readonly degree: number;
  /** dim V_k^G, the class's spectral query dimension. */
  readonly dimension: number;
  /** Invariant functions of degree at most k, which the learner fits. */
  readonly functions: number;
  /** The fewest examples, in steps of 10 %, with explained variance above 0.9: one number a seed. */
  readonly samples: readonly number[];
}

export async function ladderPoint(group: string, degree: number, seeds: number): Promise<LadderPoint> {
  const params = randomInvariants.parse({ group, degree });
  const dimensions = invariantPolynomials(params.values.group.cycleIndex(), degree).map(Number);
  const functions = dimensions.reduce((a, b) => a + b, 0);
  const samples: number[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    const instance = drawInstance(randomInvariants, params, seed);
    let size = Math.max(5, functions / 4);
    while ((await explained(instance, seed, Math.ceil(size))) <= 0.9) size *= 1.1;
    samples.push(Math.ceil(size));
  }
  return { group, degree, dimension: dimensions[degree], functions, samples };
}

async function explained(instance: ReturnType<typeof randomInvariants.draw>, seed: number, samples: number) {
  const family = randomInvariants as Family;
  const { final } = await lowDegree.learn({ family, instance, easy: false, seed, options: { samples } });
  return final.explainedVariance ?? 0;
}
