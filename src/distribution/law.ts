/** An input law: what examples look like and how they are drawn. */

import type { Key } from "../base/random.ts";

/** `count` examples, each of `shape`, flat and row-major. Not to be written into. */
export interface Samples {
  readonly count: number;
  readonly shape: readonly number[];
  /** Of graphs with `rows` written when first asked for. */
  readonly data: Uint8Array | Float32Array | Float64Array;
  /** Adjacency matrices as bits (see bit-rows.ts), where that is how they were drawn. */
  readonly rows?: Uint16Array;
}

/** An input law: the distribution that examples are drawn from. */
export interface Law {
  /** e.g. `erdos-renyi`, `gaussian`. */
  readonly id: string;
  /** Shape of one example. */
  readonly shape: readonly number[];
  /** Of graphs: whether an edge has a direction. */
  readonly directed?: boolean;
  /**
   * Draws `count` independent examples; equal keys give equal examples.
   * @param into examples of this law that nothing needs any more: their memory may be written over
   */
  sample(key: Key, count: number, into?: Samples): Samples;
}
