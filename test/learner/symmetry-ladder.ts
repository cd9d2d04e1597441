/**
 * The symmetry ladder: the fewest examples from which spectral averaging learns random invariant polynomials of degree k,
 * against their number dim V^G. Symmetry makes such a class easy just as far as it makes it small.
 */

import { drawInstance } from "../../src/family/draw.ts";
import type { Family } from "../../src/family/family.ts";
import { trainByGradient } from "../../src/learner/gradient-descent.ts";
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

/**
 * The fewest examples, on a doubling grid from the number of functions, from which gradient descent with the family's
 * equivariant network explains more than 0.9 of fresh labels; null where `most` are not enough. One number a seed.
 *
 * @param options of the training, beside its examples
 */
export async function gradientNeed(
  group: string,
  degree: number,
  { seeds, most, ...options }: { seeds: number; most: number; steps: number; width: number; lr: number },
): Promise<readonly (number | null)[]> {
  const params = randomInvariants.parse({ group, degree });
  const functions = invariantPolynomials(params.values.group.cycleIndex(), degree).reduce(
    (a, b) => a + b,
    0n,
  );
  const needs: (number | null)[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    const instance = drawInstance(randomInvariants, params, seed);
    const reached = async (samples: number): Promise<boolean> => {
      const job = { family: randomInvariants as Family, instance, easy: false, seed };
      const { result } = await trainByGradient({ ...job, options: { ...options, samples } });
      return (result.final.explainedVariance ?? 0) > 0.9;
    };
    let samples = Number(functions);
    while (samples <= most && !(await reached(samples))) samples *= 2;
    needs.push(samples <= most ? samples : null);
  }
  return needs;
}
