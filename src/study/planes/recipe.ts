/**
 * How hidden planes correlate. All for the single node, f = F(U x), whose normalised Gram matrix differs from another
 * graph's in details only.
 */

import * as z from "zod/mini";
import { foldIn, keyFor } from "../../base/random.ts";
import { integer, parseWith } from "../../base/schema.ts";
import { drawPlane, overlap, type Plane } from "../../family/plane/plane.ts";
import { rayleighEstimate } from "../../numeric/eigenvalue-bounds.ts";
import { harmonicDimension } from "../../family/plane/harmonics.ts";
import { log2Integer } from "../../numeric/integers.ts";
import { polygonProduct } from "../../family/plane/polygon-product.ts";
import { runSteps } from "../../base/progress.ts";
import { gramProduct, planeGram } from "../../family/plane/plane-gram.ts";
import { logLogSlope } from "../../numeric/slope.ts";
import type { Recipe } from "../../run/catalogue.ts";
import type { Growth, PlaneStatistics, Scaling, Spread } from "./study.ts";

const dimension = integer(2, 100_000);
const degree = integer(2, 100);

const schema = z.strictObject({
  seed: integer(0, Number.MAX_SAFE_INTEGER),
  /** Every pair of `planes` planes in each dimension, for each k. */
  dimensions: z.array(dimension).check(z.minLength(2)),
  degrees: z.array(degree).check(z.minLength(1)),
  planes: integer(2, 2000),
  /** Lists of growing length. */
  lists: z.array(z.strictObject({ d: dimension, k: degree })),
  counts: z.array(integer(2, 4000)).check(z.minLength(1)),
  heat: z.strictObject({ d: dimension, k: degree, count: integer(2, 100) }),
});

export const planes: Recipe = async (given, { signal, onProgress }) => {
  const {
    seed,
    dimensions,
    degrees,
    planes: count,
    lists,
    counts,
    heat,
  } = parseWith(schema, given, "planes");
  const key = keyFor("plane statistics", seed);
  const draw = (d: number, i: number): Plane => drawPlane(foldIn(foldIn(key, d), i), d);
  const steps = dimensions.length + lists.length;
  let done = 0;
  const report = (what: string): void => {
    signal?.throwIfAborted();
    onProgress?.(what, done++ / steps);
  };

  const spreads: Spread[] = [];
  const products = degrees.map((k) => polygonProduct(k));
  for (const d of dimensions) {
    report(`correlations of planes, d = ${d}`);
    const drawn = Array.from({ length: count }, (_, i) => draw(d, i));
    const squares = degrees.map(() => 0);
    for (let i = 0; i < count; i++)
      for (let j = 0; j < i; j++) {
        const K = overlap(drawn[i], drawn[j]);
        products.forEach((g, at) => (squares[at] += (g.value(...K) / g.normSquared) ** 2));
      }
    degrees.forEach((k, at) =>
      spreads.push({
        d,
        k,
        rootMeanSquare: Math.sqrt((2 * squares[at]) / (count * (count - 1))),
        bound: 2 ** (-log2Integer(harmonicDimension(d, k)) / 2),
      }),
    );
  }
  const scalings = degrees.map((k): Scaling => ({
    k,
    slope: logLogSlope(spreads.filter((s) => s.k === k).map((s) => ({ x: s.d, y: s.rootMeanSquare }))),
    proved: -k / 2,
  }));

  const growths: Growth[] = [];
  const longest = Math.max(...counts);
  for (const { d, k } of lists) {
    report(`Gram matrices, d = ${d}, k = ${k}`);
    const gram = await gramOf(d, k, longest);
    for (const size of counts) {
      const lambda = rayleighEstimate(leading(gram, longest, size), size);
      growths.push({
        d,
        k,
        count: size,
        effective: size / lambda,
        harmonicDimension: Number(harmonicDimension(d, k)),
      });
    }
  }
  const shown = await gramOf(heat.d, heat.k, heat.count);
  const rows = Array.from({ length: heat.count }, (_, i) =>
    Array.from(shown.subarray(i * heat.count, (i + 1) * heat.count)),
  );
  const statistics: PlaneStatistics = {
    spreads,
    scalings,
    growths,
    heat: { d: heat.d, k: heat.k, gram: rows },
  };
  return statistics;

  async function gramOf(d: number, k: number, order: number) {
    const product = gramProduct(k, [{ correlation: 1, weight: 1 }], order);
    return (await runSteps(planeGram(product, d, order, (i) => draw(d, i)))).matrix;
  }
};

/** The first `size` rows and columns. */
function leading(matrix: Float64Array | Float32Array, order: number, size: number): Float64Array {
  const part = new Float64Array(size * size);
  for (let i = 0; i < size; i++) part.set(matrix.subarray(i * order, i * order + size), i * size);
  return part;
}
