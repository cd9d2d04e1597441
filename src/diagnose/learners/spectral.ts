/**
 * Principal components of E[T(y) (x x^T - 1)], T a function of the label: the two directions of largest eigenvalues in
 * size, and regression on polynomials of them, summed over the points of an example or averaged over the group. It
 * finds a hidden plane or direction from about as many examples as there are dimensions, whatever low degrees the label
 * lacks.
 */

import { foldIn, type Key } from "../../base/random.ts";
import { matmul64 } from "../../engine/run/matmul.ts";
import { evaluate } from "../../numeric/orthonormal.ts";
import { sampledPolynomials } from "../../numeric/sampled-law.ts";
import { topEigenvectors } from "../../numeric/top-eigenvectors.ts";
import { elementsOf } from "../action.ts";
import type { DataLearner, HeldOut } from "./learner.ts";
import { ridgeOn } from "./ridge.ts";

/** Degree of the polynomials of the two directions. */
const DEGREE = 8;
/** Dimension of the vectors, and numbers of all rows, at most. */
const [mostDimension, mostNumbers] = [500, 2 ** 25];
const CHUNK = 2048;

/** An example as rows of one dimension: its points where they have several numbers, otherwise its images. */
interface Rows {
  readonly width: number;
  readonly perExample: number;
  /** Row-major, (examples * perExample, width). */
  readonly data: Float64Array;
}

function rowsOf({ all }: HeldOut): Rows | null {
  const { x, dimension, points, count, columns } = all;
  if (columns !== null && columns > 1) return { width: columns, perExample: points.degree, data: x };
  const moved = elementsOf(all);
  if (moved === null || moved.length * x.length > mostNumbers) return null;
  const data = new Float64Array(moved.length * x.length);
  let to = 0;
  for (let i = 0; i < count; i++)
    for (const g of moved) {
      for (let j = 0; j < dimension; j++) data[to + g[j]] = x[i * dimension + j];
      to += dimension;
    }
  return { width: dimension, perExample: moved.length, data };
}

/** The two eigenvectors of largest eigenvalues in size, one after the other. */
async function directions(
  { width, perExample, data }: Rows,
  weights: Float64Array,
  key: Key,
): Promise<Float64Array> {
  const matrix = new Float64Array(width * width);
  const rows = weights.length * perExample;
  for (let from = 0; from < rows; from += CHUNK) {
    const size = Math.min(CHUNK, rows - from);
    const columns = new Float64Array(width * size);
    const weighted = new Float64Array(size * width);
    for (let r = 0; r < size; r++)
      for (let j = 0; j < width; j++) {
        const value = data[(from + r) * width + j];
        columns[j * size + r] = value;
        weighted[r * width + j] = weights[Math.floor((from + r) / perExample)] * value;
      }
    const part = await matmul64(columns, weighted, width, size, width);
    part.forEach((m, at) => (matrix[at] += m / rows));
  }
  const found = [1, -1].flatMap((sign) => {
    const signed = matrix.map((m) => sign * m);
    const vectors = topEigenvectors(signed, width, Math.min(2, width), key);
    return Array.from({ length: vectors.length / width }, (_, v) => {
      const vector = vectors.subarray(v * width, (v + 1) * width);
      return { vector, size: rayleigh(signed, vector) };
    });
  });
  const best = found.sort((a, b) => b.size - a.size).slice(0, 2);
  return Float64Array.from(best.flatMap(({ vector }) => [...vector]));
}

function rayleigh(matrix: Float64Array, vector: Float64Array): number {
  const d = vector.length;
  let sum = 0;
  for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) sum += vector[i] * matrix[i * d + j] * vector[j];
  return sum;
}

/** Products of polynomials of the two projections, means over the rows of each example. */
function planePolynomials({ width, perExample, data }: Rows, plane: Float64Array): Float64Array {
  const rows = data.length / width;
  const tables = Array.from({ length: plane.length / width }, (_, v) => {
    const z = new Float64Array(rows);
    for (let r = 0; r < rows; r++)
      for (let j = 0; j < width; j++) z[r] += plane[v * width + j] * data[r * width + j];
    const { degree, recurrence } = sampledPolynomials(z, DEGREE);
    return { degree, values: evaluate(recurrence, degree, z) };
  });
  const [first, second = { degree: 0, values: new Float64Array(rows).fill(1) }] = tables;
  const exponents: [number, number][] = [];
  for (let a = 0; a <= first.degree; a++)
    for (let b = 0; b <= Math.min(second.degree, DEGREE - a); b++) if (a + b > 0) exponents.push([a, b]);
  const examples = rows / perExample;
  const out = new Float64Array(exponents.length * examples);
  exponents.forEach(([a, b], f) => {
    for (let r = 0; r < rows; r++)
      out[f * examples + Math.floor(r / perExample)] +=
        (first.values[a * rows + r] * second.values[b * rows + r]) / perExample;
  });
  return out;
}

export const spectral: DataLearner = {
  id: "label-squared-spectral",
  summary: "principal components weighted by a function of the label, then regression on them",
  statistic: "transformed labels",
  async learn({ data, key, told }) {
    const { transforms } = data;
    if (transforms.length === 0) return "every function of the label is affine in it";
    const rows = rowsOf(data);
    if (rows === null || rows.width > mostDimension) return "there are too many numbers for its matrix";
    const [{ name, values }] = transforms;
    const training = values.subarray(0, data.train);
    const plane = await directions(rows, training, foldIn(key, "start vectors"));
    told(0.7);
    return { predictions: await ridgeOn(planePolynomials(rows, plane), data), note: `by ${name}` };
  },
};
