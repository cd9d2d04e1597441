/**
 * Gauss quadrature from a recurrence (Golub and Welsch 1969): the nodes are the eigenvalues of the symmetric
 * tridiagonal matrix with diagonal a_t and off-diagonal sqrt(b_t). The weights are 1 / sum_t h_t(node)^2 (Christoffel),
 * which, unlike squared eigenvector entries, keeps the smallest ones accurate.
 */

import { evaluate, type PolynomialLaw, type Recurrence } from "./orthonormal.ts";

export interface Rule {
  /** Ascending. */
  readonly nodes: Float64Array;
  /** Positive. */
  readonly weights: Float64Array;
}

/** The Gauss rule with as many nodes as there are coefficients: exact up to degree 2 * nodes - 1. */
export function gaussRule({ a, b }: Recurrence): Rule {
  const n = a.length;
  const nodes = tridiagonalEigenvalues(
    a,
    Float64Array.from({ length: n - 1 }, (_, t) => Math.sqrt(b[t + 1])),
  );
  const values = evaluate({ a, b }, n - 1, nodes);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let t = 0; t < n; t++) sum += values[t * n + i] ** 2;
    weights[i] = 1 / sum;
  }
  return { nodes, weights };
}

/** The law's Gauss rule: weights add up to 1. */
export function gaussOf(law: PolynomialLaw, nodes: number): Rule {
  return gaussRule(law.recurrence(nodes));
}

const SWEEPS = 60;

/** Eigenvalues, ascending, of the symmetric tridiagonal matrix, by QL steps with implicit shifts (EISPACK imtql1). */
export function tridiagonalEigenvalues(diagonal: Float64Array, offDiagonal: Float64Array): Float64Array {
  const n = diagonal.length;
  const d = Float64Array.from(diagonal);
  const e = new Float64Array(n);
  e.set(offDiagonal);
  for (let l = 0; l < n; l++)
    for (let sweep = 0; ; sweep++) {
      let m = l;
      while (m < n - 1 && Math.abs(e[m]) > Number.EPSILON * (Math.abs(d[m]) + Math.abs(d[m + 1]))) m++;
      if (m === l) break;
      if (sweep === SWEEPS) throw new RangeError("the QL iteration does not converge");
      implicitStep(d, e, l, m);
    }
  return d.sort();
}

/** One QL step with Wilkinson's shift on rows l..m. */
function implicitStep(d: Float64Array, e: Float64Array, l: number, m: number): void {
  let g = (d[l + 1] - d[l]) / (2 * e[l]);
  g = d[m] - d[l] + e[l] / (g + (g >= 0 ? Math.hypot(g, 1) : -Math.hypot(g, 1)));
  let [s, c, p] = [1, 1, 0];
  for (let i = m - 1; i >= l; i--) {
    const f = s * e[i];
    const b = c * e[i];
    const r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] -= p;
      e[m] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = d[i + 1] - p;
    const q = (d[i] - g) * s + 2 * c * b;
    p = s * q;
    d[i + 1] = g + p;
    g = c * q - b;
  }
  d[l] -= p;
  e[l] = g;
  e[m] = 0;
}
