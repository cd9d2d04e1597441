/**
 * Commit and reveal: whoever sets a task publishes the hash of a seed before, and the seed after the predictions are
 * in. A seed is one of 2^53: the hash binds whoever publishes it; who would invert it has to try them all.
 */

import { sha256 } from "../base/sha256.ts";

/** SHA-256 of `equihard seed` and the seed in decimal digits, one space between: anyone can compute it. */
export const commitment = (seed: number): string => sha256(`equihard seed ${seed}`);
