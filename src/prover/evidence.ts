/** What a `network` certificate holds: the weights that were found, how, and what follows from them. */

import * as z from "zod/mini";
import { integer } from "../base/schema.ts";
import { listedFields } from "../query/listed-evidence.ts";

const { kind: _kind, seed, ...bounds } = listedFields;

/** Of everything that was searched. */
const searchedFields = {
  /** Seeds the weights that the search started from, and the graph where it is drawn. */
  seed,
  /** Gradient steps, and the start that was taken of those that were tried. */
  steps: integer(0, 1_000_000),
  restart: integer(0, 999),
  /** The dimension of the weights that it started from, within a part in 10^6. */
  start: z.number().check(z.gt(0)),
  /** The weights, as base64 of float32, little-endian: of each member its vectors, then its coefficients. */
  members: z.string().check(z.maxLength(6_000_000)),
};

/** The degrees of harmonics that an average's trace is summed over, and a certifier looks at one by one. */
export const furthestDegree = 60;

const listedSchema = z.strictObject({ kind: z.literal("members"), ...searchedFields, ...bounds });
const orbitSchema = z.strictObject({
  kind: z.literal("orbit"),
  ...searchedFields,
  /** Lower bound on the dimension of all rotations of the one member. */
  dimension: z.number().check(z.gte(1), z.lte(1e300)),
});
const { steps, start, members } = searchedFields;
const lipschitzSchema = z.strictObject({
  kind: z.literal("lipschitz"),
  /** Seeds the weights that the search started from, the graph where it is drawn, and the sample. */
  seed,
  steps,
  /** The dimension of the weights that it started from, as the sample's first inputs show it, within a part in 1000. */
  start,
  /** The weights, as base64 of float32, little-endian: of each member layer by layer the matrix, then the bias. */
  members,
  /** Standard normal inputs drawn from the seed, which the search did not see. */
  samples: integer(1, 100_000_000),
  /** Of each member, an upper bound on its Lipschitz constant. */
  lipschitz: z.array(z.number().check(z.gt(0), z.lte(1e100))).check(z.maxLength(2000)),
  /** Upper bound on the largest eigenvalue of the sample's matrix (1/N) sum_x v(x) v(x)^T. */
  lambda: z.number().check(z.gt(0), z.lte(1e100)),
  /** Lower bound on its trace. */
  meanSquare: z.number().check(z.gt(0), z.lte(1e100)),
});
export const evidenceSchema = z.discriminatedUnion("kind", [listedSchema, orbitSchema, lipschitzSchema]);

export type ListedEvidence = z.output<typeof listedSchema>;
export type OrbitEvidence = z.output<typeof orbitSchema>;
export type LipschitzEvidence = z.output<typeof lipschitzSchema>;
export type NetworkEvidence = z.output<typeof evidenceSchema>;
