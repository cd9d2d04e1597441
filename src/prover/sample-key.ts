/** Which inputs a certificate's seed stands for: block by block, `foldIn(key, block)`, in 32-bit floats. */

import { keyFor, type Key } from "../base/random.ts";

/** Inputs of a block. */
export const sampleBlock = 1000;

/** Inputs of the sample that random weights are evaluated on. */
export const startInputs = (samples: number): number => Math.min(10_000, samples);

/** Of the squared mean: below it 32 bits know little of values but their mean, and they count as constant. */
export const leastVariance = 1e-6;

export const sampleKey = (seed: number): Key => keyFor("sample of deep networks", seed);
