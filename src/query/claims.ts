/** The claims that several families' certificates share: listed functions, a continuum, orthogonal functions. */

import { log2Integer } from "../numeric/integers.ts";
import { divide, exactly, rational, type Rational } from "../numeric/rational.ts";
import { printedLog2, shownAbove, shownBelow } from "../numeric/rounding.ts";
import type { Claims } from "./certifier.ts";
import type { ListedBounds } from "./listed-evidence.ts";

const counted = (count: bigint) => ({ count, log2Count: printedLog2(log2Integer(count)) });

/** `count` listed functions: the dimension is their number over the proved eigenvalue. */
export const listedClaims = (
  count: number,
  {
    bound,
    lambdaUpper,
    maxAbsCorrelation,
    apart,
  }: Pick<ListedBounds, "bound" | "lambdaUpper" | "maxAbsCorrelation" | "apart">,
): Claims => ({
  ...counted(BigInt(count)),
  method: "closed-form",
  lambdaMax: lambdaUpper,
  maxAbsCorrelation,
  dimension: divide(rational(count), exactly(lambdaUpper)),
  confidence: 1,
  // the quotients are those of absolute values
  ...(bound === "collatz-wielandt" ? { absoluteLambda: exactly(lambdaUpper) } : {}),
  ...(apart === undefined ? {} : { apart: apart.length }),
});

/** A continuum of functions, by Schur's lemma. */
export const schurClaims = (dimension: Rational): Claims => ({
  count: null,
  log2Count: null,
  method: "schur",
  lambdaMax: null,
  maxAbsCorrelation: null,
  dimension,
  confidence: 1,
});

/** `count` orthogonal functions. */
export const orthogonalClaims = (count: bigint): Claims => ({
  ...counted(count),
  method: "orthogonal",
  lambdaMax: 1,
  maxAbsCorrelation: 0,
  dimension: rational(count),
  confidence: 1,
  absoluteLambda: rational(1),
  meanSquare: rational(1n, count),
  exact: true,
});

/** How a listed family's dimension was found, after the name of the Gram matrix. */
export const listedMethod = (
  matrix: string,
  { bound, entryError, lambdaLower, lambdaUpper, maxAbsCorrelation }: Omit<ListedBounds, "kind" | "seed">,
): string =>
  [
    `${matrix} in closed form, entries within ${shownAbove(entryError, 2)}: largest`,
    `eigenvalue at most ${shownAbove(lambdaUpper, 6)} (proved by`,
    `${bound === "factorisation" ? "a factorisation" : "Collatz and Wielandt's quotients"};`,
    `estimated from below ${shownBelow(lambdaLower, 6)}), no correlation above`,
    shownAbove(maxAbsCorrelation, 4),
  ].join(" ");
