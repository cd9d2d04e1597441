/** What a `biased-neuron` certificate holds: the dimension, which follows from the neuron's Hermite coefficients. */

import * as z from "zod/mini";

export const evidenceSchema = z.strictObject({
  kind: z.literal("single-index"),
  dimension: z.number().check(z.gte(1), z.lte(1e300)),
});
export type BiasedNeuronEvidence = z.output<typeof evidenceSchema>;
