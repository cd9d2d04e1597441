/**
 * Families whose hard label is a parity: (-1)^(b + <s, pi(x)>) of a vector pi(x) over F_2 that everybody can read, with
 * s and b hidden. What elimination over F_2, and queries for single values of pi, need to know.
 */

import type { Checked, JsonObject } from "../base/checked.ts";
import type { OnProgress } from "../base/progress.ts";
import type { Key } from "../base/random.ts";
import type { Samples } from "../distribution/law.ts";
import type { Instance } from "./instance.ts";

/** A parity of pi: `set` holds s, one entry 0 or 1 a coordinate. */
export interface ParityFunction {
  readonly set: Uint8Array;
  readonly bit: number;
}

/** Fresh examples as a learner over F_2 sees them. */
export interface ParitySample {
  /** pi, row-major (example, coordinate), entries 0 and 1. */
  readonly vectors: Uint8Array;
  /** Labels +-1 of the target, or of its easy twin where that is asked for. */
  readonly labels: Int8Array;
}

/** The distribution of pi: its values as words (bit j is coordinate j), and their probabilities. */
export interface ParityLaw {
  /** Coordinates of pi, at most 32. */
  readonly n: number;
  readonly vectors: Uint32Array;
  readonly probabilities: Float64Array;
}

/** Of a family whose hard label is such a parity: what learners of parities are told, and what they are judged by. */
export interface Parities<V = unknown, H extends JsonObject = JsonObject> {
  /** Coordinates of pi, and the dimension of the affine span of (pi, 1) under the input law. */
  size(params: Checked<V>): { readonly columns: number; readonly dimension: number };
  sample(instance: Instance<V, H>, key: Key, count: number, easy: boolean): ParitySample;
  /** The hidden s and b, to judge by. */
  hidden(instance: Instance<V, H>): ParityFunction;
  /** Whether a parity has the hidden one's s, up to what no example shows. */
  same(instance: Instance<V, H>, found: ParityFunction): boolean;
  /** A parity in the family's own terms, as records show it. */
  shown(found: ParityFunction): JsonObject;
  /** Why the law of pi is out of reach at these parameters, null where it is not. */
  lawRefusal(params: Checked<V>): string | null;
  law(params: Checked<V>, onProgress?: OnProgress): ParityLaw;
  /** pi of examples of the input law, as words of at most 32 bits. */
  wordsOf(samples: Samples): Int32Array;
}
