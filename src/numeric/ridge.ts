/** Ridge regression with the penalty chosen on held-out examples. */

import { factorise, solveFactorised } from "./cholesky.ts";

/** Penalties tried, in units of the matrix's mean diagonal; the last one all but gives up. */
export const penalties = [1e-8, 1e-4, 1e-2, 1, 100];

/** Multiplications of `bestRidge`, a sixth of the cube for each factorisation. */
export const ridgeWork = (size: number): number => (penalties.length * size ** 3) / 6;

/**
 * Solutions of (A + penalty * mean diagonal * I) x = b, tried in turn.
 * @param a symmetric and positive semidefinite, size x size (lower triangle)
 * @param error of a solution on examples that a and b do not hold
 * @returns the solution of least error with its penalty
 */
export function bestRidge(
  a: Float64Array,
  b: Float64Array,
  error: (solution: Float64Array) => number,
): { readonly solution: Float64Array; readonly penalty: number } {
  const size = b.length;
  let trace = 0;
  for (let i = 0; i < size; i++) trace += a[i * size + i];
  let best: { solution: Float64Array; penalty: number } = {
    solution: new Float64Array(size),
    penalty: Infinity,
  };
  let least = error(best.solution);
  for (const penalty of penalties) {
    const factor = Float64Array.from(a);
    for (let i = 0; i < size; i++) factor[i * size + i] += (penalty * trace) / size;
    if (!factorise(factor, size)) continue;
    const solution = solveFactorised(factor, size, Float64Array.from(b));
    const found = error(solution);
    if (found < least) [best, least] = [{ solution, penalty }, found];
  }
  return best;
}
