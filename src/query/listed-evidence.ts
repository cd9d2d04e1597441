/**
 * The evidence of functions listed by a seed, which several families share: its fields, and what they satisfy by
 * themselves.
 */

import * as z from "zod/mini";
import { InputError } from "../base/errors.ts";
import { integer } from "../base/schema.ts";
import { unitRoundoff } from "../numeric/rounding.ts";
import type { Check } from "./certifier.ts";

/** Places of d members, in increasing order, no two of which correlate above 1/d; absent where none was asked for. */
export const apartField = z.optional(
  z
    .array(integer(0, Number.MAX_SAFE_INTEGER))
    .check(z.minLength(1), z.maxLength(20_000), z.refine(isIncreasing, "increasing places")),
);

function isIncreasing(places: readonly number[]): boolean {
  return places.every((place, i) => i === 0 || place > places[i - 1]);
}

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
  apart: apartField,
} as const;

const listedSchema = z.strictObject(listedFields);
export type ListedBounds = z.output<typeof listedSchema>;

/** What the bounds on the eigenvalue of `count` listed functions satisfy whatever the functions are. */
export const orderedBounds = (
  { lambdaLower, lambdaUpper }: Pick<ListedBounds, "lambdaLower" | "lambdaUpper">,
  count: number,
): Check => ({
  name: "evidence.lambdaUpper",
  ok: lambdaLower <= lambdaUpper && lambdaUpper <= count,
  detail: "an estimate from below, a bound from above, at most the number of functions",
});

/**
 * The list of members that hardly correlate, held against what is known of them.
 * @param largest correlation of any two of them, from above
 * @param there whether all of them are members
 */
export const apartCheck = ({ length }: readonly number[], largest: number, there = true): Check => ({
  name: "list of members",
  ok: there && largest * (1 + 4 * unitRoundoff) * length <= 1 - 4 * unitRoundoff,
  detail: `no two of ${length} correlate above ${largest}, 1/${length} is claimed`,
});

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
