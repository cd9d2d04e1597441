/**
 * What a sum of terms of mean 0 may owe to terms that these examples do not hold.
 *
 * Products of a label and polynomials have heavy tails: a large share of their mean lies in events of probability below
 * 1/N. Of a product whose tail is negative most samples lack these, and their mean is positive, the same way in each
 * part of them, by more than the spread within them says: permutations, signs and Student's t all call it a signal.
 * Where the terms beyond the largest one seen, M, fall like u^-a, N of them hold about M a / (a - 1) of the sum; a is
 * estimated from the largest ones (Hill 1975) and lowered by its own standard error. For a <= 1 a mean cannot be known.
 */

/** So many of the largest terms tell how the tail falls, a fifth where there are few. */
const LARGEST = 20;

/**
 * @returns what is to be taken off the sum of the terms before it is called more than 0; infinite where no sum of so
 *   many such terms says anything
 */
export function unseenBelow(terms: Float64Array): number {
  const sizes = terms
    .filter((t) => t < 0)
    .sort()
    .map((t) => -t);
  if (sizes.length === 0) return 0;
  const [largest] = sizes;
  const used = Math.min(LARGEST, Math.floor(sizes.length / 5));
  if (used < 2) return largest;
  let sum = 0;
  for (let i = 0; i < used; i++) sum += Math.log(sizes[i] / sizes[used]);
  const slope = sum / used;
  // a term that many examples share bounds all of them
  if (slope === 0) return largest;
  const exponent = (1 - 1 / Math.sqrt(used)) / slope;
  return exponent > 1 ? (largest * exponent) / (exponent - 1) : Infinity;
}
