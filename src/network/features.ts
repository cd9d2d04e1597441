/** Features of examples as a network's input, for networks that read invariants instead of raw inputs. */

import type { Samples } from "../distribution/law.ts";
import { reuse, type Network } from "./network.ts";

/** Numbers computed from an example without its label. */
export interface Features {
  /** How many there are of one example. */
  readonly size: number;
  /** Writes feature j of example i to i * size + j. */
  write(samples: Samples, out: Float32Array): void;
}

/** A network's `encode` that writes these features as its input `name`. */
export const encodeFeatures =
  (features: Features, name: string): Network["encode"] =>
  (samples, into) => {
    const out = reuse(into, name, samples.count * features.size);
    features.write(samples, out);
    return { [name]: out };
  };
