/**
 * Inner products of alternating polygons on planes: for planes U, V (2 x d, orthonormal rows), K = U V^T and standard
 * normal vectors x, x' of correlation r, E F(U x) F(V x') is g(r K) with
 *
 *     g(K) = sum_{m,l} (-1)^{m+l} kappa(w_m^T K w_l),
 *
 * and the inner product of two functions of a family is a sum over its correlations, sum_r weight_r g(r K).
 *
 * **Closed form**: the sum itself; constant and odd part of kappa cancel and are left out, the rest cancels about as
 * s^2 / (s^k ||F||^2), s the largest singular value of K. **Series**, without cancellation: with
 * A = ((a+d) + i(b-c))/2 and B = ((a-d) - i(b+c))/2 for K = [[a,b],[c,d]] the degree-t part of g is
 *
 *     kappa_t (2k)^2 2^-t sum of t! / (n1! n2! n3! n4!) A^n1 conj(A)^n2 B^n3 conj(B)^n4
 *
 * over n1-n2 = k p, n3-n4 = k q, p + q odd. Terms of equal |p|, |q| share their polynomial in |A|^2, |B|^2, and their
 * phases add up to a multiple of Re(A^{k|p|}) Re(B^{k|q|}). Its degree-t parts are <F, Gamma_t F> of a contraction of
 * norm s^t, so what degrees beyond T add is at most s^{T+2} ||F||^2. It needs s below 1, the fewer degrees the smaller.
 */

import { evenKappa, kappaCoefficients } from "./arc-cosine.ts";
import { directions, polygonNormSquared } from "./polygon.ts";
import { unitRoundoff } from "./rounding.ts";

/** The correlations that an inner product sums over, 0 < |r| <= 1, each with a positive weight. Only |r| matters. */
export type Correlations = readonly { readonly correlation: number; readonly weight: number }[];

/** Inner product of the overlap K = [[a, b], [c, d]]. */
export type OverlapFunction = (a: number, b: number, c: number, d: number) => number;

export interface PolygonProduct {
  readonly k: number;
  /** sum_r weight_r g(r I): the squared norm of every function of the family. */
  readonly normSquared: number;
  /** By the series up to `switchAt`, beyond by the closed form. */
  readonly value: OverlapFunction;
  readonly switchAt: number;
  readonly closedForm: OverlapFunction;
  /** NaN where the overlap is above `seriesUpTo`. */
  readonly series: OverlapFunction;
  /** Largest singular value of an overlap for which the series is tabulated. */
  readonly seriesUpTo: number;
  /** Bounds on the absolute error of the forms at overlaps of largest singular value at most s, as given. */
  readonly closedFormError: (s: number) => number;
  readonly seriesError: (s: number) => number;
  readonly error: (s: number) => number;
}

export interface ProductOptions {
  /**
   * Absolute error that is small enough, as a share of the squared norm; where it allows, the series stops sooner and the
   * closed form takes over where it is cheaper. Default 0: accurate relative to the leading term.
   */
  readonly absolute?: number;
}

/** The largest singular value of [[a, b], [c, d]]: |A| + |B|. */
export function overlapNorm(a: number, b: number, c: number, d: number): number {
  return (Math.sqrt((a + d) ** 2 + (b - c) ** 2) + Math.sqrt((a - d) ** 2 + (b + c) ** 2)) / 2;
}

/** Degrees beyond k to which the series is tabulated. */
const depths = [0, 4, 8, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96, 128, 160, 192, 256, 320];
/** Coefficients a table may have: evaluating it costs as many multiplications. */
const longestTable = 30_000;
/** The series is extended at least so far, and on as long as the closed form's relative error is above this. */
const leastDepth = 32;
const accurateEnough = 2e-14;
/** Share of the leading term that the series leaves out: below its rounding. */
const tolerance = 2 ** -56;
/** Time of the closed form's every term, in multiplications of the series. */
const arcsine = 12;

export function polygonProduct(
  k: number,
  correlations: Correlations = [{ correlation: 1, weight: 1 }],
  { absolute = 0 }: ProductOptions = {},
): PolygonProduct {
  const closedForm = closedFormOf(k, correlations);
  const unit = polygonNormSquared(k);
  const total = correlations.reduce((sum, c) => sum + c.weight, 0);
  const closedFormError = (s: number): number => {
    const squares = correlations.reduce((sum, c) => sum + c.weight * (c.correlation * s) ** 2, 0);
    return (4 * k * k * squares * (2 * k + 30) * unitRoundoff) / (2 * Math.PI);
  };
  const reach = (depth: number): number =>
    Math.min(0.999, Math.max(tolerance ** (1 / (depth + 2)), absolute ** (1 / (k + depth + 2))));
  const leading = (s: number): number => s ** k * total * unit;
  const levels: { readonly reach: number; readonly terms: number; readonly table: () => Table }[] = [];
  for (const depth of depths) {
    const terms = termsUpTo(k, k + depth);
    if (terms > longestTable) break;
    levels.push({ reach: reach(depth), terms, table: lazy(() => seriesTable(k, k + depth, correlations)) });
    if (depth >= leastDepth && closedFormError(reach(depth)) < accurateEnough * leading(reach(depth))) break;
  }
  const seriesUpTo = levels[levels.length - 1].reach;
  const tableFor = (s: number): Table | undefined => levels.find((level) => s <= level.reach)?.table();
  const series: OverlapFunction = (a, b, c, d) => {
    const table = tableFor(overlapNorm(a, b, c, d));
    return table === undefined ? NaN : evaluate(table, a, b, c, d);
  };
  const ofOne = lazy(() => polygonProduct(k).value);
  const normSquared = correlations.reduce((sum, { correlation, weight }) => {
    const r = Math.abs(correlation);
    return sum + weight * (r === 1 ? unit : ofOne()(r, 0, 0, r));
  }, 0);
  const seriesError = (s: number): number => {
    const table = tableFor(s);
    if (table === undefined) return Infinity;
    const relative = tolerance + (6 * table.degree + 60) * unitRoundoff;
    return (relative * s ** k + absolute) * normSquared;
  };
  const affordable = arcsine * k * k * correlations.length;
  const switchAt =
    closedFormError(1) <= absolute * normSquared
      ? Math.max(0, ...levels.filter((level) => level.terms <= affordable).map((level) => level.reach))
      : seriesUpTo;
  const value: OverlapFunction = (a, b, c, d) => {
    const s = overlapNorm(a, b, c, d);
    return s > switchAt ? closedForm(a, b, c, d) : evaluate(tableFor(s)!, a, b, c, d);
  };
  return {
    k,
    normSquared,
    value,
    switchAt,
    closedForm,
    series,
    seriesUpTo,
    closedFormError,
    seriesError,
    error: (s) => (s <= switchAt ? seriesError(s) : Math.max(seriesError(switchAt), closedFormError(s))),
  };
}

/** As m and l run over half a turn only, with the even part of kappa: the other half repeats it. */
function closedFormOf(k: number, correlations: Correlations): OverlapFunction {
  const w = directions(k);
  return (a, b, c, d) => {
    let total = 0;
    for (const { correlation: r, weight } of correlations) {
      let sum = 0;
      for (let m = 0; m < k; m++) {
        const [x, y] = [w[2 * m], w[2 * m + 1]];
        const [u, v] = [r * (x * a + y * c), r * (x * b + y * d)];
        let row = 0;
        for (let l = 0; l < k; l++) {
          // rounding can carry a cosine of parallel directions just above 1
          const cosine = Math.max(-1, Math.min(1, u * w[2 * l] + v * w[2 * l + 1]));
          row += l % 2 === 0 ? evenKappa(cosine) : -evenKappa(cosine);
        }
        sum += m % 2 === 0 ? row : -row;
      }
      total += 4 * weight * sum;
    }
    return total;
  };
}

function lazy<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

interface Table {
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

const termsUpTo = (k: number, degree: number): number =>
  classes(k, degree).reduce((sum, c) => sum + ((c.depth + 1) * (c.depth + 2)) / 2, 0);

function seriesTable(k: number, degree: number, correlations: Correlations): Table {
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

/** Real parts of the powers 0, k, 2k, ... of A and B; as long as the longest table has harmonics. */
const [realA, realB] = [new Float64Array(512), new Float64Array(512)];

/** Fills `out` with Re z^(k h), h = 0..harmonics. */
function realPowers(re: number, im: number, k: number, harmonics: number, out: Float64Array): void {
  let [x, y, squareX, squareY] = [1, 0, re, im];
  for (let rest = k; rest > 0; rest >>= 1) {
    if (rest & 1) {
      const next = x * squareX - y * squareY;
      y = x * squareY + y * squareX;
      x = next;
    }
    const next = squareX * squareX - squareY * squareY;
    squareY = 2 * squareX * squareY;
    squareX = next;
  }
  let [u, v] = [1, 0];
  out[0] = 1;
  for (let h = 1; h <= harmonics; h++) {
    const next = u * x - v * y;
    v = u * y + v * x;
    u = next;
    out[h] = u;
  }
}

function evaluate(table: Table, a: number, b: number, c: number, d: number): number {
  const { k, harmonics, p, q, depth, coefficients } = table;
  const [reA, imA, reB, imB] = [(a + d) / 2, (b - c) / 2, (a - d) / 2, -(b + c) / 2];
  const [u, v] = [reA * reA + imA * imA, reB * reB + imB * imB];
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
