/**
 * What the dimension of all rotations of a network depends on besides its weights: first-layer weights absorb rotations
 * of what a hidden unit sees, and the sum over views of f(Q T_v x) keeps its harmonics' degrees apart where two views
 * see the same up to a correlation (a fixed graph) or an element of a group (averages, which move all of the input).
 */

import type { Progress } from "../base/progress.ts";
import { invariantHarmonics } from "../symmetry/harmonic-invariants.ts";
import type { CycleType } from "../symmetry/permutation.ts";
import { viewsOf } from "./class.ts";
import { furthestDegree } from "./evidence.ts";
import type { NetworkValues } from "./params.ts";
import { termsOf } from "./terms.ts";
import type { Rotations } from "./zonal.ts";

/**
 * With what a unit's weights are multiplied by, so that it sees standard normal numbers.
 * @param seed draws the graph, where one is drawn
 */
export function* rotationsOf(
  { setting, unitInputs }: NetworkValues,
  seed: number,
): Generator<Progress, Rotations & { readonly deviations: Float64Array }> {
  if (!("group" in setting)) {
    const { deviations, terms } = termsOf(viewsOf(setting, seed));
    return { deviations, correlations: terms[0].correlations };
  }
  const { group, columns } = setting;
  const index = yield* group.cycleIndexSteps();
  const terms = index.terms.map((term) => ({ ...term, cycles: onColumns(term.cycles, columns) }));
  return {
    deviations: new Float64Array(unitInputs).fill(1),
    // the mean over the group, of norm 1 at most
    correlations: [{ r: 1, weight: 1 }],
    invariants: Float64Array.from(
      invariantHarmonics({ ...index, degree: group.degree * columns, terms }, furthestDegree),
      Number,
    ),
  };
}

/** Cycles on all numbers of the input, a group's points having so many each. */
const onColumns = (cycles: CycleType, columns: number): CycleType =>
  cycles.map(([length, multiplicity]) => [length, multiplicity * columns] as const);
