/**
 * Members that are hard to tell apart, by gradient descent on the mean squared eigenvalue of their correlations,
 *
 *     log (1 / D  sum over i, j of  <f_i, f_j>^2 / (||f_i||^2 ||f_j||^2)),
 *
 * in closed form: no samples and no noise. The logarithm keeps gradients of one size while the correlations fall: Adam
 * steps by what gradients were long before, and descends on the sum itself more slowly. It is done in 32 bits, and the
 * kernel is read off a table, as what is found is certified exactly afterwards. Unit vectors stay of length 1, and
 * sizes of a member too, as the correlations do not depend on them.
 */

import type { Progress } from "../base/progress.ts";
import { matmul32 } from "../engine/run/matmul.ts";
import { evenKappa } from "../numeric/arc-cosine.ts";
import { transposed } from "../base/transposed.ts";
import { descendUnits } from "./descent.ts";
import type { Term, Terms } from "./terms.ts";
import { moved, type Units } from "./unit-vectors.ts";

/** Of a table, over [-1, 1]. */
const cells = 2 ** 11;

/** A term's kernel and its slope in turn, at the ends of equal cells, with one to spare. */
function tableOf({ correlations }: Term): Float32Array {
  const table = new Float32Array(2 * (cells + 2));
  for (let cell = 0; cell <= cells + 1; cell++)
    for (const { r, weight } of correlations) {
      const c = Math.max(-1, Math.min(1, r * ((2 * cell) / cells - 1)));
      table[2 * cell] += weight * (c / 4 + evenKappa(c));
      table[2 * cell + 1] += weight * r * (1 / 4 + Math.asin(c) / (2 * Math.PI));
    }
  return table;
}

interface Pass {
  readonly term: Term;
  readonly table: Float32Array;
  /** The term of the transposed matrix, which is summed along with this one; absent where that is the same. */
  readonly mirrored?: Term;
}

/** One for every term and its transpose: half of them, and half the work, for averages over a group. */
function passesOf(terms: readonly Term[]): Pass[] {
  const left = new Map(terms.map((term) => [nameOf(term.rows), term]));
  return terms.flatMap((term) => {
    if (!left.delete(nameOf(term.rows))) return [];
    const name = nameOf(transpose(term.rows));
    const mirrored = left.get(name);
    left.delete(name);
    return [{ term, table: tableOf(term), ...(mirrored === undefined ? {} : { mirrored }) }];
  });
}

const nameOf = (rows: Term["rows"]): string =>
  JSON.stringify(rows.map((row) => row.map(({ at, value }) => [at, value])));

const transpose = (rows: Term["rows"]): Term["rows"] =>
  rows.map((_, k) =>
    rows.flatMap((row, at) => row.filter((entry) => entry.at === k).map(({ value }) => ({ at, value }))),
  );

/** What was found, with the objective that it has. */
export interface Found {
  readonly units: Units;
  readonly loss: number;
}

/** @param steps gradient steps from `start` on */
export async function* descend(
  start: Units,
  { terms }: Terms,
  steps: number,
): AsyncGenerator<Progress, Found> {
  const passes = passesOf(terms);
  const units = yield* descendUnits(start, steps, async (at) => (await slope(at, passes)).gradient);
  return { units, loss: (await slope(units, passes)).loss };
}

/** The loss, and its gradient by vectors and sizes. */
async function slope(
  units: Units,
  passes: readonly Pass[],
): Promise<{ loss: number; gradient: Float64Array<ArrayBuffer> }> {
  const { count, vectors, sizes } = units;
  const gram = new Float64Array(count * count);
  for (const pass of passes) {
    const others = Float32Array.from(moved(units, pass.term));
    addProducts(units, pass, await cosines(units, others), gram);
  }
  const { loss, byGram } = correlations(gram, count);
  const gradient = new Float64Array(vectors.length + sizes.length);
  for (const pass of passes) await addSlopes(units, pass, byGram, gradient);
  return { loss, gradient };
}

/** Of all units with all units moved by a term's matrix. */
const cosines = ({ vectors, sizes, inputs }: Units, others: Float32Array): Promise<Float32Array> =>
  matmul32(Float32Array.from(vectors), others, sizes.length, inputs, sizes.length, { transposeB: true });

function addProducts(
  { count, width, sizes }: Units,
  { table, mirrored }: Pass,
  cosine: Float32Array,
  gram: Float64Array,
): void {
  let at = 0;
  for (let m = 0; m < count * width; m++) {
    const own = Math.floor(m / width);
    const row = own * count;
    for (let j = 0, l = 0; j < count; j++) {
      let sum = 0;
      for (const end = l + width; l < end; l++, at++) {
        const place = (cosine[at] + 1) * (cells / 2);
        const cell = place | 0;
        const value = table[2 * cell];
        sum += sizes[l] * (value + (place - cell) * (table[2 * cell + 2] - value));
      }
      gram[row + j] += sizes[m] * sum;
      if (mirrored !== undefined) gram[j * count + own] += sizes[m] * sum;
    }
  }
}

/** The objective, and its derivative by every entry. */
function correlations(gram: Float64Array, count: number): { loss: number; byGram: Float64Array } {
  const byGram = new Float64Array(count * count);
  // the diagonal's ones
  let sum = 1;
  for (let i = 0; i < count; i++)
    for (let j = 0; j < count; j++) {
      if (i === j) continue;
      const [at, own, other] = [i * count + j, i * (count + 1), j * (count + 1)];
      const share = gram[at] / (gram[own] * gram[other]) / count;
      const square = share * gram[at];
      sum += square;
      byGram[at] = 2 * share;
      byGram[own] -= (2 * square) / gram[own];
    }
  return { loss: Math.log(sum), byGram: byGram.map((x) => x / sum) };
}

/**
 * Adds the gradient through one term: by the first of two units, twice, as with a pair of views its exchange is summed
 * over too; where this is the transposed term's, by the second as well.
 */
async function addSlopes(
  units: Units,
  { term, table, mirrored }: Pass,
  byGram: Float64Array,
  gradient: Float64Array,
): Promise<void> {
  const { vectors, sizes, inputs: p } = units;
  const count = sizes.length;
  const others = Float32Array.from(moved(units, term));
  const turns = await cosines(units, others);
  const bySecond = mirrored !== undefined;
  turnInPlace(units, table, turns, { byGram, bySecond }, gradient.subarray(vectors.length));
  const turned = await matmul32(turns, others, count, count, p);
  for (let k = 0; k < turned.length; k++) gradient[k] += 2 * turned[k];
  if (mirrored === undefined) return;
  const columns = await matmul32(Float32Array.from(transposed(vectors, count, p)), turns, p, count, count);
  const back = moved({ ...units, vectors: Float64Array.from(transposed(columns, p, count)) }, mirrored);
  for (let k = 0; k < back.length; k++) gradient[k] += 2 * back[k];
}

/** Replaces cosines by the loss's derivatives by them, and adds those by the sizes. */
function turnInPlace(
  { count, width, sizes }: Units,
  table: Float32Array,
  cosine: Float32Array,
  { byGram, bySecond }: { byGram: Float64Array; bySecond: boolean },
  bySize: Float64Array,
): void {
  let at = 0;
  for (let m = 0; m < count * width; m++) {
    const row = Math.floor(m / width) * count;
    let total = 0;
    for (let j = 0, l = 0; j < count; j++) {
      const weight = byGram[row + j];
      for (const end = l + width; l < end; l++, at++) {
        const place = (cosine[at] + 1) * (cells / 2);
        const cell = place | 0;
        const part = place - cell;
        const low = table[2 * cell];
        const slope = table[2 * cell + 1];
        const value = weight * (low + part * (table[2 * cell + 2] - low));
        total += sizes[l] * value;
        if (bySecond) bySize[l] += 2 * sizes[m] * value;
        cosine[at] = weight * sizes[l] * sizes[m] * (slope + part * (table[2 * cell + 3] - slope));
      }
    }
    bySize[m] += 2 * total;
  }
}
