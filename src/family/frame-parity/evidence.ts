/** What a `frame-parity` certificate holds: how many functions there are. */

import * as z from "zod/mini";

/** Digits of a number of functions, at most. */
export const mostDigits = 20_001;

/** A positive integer as its digits. */
const digits = z.string().check(z.regex(/^[1-9]\d*$/), z.maxLength(mostDigits));

export const evidenceSchema = z.discriminatedUnion("kind", [
  /** Over the whole group: one function for each orbit on k-subsets. */
  z.strictObject({ kind: z.literal("orbits"), orbits: digits, groupOrder: digits, subsets: digits }),
  /** Over a frame by |x|: one function for each k-subset. */
  z.strictObject({ kind: z.literal("subsets"), subsets: digits }),
]);
export type FrameParityEvidence = z.output<typeof evidenceSchema>;
