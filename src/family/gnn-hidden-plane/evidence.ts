/** What a `gnn-hidden-plane` certificate holds: its parameters and its two kinds of evidence. */

import * as z from "zod/mini";
import { integer } from "../../base/schema.ts";
import { LARGEST_LIST } from "./family.ts";
import { graphParameter, LARGEST_GRAPH } from "../parameter/graph-parameter.ts";
import { largestPolygon } from "../plane/polygon.ts";
import { listedFields } from "../../query/claims.ts";

export const paramsSchema = z.strictObject({
  n: integer(1, LARGEST_GRAPH),
  d: integer(2, 1_000_000),
  k: integer(2, largestPolygon),
  graph: graphParameter,
  count: z.optional(integer(2, LARGEST_LIST)),
});
export type HiddenPlaneFamily = z.output<typeof paramsSchema>;

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
