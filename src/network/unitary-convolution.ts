/**
 * Unitary convolutions on one graph, in 64-bit floats. With A^ = D^-1/2 A D^-1/2, symmetric and of norm 1:
 *
 *     unitary:  X -> exp(i A^) X,                 complex features as a pair of real matrices,
 *     Lie:      X -> exp(g)(X),  g(X) = A^ X K,   K skew, so that g is skew and exp(g) orthogonal.
 *
 * Both are isometries and commute with A^, so they keep the Rayleigh quotient tr X*(I - A^)X / |X|^2 of the features at
 * any depth. Exponentials by scaling and squaring: exp(g / 2^s), of norm at most 1 in the exponent, 2^s times.
 */

import { reject } from "../base/errors.ts";

/** (rows x columns), row-major. */
export interface Matrix {
  readonly columns: number;
  readonly data: Float64Array;
}

/** (n x n) times (n x columns). */
export function multiply(a: Matrix, b: Matrix): Matrix {
  const rows = a.data.length / a.columns;
  const data = new Float64Array(rows * b.columns);
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < a.columns; k++) {
      const x = a.data[i * a.columns + k];
      if (x === 0) continue;
      for (let j = 0; j < b.columns; j++) data[i * b.columns + j] += x * b.data[k * b.columns + j];
    }
  return { columns: b.columns, data };
}

/** a + scale b. */
export const plus = (a: Matrix, scale: number, b: Matrix): Matrix => ({
  columns: a.columns,
  data: a.data.map((x, i) => x + scale * b.data[i]),
});

const mapped = (a: Matrix, f: (x: number) => number): Matrix => ({ columns: a.columns, data: a.data.map(f) });

export const normOf = (...parts: readonly Matrix[]): number =>
  Math.sqrt(parts.reduce((sum, { data }) => sum + data.reduce((s, x) => s + x * x, 0), 0));

const inner = (a: Matrix, b: Matrix): number => a.data.reduce((sum, x, i) => sum + x * b.data[i], 0);

/** D^-1/2 A D^-1/2; rows of nodes without neighbours are 0. @param adjacency (n x n) of 0 and 1, symmetric */
export function normalised(adjacency: Matrix): Matrix {
  const n = adjacency.columns;
  const scale = Float64Array.from({ length: n }, (_, i) => {
    const degree = adjacency.data.subarray(i * n, (i + 1) * n).reduce((a, b) => a + b, 0);
    return degree === 0 ? 0 : 1 / Math.sqrt(degree);
  });
  return {
    columns: n,
    data: adjacency.data.map((x, at) => x * scale[Math.floor(at / n)] * scale[at % n]),
  };
}

/** Largest singular value of a symmetric or skew matrix, by power steps on its square. */
export function spectralNorm(matrix: Matrix): number {
  let v: Matrix = {
    columns: 1,
    data: Float64Array.from({ length: matrix.columns }, (_, i) => 1 + 1 / (i + 2)),
  };
  let norm = 0;
  for (let step = 0; step < 100; step++) {
    const next = multiply(matrix, multiply(matrix, v));
    const squared = normOf(next) / normOf(v);
    if (squared === 0) return 0;
    norm = Math.sqrt(squared);
    v = mapped(next, (x) => x / squared);
  }
  return norm;
}

/** tr X*(I - A^)X / |X|^2, of all parts together. */
export function rayleigh(a: Matrix, ...parts: readonly Matrix[]): number {
  const smooth = parts.reduce((sum, x) => sum + inner(x, multiply(a, x)), 0);
  return 1 - smooth / normOf(...parts) ** 2;
}

/** Terms of a series whose exponent has norm 1: what is left out is below 1e-13. */
const enough = 16;

/** Real and imaginary part of complex features. */
export type Complex = readonly [Matrix, Matrix];

/** The series of exp(i a) X, cut after `terms`: no isometry where a is large. */
export function unitarySeries(a: Matrix, x: Complex, terms: number): Complex {
  let [re, im] = x;
  let [termRe, termIm] = x;
  for (let t = 1; t <= terms; t++) {
    const [nextRe, nextIm] = [
      mapped(multiply(a, termIm), (v) => -v / t),
      mapped(multiply(a, termRe), (v) => v / t),
    ];
    [termRe, termIm] = [nextRe, nextIm];
    [re, im] = [plus(re, 1, termRe), plus(im, 1, termIm)];
  }
  return [re, im];
}

/** 1/p!, -1/(p+2)!, ..., six of them: of cos a (p = 0) and of sin a / a (p = 1) by powers of a^2. */
const waveSeries = [0, 1].map((p) => {
  const terms = [1];
  for (let t = 1; t < 6; t++) terms.push(-terms[t - 1] / ((2 * t + p - 1) * (2 * t + p)));
  return terms;
});

/**
 * Writes cos a and sin a, the parts of exp(i a), of one symmetric matrix of norm at most 1 after the other, 2e-9 near.
 * With b = a^2, c_0 + c_1 b + ... + c_5 b^5 = (c_0 + c_1 b + c_2 b^2) + b^3 (c_3 + c_4 b + c_5 b^2): six products.
 */
export function exponentials(n: number): (a: Matrix, cosine: Float64Array, sine: Float64Array) => void {
  const [b, b2, b3, part] = Array.from({ length: 4 }, () => new Float64Array(n * n));
  const quadratic = ([c0, c1, c2]: readonly number[], out: Float64Array): void => {
    for (let at = 0; at < out.length; at++) out[at] = c1 * b[at] + c2 * b2[at];
    for (let i = 0; i < n; i++) out[i * n + i] += c0;
  };
  const series = (terms: readonly number[], out: Float64Array): void => {
    quadratic(terms.slice(3), part);
    symmetricProduct(b3, part, out, n);
    quadratic(terms, part);
    for (let at = 0; at < out.length; at++) out[at] += part[at];
  };
  return ({ data: a }, cosine, sine) => {
    symmetricProduct(a, a, b, n);
    symmetricProduct(b, b, b2, n);
    symmetricProduct(b, b2, b3, n);
    series(waveSeries[0], cosine);
    series(waveSeries[1], sine);
    part.set(sine);
    symmetricProduct(a, part, sine, n);
  };
}

/** out = a b of symmetric matrices that commute, so that the product is symmetric. */
function symmetricProduct(a: Float64Array, b: Float64Array, out: Float64Array, n: number): void {
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0, p = i * n, q = j * n; k < n; k++) sum += a[p++] * b[q++];
      out[i * n + j] = out[j * n + i] = sum;
    }
}

/**
 * exp(i A^) X.
 * @throws InputError for a matrix of norm above 1: one that is not normalised
 */
export function unitaryConvolution(a: Matrix, x: Complex): Complex {
  requireNormalised(a);
  return unitarySeries(a, x, enough);
}

/**
 * exp(g)(X), g(X) = A^ X (W - W^T)/2.
 * @throws InputError for a matrix of norm above 1
 */
export function lieConvolution(a: Matrix, x: Matrix, w: Matrix): Matrix {
  requireNormalised(a);
  const n = w.columns;
  const skew: Matrix = {
    columns: n,
    data: w.data.map((v, at) => (v - w.data[(at % n) * n + Math.floor(at / n)]) / 2),
  };
  const squarings = Math.max(0, Math.ceil(Math.log2(spectralNorm(skew) || 1)));
  let out = x;
  for (let step = 0; step < 2 ** squarings; step++) {
    let term = out;
    for (let t = 1; t <= enough; t++) {
      term = mapped(multiply(multiply(a, term), skew), (v) => v / (t * 2 ** squarings));
      out = plus(out, 1, term);
    }
  }
  return out;
}

function requireNormalised(a: Matrix): void {
  const norm = spectralNorm(a);
  if (norm > 1 + 1e-9)
    reject({
      where: "adjacency",
      what: `has norm ${norm.toFixed(2)}: its exponential is no isometry in so few terms`,
      allowed: "D^-1/2 A D^-1/2, of norm 1",
      next: "normalise it",
    });
}

export const relus = (x: Matrix): Matrix => mapped(x, (v) => Math.max(0, v));

/** Halves of the columns compared: (max, min). Keeps the norm, as it only reorders. */
export function groupSort({ columns, data }: Matrix): Matrix {
  const half = columns / 2;
  return {
    columns,
    data: data.map((x, at) => {
      const j = at % columns;
      return j < half ? Math.max(x, data[at + half]) : Math.min(x, data[at - half]);
    }),
  };
}
