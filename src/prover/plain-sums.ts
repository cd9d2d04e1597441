/**
 * A verifier's Gram matrix of searched networks: every unit as the vector of the input that it stands for, T_v^T w_m,
 * and the kernel by its definition, unit by unit. No covariances, no terms, no tables.
 */

import type { Progress } from "../base/progress.ts";
import { collector, type PlainGram } from "../family/plane/plain-gram.ts";
import { roundings, unitRoundoff } from "../numeric/rounding.ts";
import type { Members, Views } from "./class.ts";

/** A member's units, each with its length. */
interface Member {
  /** Unit vectors of the input, a row a unit; those of the first view come first. */
  readonly vectors: Float64Array;
  /** a_m |T_v^T w_m|. */
  readonly sizes: Float64Array;
}

export function* plainSums(
  members: Members,
  { inputs, views, alike }: Views,
): Generator<Progress, PlainGram> {
  const all = Array.from({ length: members.count }, (_, i) => memberAt(members, i, views, inputs));
  const firstOnly = all.map((member) => (alike ? firstUnits(member, members.width, inputs) : member));
  const times = alike ? views.length : 1;
  const termError = errorOfTerm(members, inputs, views.length);
  const lengths = all.map(({ sizes }) => sizes.reduce((sum, x) => sum + Math.abs(x), 0));
  const squares = all.map((member, i) => times * product(firstOnly[i], member, inputs));
  const doubts = squares.map(
    (square, i) => (termError * lengths[i] ** 2) / Math.max(square, Number.MIN_VALUE),
  );
  const gram = collector(members.count);
  for (let i = 0; i < members.count; i++) {
    for (let j = 0; j < i; j++) {
      const size = Math.sqrt(squares[i] * squares[j]);
      const entry = (times * product(firstOnly[i], all[j], inputs)) / size;
      const own = (termError * lengths[i] * lengths[j]) / size;
      gram.put(i, j, entry, own + Math.abs(entry) * (doubts[i] + doubts[j]) + 8 * unitRoundoff);
    }
    if (i % 4 === 0) yield { what: "inner products", done: i * i, total: members.count ** 2 };
  }
  // beyond this a norm is not known, and nothing follows
  return doubts.every((doubt) => doubt < 1e-3) ? gram.done() : { ...gram.done(), errorNorm: Infinity };
}

/**
 * Of sizes 1: unit vectors err by a few roundings a number and by those of the view's sums, so cosines by twice as
 * many, and kappa, of slope at most 1/2, by a few of its own; the sums over units add theirs.
 */
const errorOfTerm = ({ width }: Members, inputs: number, views: number): number =>
  roundings(4 * inputs + 4 * views * width + 64);

function memberAt(
  { width, unitInputs: p, weights }: Members,
  member: number,
  views: Views["views"],
  inputs: number,
): Member {
  const [vectors, sizes] = [
    new Float64Array(views.length * width * inputs),
    new Float64Array(views.length * width),
  ];
  const from = member * width * (p + 1);
  for (const [v, view] of views.entries())
    for (let m = 0; m < width; m++) {
      const unit = v * width + m;
      const vector = vectors.subarray(unit * inputs, (unit + 1) * inputs);
      for (const [k, row] of view.entries())
        for (const { at, times } of row) vector[at] += times * weights[from + m * p + k];
      const length = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
      sizes[unit] = weights[from + width * p + m] * length;
      if (length > 0) for (let k = 0; k < inputs; k++) vector[k] /= length;
    }
  return { vectors, sizes };
}

const firstUnits = ({ vectors, sizes }: Member, width: number, inputs: number): Member => ({
  vectors: vectors.subarray(0, width * inputs),
  sizes: sizes.subarray(0, width),
});

/** The sum over units of size size' (kappa(c) - kappa(0)), added up unit by unit. */
function product(f: Member, g: Member, inputs: number): number {
  let total = 0;
  for (let m = 0; m < f.sizes.length; m++) {
    let sum = 0;
    for (let l = 0; l < g.sizes.length; l++) {
      let c = 0;
      for (let k = 0; k < inputs; k++) c += f.vectors[m * inputs + k] * g.vectors[l * inputs + k];
      c = Math.max(-1, Math.min(1, c));
      sum += g.sizes[l] * (Math.sqrt((1 - c) * (1 + c)) + c * (Math.PI - Math.acos(c)) - 1);
    }
    total += f.sizes[m] * sum;
  }
  return total / (2 * Math.PI);
}
