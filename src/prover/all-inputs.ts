/** All inputs of laws on finitely many: what is certified on these is certified for the law itself. */

import { reject } from "../base/errors.ts";
import { product } from "../base/product.ts";
import type { Samples } from "../distribution/law.ts";

/** Bits of an input, of which all combinations are listed. */
const mostBits = 15;

function requireFew(bits: number, what: string): void {
  if (bits > mostBits)
    reject({
      where: "law",
      what: `${what} has 2^${bits} inputs`,
      allowed: `at most 2^${mostBits}`,
      next: "take smaller inputs, or draw some into a file: --law file:inputs.npz",
    });
}

/** All vectors of signs of that shape. @throws InputError for more than 15 coordinates */
export function cubeInputs(shape: readonly number[]): Samples {
  const bits = product(shape);
  requireFew(bits, `the cube of ${bits} coordinates`);
  const data = Float32Array.from({ length: bits * 2 ** bits }, (_, at) =>
    (Math.floor(at / bits) >> (at % bits)) & 1 ? 1 : -1,
  );
  return { count: 2 ** bits, shape, data };
}

/** All graphs on n nodes, as adjacency matrices. @throws InputError for more than 6 nodes */
export function allGraphs(n: number): Samples {
  const pairs = Array.from({ length: n }, (_, i) =>
    Array.from({ length: i }, (__, j) => [i, j] as const),
  ).flat();
  requireFew(pairs.length, `the law of graphs on ${n} nodes`);
  const count = 2 ** pairs.length;
  const data = new Uint8Array(count * n * n);
  for (let g = 0; g < count; g++)
    for (const [bit, [i, j]] of pairs.entries())
      if ((g >> bit) & 1) data[(g * n + i) * n + j] = data[(g * n + j) * n + i] = 1;
  return { count, shape: [n, n], data };
}

/** The law that joins each two of n nodes with probability p, on `allGraphs(n)`. */
export function graphProbabilities(n: number, p: number): Float64Array {
  const pairs = (n * (n - 1)) / 2;
  const edges = (g: number): number => g.toString(2).replaceAll("0", "").length;
  return Float64Array.from({ length: 2 ** pairs }, (_, g) => p ** edges(g) * (1 - p) ** (pairs - edges(g)));
}
