/** What an `invariant-polynomial` certificate holds: how many multilinear terms there are. */

import * as z from "zod/mini";

export const evidenceSchema = z.strictObject({
  kind: z.literal("multilinear"),
  /** C(variables, degree). */
  terms: z.string().check(z.regex(/^[1-9]\d{0,200}$/)),
});
export type MultilinearEvidence = z.output<typeof evidenceSchema>;
