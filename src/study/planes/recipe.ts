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

type Spec = z.output<typeof schema>;

/** Says what is being computed; throws where the work was interrupted. */
type Tell = (what: string) => void;

/** The random planes of a dimension, by number. */
type Draw = (d: number, i: number) => Plane;

export const planes: Recipe = async (given, { signal, onProgress }) => {
  const spec = parseWith(schema, given, "planes");
  const key = keyFor("plane statistics", spec.seed);
  const draw: Draw = (d, i) => drawPlane(foldIn(foldIn(key, d), i), d);
  const steps = spec.dimensions.length + spec.lists.length;
  let done = 0;
  const tell: Tell = (what) => {
    signal?.throwIfAborted();
    onProgress?.(what, done++ / steps);
  };
  const spreads = spreadsOf(spec, draw, tell);
  const scalings = spec.degrees.map((k): Scaling => ({
    k,
    slope: logLogSlope(spreads.filter((s) => s.k === k).map((s) => ({ x: s.d, y: s.rootMeanSquare }))),
    proved: -k / 2,
  }));
  const growths = await growthsOf(spec, draw, tell);
  const { d, k, count } = spec.heat;
  const shown = await gramOf(draw, d, k, count);
  const gram = Array.from({ length: count }, (_, i) =>
    Array.from(shown.subarray(i * count, (i + 1) * count)),
  );
  const statistics: PlaneStatistics = { spreads, scalings, growths, heat: { d, k, gram } };
  return statistics;
};

/** The correlations of every pair of random planes, in each dimension and for each k. */
function spreadsOf({ dimensions, degrees, planes: count }: Spec, draw: Draw, tell: Tell): Spread[] {
  const products = degrees.map((k) => polygonProduct(k));
  return dimensions.flatMap((d) => {
    tell(`correlations of planes, d = ${d}`);
    const drawn = Array.from({ length: count }, (_, i) => draw(d, i));
    const squares = degrees.map(() => 0);
    for (let i = 0; i < count; i++)
      for (let j = 0; j < i; j++) {
        const K = overlap(drawn[i], drawn[j]);
        products.forEach((g, at) => (squares[at] += (g.value(...K) / g.normSquared) ** 2));
      }
    return degrees.map((k, at): Spread => ({
      d,
      k,
      rootMeanSquare: Math.sqrt((2 * squares[at]) / (count * (count - 1))),
      bound: 2 ** (-log2Integer(harmonicDimension(d, k)) / 2),
    }));
  });
}

/** D / lambda of the first planes of each list, for every length D. */
async function growthsOf({ lists, counts }: Spec, draw: Draw, tell: Tell): Promise<Growth[]> {
  const growths: Growth[] = [];
  const longest = Math.max(...counts);
  for (const { d, k } of lists) {
    tell(`Gram matrices, d = ${d}, k = ${k}`);
    const gram = await gramOf(draw, d, k, longest);
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
  return growths;
}

async function gramOf(draw: Draw, d: number, k: number, order: number) {
  const product = gramProduct(k, [{ correlation: 1, weight: 1 }], order);
  return (await runSteps(planeGram(product, d, order, (i) => draw(d, i)))).matrix;
}

/** The first `size` rows and columns. */
function leading(matrix: Float64Array | Float32Array, order: number, size: number): Float64Array {
  const part = new Float64Array(size * size);
  for (let i = 0; i < size; i++) part.set(matrix.subarray(i * order, i * order + size), i * size);
  return part;
}
