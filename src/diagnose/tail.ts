/**
 * What a sum of terms of mean 0 may owe to terms that these examples do not hold.
 *
 * Products of a label and polynomials have heavy tails: a large share of their mean lies in events of probability below
 * 1/N. Of a product whose tail is negative most samples lack these, and their mean is positive, the same way in each
 * part of them, by more than the spread within them says: permutations, signs and Student's t all call it a signal.
 * Where the terms beyond the largest one seen, M, fall like u^-a, N of them hold about M a / (a - 1) of the sum; a is
 * estimated from the largest ones (Hill 1975) and lowered by its own standard error. For a <= 1 a mean cannot be known.
 *
 * This is no bound: no test of a mean holds its level for all laws of mean 0 (Bahadur and Savage 1956). It is what such
 * samples tell of their tail; `tail.test.ts` measures what it leaves.
 */

/** What unseen terms may add to a sum. */
export interface Unseen {
  /** To be taken off a sum before it is called more than 0; infinite where no sum of so many such terms tells. */
  readonly sum: number;
  /** How much that differs from sample to sample; infinite where there are too few terms to say. */
  readonly deviation: number;
}

/** So many of the largest terms tell how the tail falls, a fifth where there are few. */
const LARGEST = 20;
/** From fewer of them it cannot be said what another sample would hold. */
const TELLING = 15;
/** Standard deviation of the logarithm of the largest of many terms, times a: a Gumbel variable's. */
const GUMBEL = Math.PI / Math.sqrt(6);

/** What negative terms beyond those in the sample may add to the sum of as many terms. */
export function unseenBelow(terms: Float64Array): Unseen {
  const sizes = terms
    .filter((t) => t < 0)
    .sort()
    .map((t) => -t);
  if (sizes.length === 0) return { sum: 0, deviation: 0 };
  const [largest] = sizes;
  const used = Math.min(LARGEST, Math.floor(sizes.length / 5));
  if (used < 2) return { sum: largest, deviation: Infinity };
  let sum = 0;
  for (let i = 0; i < used; i++) sum += Math.log(sizes[i] / sizes[used]);
  const slope = sum / used;
  // a term that many examples share bounds all of them
  if (slope === 0) return { sum: largest, deviation: 0 };
  const exponent = (1 - 1 / Math.sqrt(used)) / slope;
  if (exponent <= 1) return { sum: Infinity, deviation: Infinity };
  const unseen = (largest * exponent) / (exponent - 1);
  // of the largest term, and of a / (a - 1) by the error of a
  const relative = Math.hypot(GUMBEL / exponent, 1 / ((exponent - 1) * Math.sqrt(used)));
  return { sum: unseen, deviation: used < TELLING ? Infinity : unseen * relative };
}
