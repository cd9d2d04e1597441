/** What a `frame-parity` certificate holds: how many functions there are. */

import * as z from "zod/mini";

/** A positive integer as its digits. */
const digits = z.string().check(z.regex(/^[1-9]\d{0,20000}$/));

export const evidenceSchema = z.discriminatedUnion("kind", [
  /** Over the whole group: one function for each orbit on k-subsets. */
  z.strictObject({ kind: z.literal("orbits"), orbits: digits, groupOrder: digits, subsets: digits }),
  /** Over a frame by |x|: one function for each k-subset. */
  z.strictObject({ kind: z.literal("subsets"), subsets: digits }),
]);
export type FrameParityEvidence = z.output<typeof evidenceSchema>;
