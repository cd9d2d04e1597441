/** The claims and evidence that several families' certificates share: listed functions, a continuum, orthogonal functions. */

import * as z from "zod/mini";
import { InputError } from "../base/errors.ts";
import { integer } from "../base/schema.ts";
import { log2Integer } from "../numeric/integers.ts";
import { divide, exactly, rational, type Rational } from "../numeric/rational.ts";
import { printedLog2, shownAbove, shownBelow } from "../numeric/rounding.ts";
import type { Check, Claims } from "./certifier.ts";

/** Evidence fields of functions drawn from a seed, with the bounds on their normalised Gram matrix. */
export const listedFields = {
  kind: z.literal("listed"),
  seed: integer(0, Number.MAX_SAFE_INTEGER),
  /** Estimated from below: nothing follows from it; its distance from the upper bound shows what the bound loses. */
  lambdaLower: z.number().check(z.gt(0)),
  /** Proved. */
  lambdaUpper: z.number().check(z.gte(1)),
  bound: z.enum(["collatz-wielandt", "factorisation"]),
  maxAbsCorrelation: z.number().check(z.gt(0), z.lte(1)),
  /** Bound on the absolute error of an entry; entries kept in 32 bits err by 2^-24 of themselves besides. */
  entryError: z.number().check(z.gt(0), z.lt(1e-3)),
} as const;

const listedSchema = z.strictObject(listedFields);
export type ListedBounds = z.output<typeof listedSchema>;

const counted = (count: bigint) => ({ count, log2Count: printedLog2(log2Integer(count)) });

/** `count` listed functions: the dimension is their number over the proved eigenvalue. */
export const listedClaims = (
  count: number,
  { lambdaUpper, maxAbsCorrelation }: Pick<ListedBounds, "lambdaUpper" | "maxAbsCorrelation">,
): Claims => ({
  ...counted(BigInt(count)),
  method: "closed-form",
  lambdaMax: lambdaUpper,
  maxAbsCorrelation,
  dimension: divide(rational(count), exactly(lambdaUpper)),
  confidence: 1,
});

/** What the bounds on the eigenvalue of `count` listed functions satisfy whatever the functions are. */
export const orderedBounds = (
  { lambdaLower, lambdaUpper }: Pick<ListedBounds, "lambdaLower" | "lambdaUpper">,
  count: number,
): Check => ({
  name: "evidence.lambdaUpper",
  ok: lambdaLower <= lambdaUpper && lambdaUpper <= count,
  detail: "an estimate from below, a bound from above, at most the number of functions",
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
});

/** How a listed family's dimension was found, after the name of the Gram matrix. */
export const listedMethod = (
  matrix: string,
  { bound, entryError, lambdaLower, lambdaUpper, maxAbsCorrelation }: Omit<ListedBounds, "kind" | "seed">,
): string =>
  `${matrix} in closed form, entries within ${shownAbove(entryError, 2)}: largest eigenvalue at most ${shownAbove(lambdaUpper, 6)} (proved by ${bound === "factorisation" ? "a factorisation" : "Collatz and Wielandt's quotients"}; estimated from below ${shownBelow(lambdaLower, 6)}), no correlation above ${shownAbove(maxAbsCorrelation, 4)}`;

/** Whether something is as the family allows. */
export function fitting(name: string, require: () => unknown): Check {
  try {
    require();
    return { name, ok: true, detail: "as the family allows" };
  } catch (error) {
    if (error instanceof InputError) return { name, ok: false, detail: error.message };
    throw error;
  }
}
