/**
 * The largest eigenvalue of a symmetric matrix, estimated from below by the Lanczos process with full
 * reorthogonalisation: the largest Rayleigh quotient over the Krylov space of a start vector. It finds the edge of a
 * dense spectrum, as Gram matrices of random functions have, in far fewer products than power iteration.
 */

/** y = M x. */
export type Apply = (x: Float64Array, y: Float64Array) => void;

/**
 * @param start its direction begins the Krylov space; a fixed direction-rich one when absent
 * @returns a value that is at most the largest eigenvalue, up to rounding
 */
export function lanczos(apply: Apply, order: number, steps: number, start?: Float64Array): number {
  let v = start === undefined ? richStart(order) : start.slice();
  normalise(v);
  const basis: Float64Array[] = [];
  const [diagonal, beside]: number[][] = [[], []];
  let best = -Infinity;
  for (let step = 0; step < Math.min(steps, order); step++) {
    basis.push(v);
    const w = new Float64Array(order);
    apply(v, w);
    diagonal.push(inner(v, w));
    for (const q of basis) subtractAlong(w, q);
    for (const q of basis) subtractAlong(w, q); // once more: the first pass leaves rounding behind
    const value = largestOfTridiagonal(diagonal, beside);
    const norm = Math.sqrt(inner(w, w));
    const settled = step >= 8 && step % 4 === 0 && value <= best * (1 + 1e-13);
    if (step % 4 === 0) best = value;
    if (settled || !(norm > 1e-13 * Math.abs(value))) break;
    beside.push(norm);
    v = w;
    for (let i = 0; i < order; i++) v[i] /= norm;
  }
  return largestOfTridiagonal(diagonal, beside.slice(0, diagonal.length - 1));
}

const richStart = (order: number): Float64Array =>
  Float64Array.from({ length: order }, (_, i) => 1 + 0.5 * Math.sin(1 + i * 2.399963));

function normalise(v: Float64Array): void {
  const norm = Math.sqrt(inner(v, v));
  for (let i = 0; i < v.length; i++) v[i] /= norm;
}

function inner(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
}

function subtractAlong(w: Float64Array, q: Float64Array): void {
  const along = inner(q, w);
  for (let i = 0; i < w.length; i++) w[i] -= along * q[i];
}

/**
 * The largest eigenvalue of a tridiagonal matrix, by bisection: the sign changes of the leading minors of T - x count
 * the eigenvalues below x.
 */
export function largestOfTridiagonal(diagonal: readonly number[], beside: readonly number[]): number {
  const radius = (i: number): number => Math.abs(beside[i - 1] ?? 0) + Math.abs(beside[i] ?? 0);
  let low = Math.min(...diagonal.map((x, i) => x - radius(i)));
  let high = Math.max(...diagonal.map((x, i) => x + radius(i)));
  const allBelow = (x: number): boolean => {
    let pivot = diagonal[0] - x;
    for (let i = 1; pivot < 0 && i < diagonal.length; i++)
      pivot = diagonal[i] - x - (beside[i - 1] * beside[i - 1]) / pivot;
    return pivot < 0;
  };
  for (;;) {
    const middle = low + (high - low) / 2;
    if (!(middle > low && middle < high)) return low;
    if (allBelow(middle)) high = middle;
    else low = middle;
  }
}
