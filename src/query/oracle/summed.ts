/**
 * What an oracle of one target needs of a block of queries: sums over a population's points. A block that offers sums
 * is asked for them, chunk by chunk of points, which are added up in 64 bits; of any other all values are worked out.
 */

import type { BlockSums, QueryBlock } from "./oracle.ts";
import { chunksOf, labelSignal, moments, NotFinite, type Population } from "./population.ts";

/** E c h_i over the population for every query i, c given by its values on the points (absent: 1). */
async function mean(
  population: Population,
  { count }: QueryBlock,
  sums: BlockSums,
  values?: ArrayLike<number>,
): Promise<Float64Array> {
  const { points, weights } = population;
  const total = new Float64Array(count);
  for await (const { samples, from } of chunksOf(population)) {
    const factors = new Float32Array(samples.count);
    for (let x = 0; x < samples.count; x++)
      factors[x] = (weights?.[from + x] ?? 1) * (values?.[from + x] ?? 1);
    const part = await sums(samples, factors);
    for (let i = 0; i < count; i++) total[i] += part[i];
  }
  if (!total.every(Number.isFinite)) throw new NotFinite("a query takes a value that is not finite");
  return weights === undefined ? total.map((x) => x / points.count) : total;
}

/** Expectations of the queries. @throws NotFinite */
export async function expectations(population: Population, block: QueryBlock): Promise<Float64Array> {
  if (block.sums !== undefined) return mean(population, block, block.sums);
  return (await moments(population, block, null)).means;
}

/** Norms of the queries. @throws NotFinite */
export async function queryNorms(population: Population, block: QueryBlock): Promise<Float64Array> {
  if (block.squares === undefined) return (await moments(population, block, null)).norms;
  return (await mean(population, block, block.squares)).map(Math.sqrt);
}

/** Inner products of the queries with labels, and the queries' norms. @throws NotFinite */
export async function labelCorrelations(
  population: Population,
  block: QueryBlock,
  labels: ArrayLike<number>,
): Promise<{ inner: Float64Array; norms: Float64Array }> {
  if (block.sums === undefined || block.squares === undefined)
    return moments(population, block, labelSignal(labels));
  const inner = await mean(population, block, block.sums, labels);
  return { inner, norms: await queryNorms(population, block) };
}
