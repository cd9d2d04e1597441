/** An input law: what examples look like and how they are drawn. */

import type { Key } from "../base/random.ts";

/** `count` examples, each of `shape`, flat and row-major. */
export interface Samples {
  readonly count: number;
  readonly shape: readonly number[];
  readonly data: Uint8Array | Float32Array | Float64Array;
}

export interface Law {
  /** e.g. `erdos-renyi`, `gaussian`. */
  readonly id: string;
  /** Shape of one example. */
  readonly shape: readonly number[];
  /** Draws `count` independent examples; equal keys give equal examples. */
  sample(key: Key, count: number): Samples;
}
