/** dim H_k(R^d), for verifiers: by two formulas that form no binomial coefficient. */

/**
 * By the generating function (1 + t) / (1 - t)^(d-1): a_k + a_(k-1), with a_j = a_(j-1) (d-2+j) / j, each division
 * exact. No binomial coefficient is formed.
 */
export function harmonicDimensionBySeries(d: number, k: number): bigint {
  let [before, at] = [0n, 1n];
  for (let j = 1; j <= k; j++) [before, at] = [at, (at * BigInt(d - 2 + j)) / BigInt(j)];
  return before + at;
}

/**
 * By restriction to a hyperplane, dim H_k(R^d) = sum_{j <= k} dim H_j(R^(d-1)), from dim H_0, H_1, ... = 1, 2, 2, ...
 * on the plane: additions only, d k of them.
 */
export function harmonicDimensionByRestriction(d: number, k: number): bigint {
  const dims = Array.from({ length: k + 1 }, (_, j) => (j === 0 ? 1n : 2n));
  for (let e = 3; e <= d; e++) for (let j = 1; j <= k; j++) dims[j] += dims[j - 1];
  return dims[k];
}
