/**
 * Members of a list so long that their values on the population cannot be kept: their Gram matrix under its law is kept
 * instead. Combinations of members are correlated through it, within a proved error; any other query by working out all
 * values once more, a few points at a time, in 64 bits.
 */

import { reject } from "../../base/errors.ts";
import type { DoAll } from "../../base/progress.ts";
import { slice } from "../../distribution/samples.ts";
import type { Tick } from "../symmetric-tiles.ts";
import { valuesOn, type MemberList } from "../members.ts";
import { combine } from "./combinations.ts";
import type { Members } from "./members.ts";
import type { QueryBlock } from "./oracle.ts";
import { moments, type Population, type Signals } from "./population.ts";
import { combinedBy, populationGram } from "./population-gram.ts";

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
  const products = combinedBy(gram);
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

/** Members with a coefficient that is not 0 in any query. */
function* nonzero(coefficients: Float64Array, count: number): Generator<number> {
  for (let at = 0; at < coefficients.length; at++) if (coefficients[at] !== 0) yield at % count;
}
