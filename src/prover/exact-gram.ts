/**
 * The Gram matrix of members without their means, in closed form: by the arc-cosine kernel without its constant, as the
 * product of two means is what kappa(0) gives.
 */

import { reject } from "../base/errors.ts";
import type { Progress } from "../base/progress.ts";
import { evenKappa } from "../numeric/arc-cosine.ts";
import { roundings, unitRoundoff } from "../numeric/rounding.ts";
import type { Term, Terms } from "./terms.ts";
import { moved, type Units } from "./unit-vectors.ts";

export interface ExactGram {
  /** Row-major, ones on the diagonal. */
  readonly matrix: Float64Array;
  readonly order: number;
  /** Bound on the error of an entry, with room for sums in another order. */
  readonly entryError: number;
  readonly maxAbsCorrelation: number;
}

/** kappa without its constant, summed over a term's correlations. */
const kernelOf =
  ({ correlations }: Term) =>
  (cosine: number): number => {
    let sum = 0;
    for (const { r, weight } of correlations) {
      const c = Math.max(-1, Math.min(1, r * cosine));
      sum += weight * (c / 4 + evenKappa(c));
    }
    return sum;
  };

/** How many times the bound on an entry's error is stated: a verifier adds up more terms. */
const room = 8;

/** @throws InputError for a member that is constant, as far as rounding can tell */
export function* exactGram(units: Units, { terms }: Terms, inputs: number): Generator<Progress, ExactGram> {
  const { count: order, width } = units;
  const raw = new Float64Array(order * order);
  for (const [t, term] of terms.entries()) {
    yield { what: "Gram matrix", done: t, total: terms.length };
    addTerm(raw, units, moved(units, term), kernelOf(term));
  }
  const weights = terms.flatMap(({ correlations }) => correlations.map(({ weight }) => weight));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const error = room * total * termError(units.inputs, inputs, weights.length + 2 * width);
  const lengths = Float64Array.from({ length: order }, (_, i) => {
    let sum = 0;
    for (let m = 0; m < width; m++) sum += Math.abs(units.sizes[i * width + m]);
    return sum;
  });
  return normalised(raw, order, (i, j) => error * lengths[i] * lengths[j]);
}

/**
 * Bound on the error of a term of sizes 1: an entry of M errs by as many roundings as the input has numbers, a cosine
 * by a few for each number that a unit sees besides, and M of norm 1 has absolute values of norm sqrt(p) at most.
 * kappa's slope is at most 1/2, and it is rounded a few times itself; sums of `terms` add theirs.
 */
const termError = (p: number, inputs: number, terms: number): number =>
  roundings(4 * p + inputs + 32) * Math.sqrt(p) + roundings(terms + 8);

/** Adds <f_i, f_j> by one term, i >= j. */
function addTerm(
  raw: Float64Array,
  units: Units,
  others: Float64Array,
  kernel: (cosine: number) => number,
): void {
  const { count: order, width, inputs: p, vectors, sizes } = units;
  for (let i = 0; i < order; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let m = i * width; m < (i + 1) * width; m++)
        for (let l = j * width; l < (j + 1) * width; l++) {
          let cosine = 0;
          for (let k = 0; k < p; k++) cosine += vectors[m * p + k] * others[l * p + k];
          sum += sizes[m] * sizes[l] * kernel(cosine);
        }
      raw[i * order + j] += sum;
    }
}

/** Both triangles, divided by the norms. */
function normalised(raw: Float64Array, order: number, errorOf: (i: number, j: number) => number): ExactGram {
  const squares = Float64Array.from({ length: order }, (_, i) => raw[i * order + i]);
  const doubts = squares.map((square, i) => errorOf(i, i) / square);
  doubts.forEach((doubt, i) => requireNorm(i, squares[i], doubt));
  const matrix = new Float64Array(order * order);
  let [entryError, most] = [0, 0];
  for (let i = 0; i < order; i++) {
    matrix[i * order + i] = 1;
    for (let j = 0; j < i; j++) {
      const size = Math.sqrt(squares[i] * squares[j]);
      const entry = raw[i * order + j] / size;
      matrix[i * order + j] = matrix[j * order + i] = entry;
      // halves of small relative errors of the squares, doubled for what is of second order in them
      const error = errorOf(i, j) / size + Math.abs(entry) * (doubts[i] + doubts[j]) + 8 * unitRoundoff;
      entryError = Math.max(entryError, error * (1 + 1e-3));
      most = Math.max(most, Math.abs(entry));
    }
  }
  return { matrix, order, entryError, maxAbsCorrelation: Math.min(1, most + entryError) };
}

function requireNorm(member: number, square: number, doubt: number): void {
  if (!(square > 0 && doubt < 1e-4))
    reject({
      where: `member ${member}`,
      what: "is constant, or too nearly so for its norm to be known",
      next: "another seed, or fewer steps",
    });
}
