/** Features of examples as a network's input, for networks that read invariants instead of raw inputs. */

import type { numpy as np } from "../engine/lower/jax.ts";
import type { Samples } from "../distribution/law.ts";
import { reuse, type Network } from "./network.ts";

/** Numbers computed from an example without its label. */
export interface Features {
  /** How many there are of one example. */
  readonly size: number;
  /** Writes feature j of example i to i * size + j. */
  write(samples: Samples, out: Float32Array): void;
  /** The same of raw examples, (batch, ...shape), as a pure function to (batch, size), where there is one. */
  readonly traced?: (examples: np.Array) => np.Array;
}

/** How a network reads these features as its input `name`. */
export function encodeFeatures(
  { size, write, traced }: Features,
  name: string,
): Pick<Network, "encode" | "encodeTraced"> {
  return {
    encode(samples, into) {
      const out = reuse(into, name, samples.count * size);
      write(samples, out);
      return { [name]: out };
    },
    ...(traced === undefined ? {} : { encodeTraced: (examples) => ({ [name]: traced(examples) }) }),
  };
}
