/** What a `gnn-hidden-plane` certificate holds: its two kinds of evidence. */

import { listedFields } from "../../query/listed-evidence.ts";
import * as z from "zod/mini";

/** All planes: `gain` times dim H_k(R^d) bounds the spectral dimension from below. */
export const allPlanesEvidence = z.strictObject({
  kind: z.literal("all-planes"),
  harmonicDimension: z.string().check(z.regex(/^[1-9]\d{0,2000}$/)),
  /** Lower bound on the least dim H_l / share_l, in units of dim H_k; share_l is the part of ||f||^2 in degree l. */
  gain: z.number().check(z.gte(1), z.lte(1e300)),
});

/** `count` planes drawn from the seed, and the bounds on their Gram matrix. */
export const listedEvidence = z.strictObject(listedFields);
export const evidenceSchema = z.discriminatedUnion("kind", [allPlanesEvidence, listedEvidence]);

export type ListedEvidence = z.output<typeof listedEvidence>;
export type AllPlanesEvidence = z.output<typeof allPlanesEvidence>;
export type HiddenPlaneEvidence = z.output<typeof evidenceSchema>;
