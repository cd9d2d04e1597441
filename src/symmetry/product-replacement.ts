/**
 * Nearly uniform elements of a group given by generators alone: product replacement with an accumulator
 * ("rattle"; Celler et al. 1995, Leedham-Green and Murray 2002). Used where luck only costs time, never for sampling
 * (`randomElement` of chain.ts is exactly uniform).
 */

import type { Stream } from "../base/random.ts";
import { compose, identity, inverse, type Permutation } from "./permutation.ts";

const SLOTS = 10;
const WARM_UP = 60;

/** A source of pseudo-random elements of <generators>; at least one generator. */
export function productReplacement(generators: readonly Permutation[], draws: Stream): () => Permutation {
  const count = Math.max(SLOTS, generators.length);
  const slots = Array.from({ length: count }, (_, i) => generators[i % generators.length]);
  let accumulator: Permutation = identity(generators[0].length);
  const step = (): Permutation => {
    const i = draws.below(count);
    const j = (i + 1 + draws.below(count - 1)) % count;
    const factor = draws.below(2) === 0 ? slots[j] : inverse(slots[j]);
    slots[i] = draws.below(2) === 0 ? compose(slots[i], factor) : compose(factor, slots[i]);
    accumulator = compose(accumulator, slots[i]);
    return accumulator;
  };
  for (let i = 0; i < WARM_UP; i++) step();
  return step;
}
