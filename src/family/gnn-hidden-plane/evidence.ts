/** What a `gnn-hidden-plane` certificate holds: its two kinds of evidence. */

import { listedFields } from "../../query/listed-evidence.ts";
import * as z from "zod/mini";

/** All planes: dim H_k(R^d) bounds the spectral dimension from below. */
export const allPlanesEvidence = z.strictObject({
  kind: z.literal("all-planes"),
  harmonicDimension: z.string().check(z.regex(/^[1-9]\d{0,2000}$/)),
});

/** `count` planes drawn from the seed, and the bounds on their Gram matrix. */
export const listedEvidence = z.strictObject(listedFields);
export const evidenceSchema = z.discriminatedUnion("kind", [allPlanesEvidence, listedEvidence]);

export type ListedEvidence = z.output<typeof listedEvidence>;
export type AllPlanesEvidence = z.output<typeof allPlanesEvidence>;
export type HiddenPlaneEvidence = z.output<typeof evidenceSchema>;
