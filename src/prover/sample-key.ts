/** Which inputs a certificate's seed stands for: block by block, `foldIn(key, block)`, in 32-bit floats. */

import { keyFor, type Key } from "../base/random.ts";

/** Inputs of a block. */
export const sampleBlock = 1000;

export const sampleKey = (seed: number): Key => keyFor("sample of deep networks", seed);
