/**
 * Tables of the cancellation-free series of an inner product of polygons (see polygon-product.ts), and their
 * evaluation.
 */

import { kappaCoefficients } from "../../numeric/arc-cosine.ts";

/** The correlations that an inner product sums over, 0 < |r| <= 1, each with a positive weight. Only |r| matters. */
export type Correlations = readonly { readonly correlation: number; readonly weight: number }[];

export interface Table {
  /** Largest degree. */
  readonly degree: number;
  readonly k: number;
  /** Classes (p, q) in order, and how far i + j goes in each. */
  readonly p: Int32Array;
  readonly q: Int32Array;
  readonly depth: Int32Array;
  /** Per class, coefficients of |A|^2i |B|^2j by falling i, then falling j, as two nested Horner schemes take them. */
  readonly coefficients: Float64Array;
  /** Largest p or q. */
  readonly harmonics: number;
}

function classes(k: number, degree: number): { p: number; q: number; depth: number }[] {
  const most = Math.floor(degree / k);
  const all = [];
  for (let sum = 1; sum <= most; sum += 2)
    for (let p = 0; p <= sum; p++) all.push({ p, q: sum - p, depth: (degree - k * sum) / 2 });
  return all;
}

export const termsUpTo = (k: number, degree: number): number =>
  classes(k, degree).reduce((sum, c) => sum + ((c.depth + 1) * (c.depth + 2)) / 2, 0);

export function seriesTable(k: number, degree: number, correlations: Correlations): Table {
  const kappas = kappaCoefficients(degree);
  const choose = pascal(degree);
  const weights = Float64Array.from({ length: degree + 1 }, (_, t) => {
    const powers = correlations.reduce((sum, c) => sum + c.weight * Math.abs(c.correlation) ** t, 0);
    return kappas[t] * (2 * k) ** 2 * 2 ** -t * powers;
  });
  const of = classes(k, degree);
  const coefficients: number[] = [];
  for (const { p, q, depth } of of) {
    const multiplicity = p > 0 && q > 0 ? 4 : 2;
    for (let i = depth; i >= 0; i--)
      for (let j = depth - i; j >= 0; j--) {
        const [first, second] = [2 * i + k * p, 2 * j + k * q];
        const t = first + second;
        const multinomial = choose[t][first] * choose[first][i] * choose[second][j];
        coefficients.push(multiplicity * weights[t] * multinomial);
      }
  }
  return {
    degree,
    k,
    p: Int32Array.from(of, (c) => c.p),
    q: Int32Array.from(of, (c) => c.q),
    depth: Int32Array.from(of, (c) => c.depth),
    coefficients: Float64Array.from(coefficients),
    harmonics: Math.floor(degree / k),
  };
}

/** Pascal's triangle in float64: additions of positive numbers, so at most one rounding a row. */
function pascal(rows: number): Float64Array[] {
  const triangle = [Float64Array.of(1)];
  for (let n = 1; n <= rows; n++) {
    const row = new Float64Array(n + 1).fill(1);
    for (let i = 1; i < n; i++) row[i] = triangle[n - 1][i - 1] + triangle[n - 1][i];
    triangle.push(row);
  }
  return triangle;
}

// Below, numbers are taken one by one: V8 allocates for arrays taken apart in functions of this size, which doubles the
// time.

/** Real parts of the powers 0, k, 2k, ... of A and B; as long as the longest table has harmonics. */
const [realA, realB] = [new Float64Array(512), new Float64Array(512)];

/** Fills `out` with Re z^(k h), h = 0..harmonics. */
function realPowers(re: number, im: number, k: number, harmonics: number, out: Float64Array): void {
  // z^k by squares, from k's highest binary digit
  let x = re;
  let y = im;
  for (let bit = 1 << (30 - Math.clz32(k)); bit > 0; bit >>= 1) {
    const square = x * x - y * y;
    y = 2 * x * y;
    x = square;
    if ((k & bit) === 0) continue;
    const next = x * re - y * im;
    y = x * im + y * re;
    x = next;
  }
  let u = 1;
  let v = 0;
  out[0] = 1;
  for (let h = 1; h <= harmonics; h++) {
    const next = u * x - v * y;
    v = u * y + v * x;
    u = next;
    out[h] = u;
  }
}

export function evaluate(table: Table, a: number, b: number, c: number, d: number): number {
  const { k, harmonics, p, q, depth, coefficients } = table;
  const reA = (a + d) / 2;
  const imA = (b - c) / 2;
  const reB = (a - d) / 2;
  const imB = -(b + c) / 2;
  const u = reA * reA + imA * imA;
  const v = reB * reB + imB * imB;
  realPowers(reA, imA, k, harmonics, realA);
  realPowers(reB, imB, k, harmonics, realB);
  let sum = 0;
  for (let i = 0, at = 0; i < p.length; i++) {
    let outer = 0;
    for (let length = 1; length <= depth[i] + 1; length++) {
      let inner = coefficients[at++];
      for (let j = 1; j < length; j++) inner = inner * v + coefficients[at++];
      outer = outer * u + inner;
    }
    sum += realA[p[i]] * realB[q[i]] * outer;
  }
  return sum;
}
