/** What a `curve-parity` certificate holds: how many functions there are. */

import * as z from "zod/mini";

/** Digits of 2^n - 1 for the most bits, and no more. */
const mostDigits = 302;

export const evidenceSchema = z.strictObject({
  kind: z.literal("parities"),
  functions: z.string().check(z.regex(/^[1-9]\d*$/), z.maxLength(mostDigits)),
});
export type CurveParityEvidence = z.output<typeof evidenceSchema>;
