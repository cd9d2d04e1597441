/**
 * Members of a list so long that their values on the population cannot be kept: their Gram matrix under its law is kept
 * instead. Combinations of members are correlated through it, within a proved error; any other query by working out all
 * values once more, a few points at a time, in 64 bits.
 */

import { reject } from "../../base/errors.ts";
import type { DoAll } from "../../base/progress.ts";
import { slice } from "../../distribution/samples.ts";
import { addRow, tileAt, type Tick } from "../symmetric-tiles.ts";
import { valuesOn, type MemberList } from "../members.ts";
import { combine } from "./combinations.ts";
import type { Correlated, Members } from "./members.ts";
import type { QueryBlock } from "./oracle.ts";
import { moments, type Population, type Signals } from "./population.ts";
import { populationGram, type PopulationGram } from "./population-gram.ts";

/** Functions of which the Gram matrix and its factor stay below 2 GiB. */
export const LONGEST_LIST = 16_384;
/** Members evaluated together. */
const TOGETHER = 64;
/** A pass costs about as much as the products with so many queries. */
const BLOCK = 256;
const LOST = 0.005;

/** Members by their Gram matrix on the population, too many for their values. @throws InputError above the limit */
export async function longMembers(
  list: MemberList,
  population: Population,
  tick: Tick,
  doAll?: DoAll,
): Promise<Members> {
  const { count } = list;
  if (count > LONGEST_LIST)
    reject({
      where: "count",
      what: `${count} functions on ${population.points.count} examples are too many to hold`,
      allowed: `up to ${LONGEST_LIST} functions, or a smaller --population`,
    });
  const gram = await populationGram(list, population, tick, doAll);
  const evaluate = valuesOn(list);
  const signals = await signalsOf(count, population, evaluate);
  const products = productsBy(gram, count);
  const made = new WeakMap<QueryBlock, Float64Array>();
  return {
    count,
    population,
    block: BLOCK,
    lost: LOST,
    gram,
    signals,
    combinations(coefficients, queries) {
      const used = Int32Array.from(new Set(nonzero(coefficients, count))).sort();
      const block: QueryBlock = {
        count: queries,
        on: async (samples) =>
          combine(coefficients, count, used, await evaluate(samples)(used), samples.count),
      };
      made.set(block, coefficients);
      return block;
    },
    async correlate(block, allowed) {
      const coefficients = made.get(block);
      if (coefficients !== undefined && allowed > 0) {
        const found = products(coefficients, block.count);
        // the norms of the queries' own values: an error in them would count as one in every answer
        const { norms: exact } = await moments(population, block, null);
        if (found.errors.every((e, q) => e <= allowed * exact[q])) return { ...found, norms: exact };
      }
      return moments(population, block, signals);
    },
    foresee: async (coefficients, queries) => products(coefficients, queries),
  };
}

/** Correlations with queries of any kind: all members' values, worked out a few points and members at a time. */
async function signalsOf(
  count: number,
  { points }: Population,
  evaluate: ReturnType<typeof valuesOn>,
): Promise<Signals> {
  const { matmul64 } = await import("../../engine/run/matmul.ts");
  return {
    count,
    async accumulate(weighted, queries, from, size, sums) {
      const on = evaluate(slice(points, from, from + size));
      const h = Float64Array.from(weighted);
      for (let first = 0; first < count; first += TOGETHER) {
        const some = Int32Array.from({ length: Math.min(TOGETHER, count - first) }, (_, i) => first + i);
        const product = await matmul64(h, await on(some), queries, size, some.length, { transposeB: true });
        for (let q = 0, at = 0; q < queries; q++)
          for (let i = 0, to = q * count + first; i < some.length; i++) sums[to + i] += product[at++];
      }
    },
  };
}

/** <sum_i c_ki f_i, f_j> from the Gram matrix, and bounds on the errors. */
function productsBy(gram: PopulationGram, count: number) {
  const norms = Float64Array.from({ length: count }, (_, i) => {
    const block = Math.floor(i / gram.tile);
    const square = gram.tiles[tileAt(block, block)][(i % gram.tile) * (gram.tile + 1)];
    return Math.sqrt(square * (1 + 2 * gram.entryError));
  });
  const largest = norms.reduce((a, b) => Math.max(a, b), 0);
  return (coefficients: Float64Array, queries: number): Required<Correlated> => {
    const inner = new Float64Array(queries * count);
    const [squares, errors] = [new Float64Array(queries), new Float64Array(queries)];
    for (let q = 0; q < queries; q++) {
      const own = coefficients.subarray(q * count, (q + 1) * count);
      const row = inner.subarray(q * count, (q + 1) * count);
      let weight = 0;
      for (let i = 0; i < count; i++) {
        if (own[i] === 0) continue;
        addRow(gram, i, own[i], row);
        weight += Math.abs(own[i]) * norms[i];
      }
      for (let i = 0; i < count; i++) squares[q] += own[i] * row[i];
      // one rounding of the query's own values to 32 bits on top
      errors[q] = (gram.entryError + 2 ** -24) * weight * largest * (1 + 1e-9);
    }
    return { inner, norms: squares.map((x) => Math.sqrt(Math.max(x, 0))), errors };
  };
}

/** Members with a coefficient that is not 0 in any query. */
function* nonzero(coefficients: Float64Array, count: number): Generator<number> {
  for (let at = 0; at < coefficients.length; at++) if (coefficients[at] !== 0) yield at % count;
}
