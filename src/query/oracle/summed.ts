/**
 * What an oracle of one target needs of a block of queries: sums over a population's points. A block that offers sums
 * is asked for them, chunk by chunk of points, which are added up in 64 bits; of any other all values are worked out.
 */

import type { BlockSums, FunctionBlock, QueryBlock, Response } from "./oracle.ts";
import { chunksOf, labelSignal, moments, NotFinite, type Population } from "./population.ts";

/** Expectations of the functions. @throws NotFinite */
export const expectations = async (population: Population, block: FunctionBlock): Promise<Float64Array> =>
  (await moments(population, block, null)).means;

/**
 * Inner products of the queries with labels (none: with 0), the queries' norms, and what the block asks beside.
 * @throws NotFinite
 */
export async function labelCorrelations(
  population: Population,
  block: QueryBlock,
  labels: ArrayLike<number> | null,
): Promise<Response> {
  if (block.sums !== undefined) return means(population, block, block.sums, labels);
  const { inner, norms } = await moments(population, block, labels === null ? null : labelSignal(labels));
  return { inner, norms };
}

/** The same by a block's sums. */
async function means(
  { points, weights, signal }: Population,
  { count, free: beside }: QueryBlock,
  sums: BlockSums,
  labels: ArrayLike<number> | null,
): Promise<Response> {
  const [inner, squares] = [new Float64Array(count), new Float64Array(count)];
  const free = beside === undefined ? [] : [new Float64Array(beside.count)];
  for await (const { samples, from } of chunksOf({ points, signal })) {
    const [share, weighted] = [new Float32Array(samples.count), new Float32Array(samples.count)];
    for (let x = 0; x < samples.count; x++) {
      const p = weights?.[from + x] ?? 1;
      share[x] = p;
      weighted[x] = p * (labels?.[from + x] ?? 0);
    }
    const part = await sums(samples, { signal: weighted, share });
    part.inner.forEach((x, i) => (inner[i] += x));
    part.squares.forEach((x, i) => (squares[i] += x));
    for (const total of free) part.free?.forEach((x, i) => (total[i] += x));
  }
  for (const total of [inner, squares, ...free]) {
    if (!total.every(Number.isFinite)) throw new NotFinite("a query takes a value that is not finite");
    if (weights === undefined) for (let i = 0; i < total.length; i++) total[i] /= points.count;
  }
  return { inner, norms: squares.map(Math.sqrt), ...(beside === undefined ? {} : { free: free[0] }) };
}
