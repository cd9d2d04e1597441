/** Parameters of `curve-parity`. */

import * as z from "zod/mini";
import { parserOf } from "../../base/checked.ts";
import { reject } from "../../base/errors.ts";
import { described, integer } from "../../base/schema.ts";

export const id = "curve-parity";

/** Bits of the longest curve: numbers of functions have a digit for three of them. */
export const mostBits = 1000;

export const schema = z.strictObject({
  n: described(
    z._default(integer(2, mostBits), 40),
    "bits: the curve visits the 2^n corners of a cube in R^n",
  ),
  size: described(z.optional(integer(1, mostBits)), "size of the hidden set S (absent: any non-empty set)"),
  twinBits: described(z.optional(integer(2, mostBits)), "bits of the easy twin's curve (absent: min(n, 6))"),
  subset: described(
    z.optional(z.array(integer(0, mostBits - 1)).check(z.minLength(1), z.maxLength(mostBits))),
    "the hidden set S (drawn uniformly when absent)",
  ),
});

/** The parameters of `curve-parity`, checked. */
export interface CurveParityValues {
  readonly n: number;
  readonly size?: number | undefined;
  readonly twinBits: number;
  /** The hidden set S, where it is given; ascending. */
  readonly subset?: readonly number[] | undefined;
}

export const parse = parserOf(id, schema, ({ n, size, twinBits = Math.min(n, 6), subset: given }) => {
  const within = (where: string, value: number): void => {
    if (value > n)
      reject({ where, what: `${value} is more than the curve's bits`, allowed: `at most n = ${n}` });
  };
  within("size", size ?? 1);
  within("twinBits", twinBits);
  const subset = given === undefined ? undefined : requireSet(given, n, size);
  const json = {
    n,
    twinBits,
    ...(size === undefined ? {} : { size }),
    ...(subset === undefined ? {} : { subset }),
  };
  return { json, values: { n, size, twinBits, subset } satisfies CurveParityValues };
});

/** The set in ascending order. @throws InputError for what is no set of that size among n bits */
function requireSet(given: readonly number[], n: number, size: number | undefined): number[] {
  const set = [...new Set(given)].sort((a, b) => a - b);
  const where = "subset";
  if (set.length < given.length) reject({ where, what: "names a bit twice" });
  if (set[set.length - 1] >= n)
    reject({ where, what: `bit ${set[set.length - 1]} does not exist`, allowed: `0 to ${n - 1}` });
  if (size !== undefined && set.length !== size)
    reject({ where, what: `has ${set.length} bits`, allowed: `size = ${size}` });
  return set;
}
