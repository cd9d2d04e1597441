/** Descent of a search: Adam at a rate that falls to 0 along a cosine. */

import type { Progress } from "../base/progress.ts";
import { createUpdate } from "../engine/train/update.ts";
import type { Units } from "./unit-vectors.ts";

const learningRate = 0.03;

/** The rate of a step among so many, from `first` down. */
export const cosineRate = (first: number, step: number, steps: number): number =>
  first * 0.5 * (1 + Math.cos((Math.PI * step) / steps));

/**
 * Units after so many steps, with vectors of length 1 and sizes of a member with squares that add up to 1.
 *
 * @param slope gradient by vectors, then by sizes
 * @param every how many steps there are between two words of progress
 */
export async function* descendUnits(
  start: Units,
  steps: number,
  slope: (units: Units, step: number) => Float64Array | Promise<Float64Array>,
  every = 1,
): AsyncGenerator<Progress, Units> {
  let weights = new Float64Array([...start.vectors, ...start.sizes]);
  const units = (): Units => ({
    ...start,
    vectors: weights.subarray(0, start.vectors.length),
    sizes: weights.subarray(start.vectors.length),
  });
  retract(units());
  const update = await createUpdate("adam", weights.length, "float64");
  try {
    for (let step = 0; step < steps; step++) {
      if (step % every === 0) yield { what: "search", done: step, total: steps };
      const rate = cosineRate(learningRate, step, steps);
      weights = (await update.step(weights, await slope(units(), step), rate)) as Float64Array<ArrayBuffer>;
      retract(units());
    }
  } finally {
    await update.dispose();
  }
  return units();
}

/** Vectors of length 1, and sizes of a member with squares that add up to 1, in place. */
function retract({ width, inputs, vectors, sizes }: Units): void {
  normalise(vectors, inputs);
  normalise(sizes, width);
}

function normalise(rows: Float64Array, length: number): void {
  for (let from = 0; from < rows.length; from += length) {
    let square = 0;
    for (let k = from; k < from + length; k++) square += rows[k] ** 2;
    for (let k = from; k < from + length; k++) rows[k] /= Math.sqrt(square);
  }
}
