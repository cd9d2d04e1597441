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

import { lazy } from "../../base/lazy.ts";
import { evenKappa } from "../../numeric/arc-cosine.ts";
import { directions } from "./polygon.ts";
import { polygonNormSquared } from "./polygon-norm.ts";
import { evaluate, seriesTable, termsUpTo, type Correlations, type Table } from "./polygon-series.ts";
import { unitRoundoff } from "../../numeric/rounding.ts";

export type { Correlations } from "./polygon-series.ts";

/** Inner product of the overlap K = [[a, b], [c, d]]. */
export type OverlapFunction = (a: number, b: number, c: number, d: number) => number;

export interface SeriesLevel {
  readonly reach: number;
  readonly terms: number;
  readonly table: () => Table;
}

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
  /** Tables of the series, by the largest singular value for which they will do, in rising order. */
  readonly levels: readonly SeriesLevel[];
  /** Largest singular value of an overlap for which the series is tabulated. */
  readonly seriesUpTo: number;
  /** Bounds on the absolute error of the forms at overlaps of largest singular value at most s, as given. */
  readonly closedFormError: (s: number) => number;
  readonly seriesError: (s: number) => number;
  readonly error: (s: number) => number;
}

export interface ProductOptions {
  /**
   * Absolute error that is small enough, as a share of the squared norm; where it allows, the series stops sooner and
   * the closed form takes over where it is cheaper. Default 0: accurate relative to the leading term.
   */
  readonly absolute?: number;
}

/** The largest singular value of [[a, b], [c, d]]: |A| + |B|. */
export function overlapNorm(a: number, b: number, c: number, d: number): number {
  return (Math.sqrt((a + d) ** 2 + (b - c) ** 2) + Math.sqrt((a - d) ** 2 + (b + c) ** 2)) / 2;
}

/** Degrees beyond k to which the series is tabulated. */
const depths = [0, 2, 4, 6, 8, 10, 12, 14, 16, 20, 24, 32, 40, 48, 64, 80, 96, 128, 160, 192, 256, 320];
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
  const closedFormError = closedFormErrorOf(k, correlations);
  const levels = levelsOf(
    k,
    correlations,
    absolute,
    (s) => closedFormError(s) < accurateEnough * (s ** k * total * unit),
  );
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
    levels,
    seriesUpTo,
    closedFormError,
    seriesError,
    error: (s) => (s <= switchAt ? seriesError(s) : Math.max(seriesError(switchAt), closedFormError(s))),
  };
}

/**
 * The tables of the series, up to the first that leaves the closed form what it computes `accurately` at its reach.
 */
function levelsOf(
  k: number,
  correlations: Correlations,
  absolute: number,
  accurately: (s: number) => boolean,
): SeriesLevel[] {
  const levels: SeriesLevel[] = [];
  for (const depth of depths) {
    const terms = termsUpTo(k, k + depth);
    if (terms > longestTable) break;
    const left = Math.max(tolerance ** (1 / (depth + 2)), absolute ** (1 / (k + depth + 2)));
    const reach = Math.min(0.999, left);
    levels.push({ reach, terms, table: lazy(() => seriesTable(k, k + depth, correlations)) });
    if (depth >= leastDepth && accurately(reach)) break;
  }
  return levels;
}

/** What the closed form may err by at overlaps of largest singular value at most s: its roundings. */
const closedFormErrorOf =
  (k: number, correlations: Correlations) =>
  (s: number): number => {
    const squares = correlations.reduce((sum, c) => sum + c.weight * (c.correlation * s) ** 2, 0);
    return (4 * k * k * squares * (2 * k + 30) * unitRoundoff) / (2 * Math.PI);
  };

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
