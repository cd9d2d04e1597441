/**
 * What the whole law of the parity vector says of correlations beside their largest eigenvalue. M has the eigenvalues
 * D Pr[pi = v], so the mean square of its entries is sum_v Pr[pi = v]^2; every row of |M| holds the |E chi_U|, U over
 * the D classes of sets, so lambda_max(|M|) is their sum (Collatz and Wielandt's quotient at the constant vector).
 */

import { compare, exactly, rational, type Rational } from "../../numeric/rational.ts";
import { nextUp, roundings } from "../../numeric/rounding.ts";
import { walshHadamard } from "../../numeric/walsh-hadamard.ts";
import type { Claims } from "../../query/certifier.ts";

const most = (a: Rational, b: Rational): Rational => (compare(a, b) < 0 ? b : a);

type Spread = Required<Pick<Claims, "absoluteLambda" | "meanSquare" | "exact">>;

/** A law by counts, [vector, count], that sum to `total`: exact. Sets and vectors without 0 and 1 stand for all. */
export function spreadOfCounts(
  n: number,
  counts: readonly (readonly [number, bigint])[],
  total: bigint,
): Spread {
  let cells = Array.from({ length: 2 ** (n - 2) }, () => 0n);
  for (const [v, count] of counts) cells[v >>> 2] += count;
  const squares = cells.reduce((sum, x) => sum + x * x, 0n);
  for (let half = 1; half < cells.length; half *= 2)
    cells = cells.map((x, i) => ((i & half) === 0 ? x + cells[i | half] : cells[i ^ half] - x));
  const sizes = cells.reduce((sum, x) => sum + (x < 0n ? -x : x), 0n);
  // the bounds hold for every law; forged counts need not be one
  const [size, square] = [rational(sizes, total), rational(squares, total * total)];
  return {
    absoluteLambda: most(size, rational(1)),
    meanSquare: most(square, rational(1, cells.length)),
    exact: true,
  };
}

/** A law in float64, [vector, probability] within the relative error: rounded up. */
export function spreadOfLaw(
  n: number,
  law: readonly (readonly [number, number])[],
  relativeError: number,
): Spread {
  const cells = new Float64Array(2 ** (n - 2));
  for (const [v, x] of law) cells[v >>> 2] += x;
  const squares = cells.reduce((sum, x) => sum + x * x, 0);
  walshHadamard(cells);
  const off = 1.1 * relativeError + n * 2 ** -51;
  const sizes = cells.reduce((sum, x) => sum + Math.abs(x) + off, 0);
  const safe = 1 + 2 * roundings(cells.length + 4);
  return {
    absoluteLambda: exactly(nextUp(Math.min(cells.length, Math.max(1, sizes * safe)))),
    meanSquare: exactly(Math.min(1, nextUp(squares * (1 + 3 * relativeError) * safe))),
    exact: false,
  };
}
