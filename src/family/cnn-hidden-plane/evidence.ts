/** What a `cnn-hidden-plane` certificate holds: its two kinds of evidence. */

import * as z from "zod/mini";
import { integer } from "../../base/schema.ts";
import { listedFields } from "../../query/listed-evidence.ts";

/** Degrees beyond k that enter the mean norm, at most. */
export const furthestDegree = 300;

/** All planes, with density proportional to ||f_U||^2. */
export const allPlanesEvidence = z.strictObject({
  kind: z.literal("all-planes"),
  harmonicDimension: z.string().check(z.regex(/^[1-9]\d{0,2000}$/)),
  /**
   * Lower bound on the least dim H_l / share_l over degrees l with an invariant harmonic, in units of dim H_k; share_l
   * is the part of ||F||^2 in degree l.
   */
  gain: z.number().check(z.gte(1), z.lte(1e300)),
  /** Lower bound on the mean of ||f_U||^2 over uniform planes, divided by columns * ||F||^2. */
  meanNorm: z.number().check(z.gte(0), z.lte(1)),
  /** The harmonics of degrees up to this are in the mean; they hold at least the share `coveredShare` of ||F||^2. */
  largestDegree: integer(2, 10_000),
  coveredShare: z.number().check(z.gt(0), z.lt(1.001)),
});

/** `count` planes drawn from the seed, and the bounds on their normalised Gram matrix. */
export const listedEvidence = z.strictObject({
  ...listedFields,
  /** No squared norm is below the first or above the second. */
  norms: z.tuple([z.number().check(z.gt(0)), z.number().check(z.gt(0))]),
});
export const evidenceSchema = z.discriminatedUnion("kind", [allPlanesEvidence, listedEvidence]);

export type AllPlanesEvidence = z.output<typeof allPlanesEvidence>;
export type ListedEvidence = z.output<typeof listedEvidence>;
export type CnnPlaneEvidence = z.output<typeof evidenceSchema>;
