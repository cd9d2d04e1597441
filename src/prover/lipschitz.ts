/**
 * Lipschitz constants of deep networks: a layer stretches by the norm of its maps, one above the other, times that of
 * its matrix; relu by no more than 1. Norms are bounded from above, by row sums and by traces of high powers.
 */

import { matrixSize, type Layer, type Layered } from "./layered.ts";

/** For the roundings: squares of matrices of norm 1 err by their order times as much, far below this. */
const safe = 1 + 1e-9;
/** So that another proof, within a part in 10^5 of each norm, reaches the constants as well. */
const room = 1 + 1e-4;
/** The power 2^8 leaves a factor below order^(1/512). */
const squarings = 8;

/** An upper bound on the Lipschitz constant of a network in all numbers of its input. */
export function lipschitzConstant({ layers, points }: Layered, weights: Float32Array): number {
  const gains = mapsNorms({ layers, points });
  let [constant, from] = [1, 0];
  for (const [l, layer] of layers.entries()) {
    const matrix = weights.subarray(from, from + matrixSize(layer));
    constant *= gains[l] * matrixNorm(matrix, layer.maps.length * layer.inputs, layer.outputs);
    from += matrix.length + layer.outputs;
  }
  return constant * room;
}

/** Of every layer's maps. */
export const mapsNorms = ({ layers, points }: Pick<Layered, "layers" | "points">): number[] =>
  layers.map((layer, l) => mapsNorm(layer, l === 0 ? points : layers[l - 1].maps[0].length));

/** The root of the largest row sum of absolute values of sum_o M_o^T M_o. */
function mapsNorm({ maps }: Layer, points: number): number {
  const gram = new Float64Array(points * points);
  for (const map of maps)
    for (const parts of map)
      for (const a of parts) for (const b of parts) gram[a.at * points + b.at] += a.times * b.times;
  let most = 0;
  for (let i = 0; i < points; i++) {
    const row = gram.subarray(i * points, (i + 1) * points);
    most = Math.max(
      most,
      row.reduce((sum, x) => sum + Math.abs(x), 0),
    );
  }
  return Math.sqrt(most * safe);
}

/** ||W||^2 = ||G||, G = W^T W, which is at most the 2^k-th root of the Frobenius norm of G^(2^k). */
function matrixNorm(w: Float32Array, rows: number, columns: number): number {
  let gram = new Float64Array(columns * columns);
  for (let r = 0; r < rows; r++)
    for (let i = 0; i < columns; i++)
      for (let j = 0; j < columns; j++) gram[i * columns + j] += w[r * columns + i] * w[r * columns + j];
  let log = 0;
  for (let k = 0; ; k++) {
    const size = Math.sqrt(gram.reduce((sum, x) => sum + x * x, 0));
    if (!(size > 0)) return 0;
    log += Math.log(size) / 2 ** k;
    if (k === squarings) return Math.sqrt(Math.exp(log) * safe);
    gram = squareOf(
      gram.map((x) => x / size),
      columns,
    );
  }
}

function squareOf(a: Float64Array, order: number): Float64Array<ArrayBuffer> {
  const square = new Float64Array(order * order);
  for (let i = 0; i < order; i++)
    for (let k = 0; k < order; k++)
      for (let j = 0; j < order; j++) square[i * order + j] += a[i * order + k] * a[k * order + j];
  return square;
}
