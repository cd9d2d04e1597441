/** Members as unit vectors and sizes: a unit a relu(w . z) is a |w| relu of a unit vector, in standardised inputs. */

import type { Members } from "./class.ts";
import type { Term } from "./terms.ts";

export interface Units {
  readonly count: number;
  readonly width: number;
  readonly inputs: number;
  /** Unit vectors, a row a unit, the units of one member together. */
  readonly vectors: Float64Array;
  /** a |w| of every unit. */
  readonly sizes: Float64Array;
}

export function unitsOf({ count, width, unitInputs: p, weights }: Members, deviations: Float64Array): Units {
  const [vectors, sizes] = [new Float64Array(count * width * p), new Float64Array(count * width)];
  const each = width * (p + 1);
  for (let unit = 0; unit < sizes.length; unit++) {
    const [member, own] = [Math.floor(unit / width), unit % width];
    const from = member * each + own * p;
    let square = 0;
    for (let k = 0; k < p; k++) square += (weights[from + k] * deviations[k]) ** 2;
    const length = Math.sqrt(square);
    sizes[unit] = weights[member * each + width * p + own] * length;
    if (length > 0)
      for (let k = 0; k < p; k++) vectors[unit * p + k] = (weights[from + k] * deviations[k]) / length;
  }
  return { count, width, inputs: p, vectors, sizes };
}

/** The weights again, with vectors of length 1. */
export function membersFrom(
  { count, width, inputs: p, vectors, sizes }: Units,
  deviations: Float64Array,
): Members {
  const each = width * (p + 1);
  const weights = new Float32Array(count * each);
  for (let unit = 0; unit < sizes.length; unit++) {
    const [member, own] = [Math.floor(unit / width), unit % width];
    for (let k = 0; k < p; k++) weights[member * each + own * p + k] = vectors[unit * p + k] / deviations[k];
    weights[member * each + width * p + own] = sizes[unit];
  }
  return { count, width, unitInputs: p, weights };
}

/** Every vector multiplied by the term's matrix. */
export function moved({ inputs: p, vectors }: Units, { rows }: Term): Float64Array {
  const out = new Float64Array(vectors.length);
  for (let from = 0; from < vectors.length; from += p)
    for (const [k, row] of rows.entries()) {
      let sum = 0;
      for (const { at, value } of row) sum += value * vectors[from + at];
      out[from + k] = sum;
    }
  return out;
}
