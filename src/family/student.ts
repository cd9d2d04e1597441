/** Student classes: what they let a user choose, and the one without symmetry that every family has. */

import { product } from "../base/product.ts";
import { mlp } from "../network/mlp.ts";
import type { Network } from "../network/network.ts";
import type { JsonObject } from "../base/checked.ts";
import type { Student, StudentSizes } from "./family.ts";
import type { Instance } from "./instance.ts";

/** All that a student class may let the user choose. */
export const studentSizes = [
  "layers",
  "width",
  "readoutLayers",
  "pool",
] as const satisfies readonly (keyof StudentSizes)[];

/** A student class that cannot read more than it says. */
export const defineStudent = <K extends keyof StudentSizes, V = unknown, H extends JsonObject = JsonObject>(
  options: readonly K[],
  network: (instance: Instance<V, H>, sizes: Pick<StudentSizes, K>) => Network,
): Student<V, H> => ({ options, network });

/** What a perceptron reads: it has one kind of layer, and nothing to pool. */
export const perceptronSizes = ["layers", "width", "readoutLayers"] as const;

/** A perceptron on the raw input. */
export const plainMlp = defineStudent(perceptronSizes, ({ law }, { layers, readoutLayers, width }) =>
  mlp({ inputs: product(law.shape), layers: layers + readoutLayers, width }),
);
