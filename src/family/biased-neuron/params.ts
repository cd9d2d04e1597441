/** Parameters of `biased-neuron`. */

import * as z from "zod/mini";
import { parserOf } from "../../base/checked.ts";
import { described, integer } from "../../base/schema.ts";

export const id = "biased-neuron";

export const schema = z.strictObject({
  d: described(z._default(integer(3, 1_000_000), 64), "dimension of x, standard normal"),
  bias: described(z._default(z.number().check(z.gte(0), z.lte(6)), 2.5), "b of relu(w.x - b)"),
  order: described(
    z._default(integer(0, 20), 3),
    "the part of the neuron up to this degree is taken away: the adversary's noise",
  ),
});

/** The parameters of `biased-neuron`, checked. */
export interface BiasedNeuronValues {
  readonly d: number;
  readonly bias: number;
  readonly order: number;
}

export const parse = parserOf(id, schema, (values) => ({
  json: values,
  values: values satisfies BiasedNeuronValues,
}));
