/** The verifiers' Gram matrix of listed planes: every entry by the plain sum, with the errors that they account for. */

import type { Progress } from "../../base/progress.ts";
import { unitRoundoff } from "../../numeric/rounding.ts";
import type { CheckedMatrix } from "../../numeric/eigenvalue-proofs.ts";
import type { Plane } from "./plane.ts";
import { largestSingularValue, type Overlap, type PlainProduct } from "./plain-product.ts";

export interface PlainGram extends CheckedMatrix {
  /** Bound on the error of an entry, but for its rounding to 32 bits, which is relative. */
  readonly entryError: number;
  readonly relativeError: number;
  /** No two members correlate more in absolute value. */
  readonly maxAbsCorrelation: number;
}

/** Beyond this order entries are kept in 32 bits. */
export const keptInFull = 2000;

/** Gathers entries, each with the bound on its error. */
export function collector(order: number) {
  const entries = order <= keptInFull ? new Float64Array(order * order) : new Float32Array(order * order);
  let [squares, worst, most] = [0, 0, 0];
  for (let i = 0; i < order; i++) entries[i * order + i] = 1;
  return {
    put(i: number, j: number, entry: number, error: number): void {
      entries[i * order + j] = entries[j * order + i] = entry;
      const all = error + Math.abs(entries[i * order + j] - entry);
      squares += 2 * all * all;
      worst = Math.max(worst, error);
      most = Math.max(most, Math.abs(entry) + error);
    },
    done: (): PlainGram => ({
      entries,
      order,
      errorNorm: Math.sqrt(squares) * (1 + 1e-6),
      entryError: worst,
      relativeError: order <= keptInFull ? 0 : 2 ** -24,
      maxAbsCorrelation: Math.min(1, most * (1 + 2 * unitRoundoff)),
    }),
  };
}

/**
 * Of planes whose functions have one norm. An overlap's entries err by d roundings, and rows that are orthonormal
 * within 2 d of them stand for orthonormal ones: together a change h of the overlap. The degree-t part of the inner
 * product is a polynomial of degree t in the overlap, so that a correlation changes by (s + h)^(k-1) m h at most, m the
 * mean degree of F, which is the squared length sec(pi/2k)^2 of its gradient over its squared norm.
 */
export function* plainGram(
  k: number,
  product: PlainProduct,
  unit: PlainProduct,
  planes: readonly Plane[],
): Generator<Progress, PlainGram> {
  const order = planes.length;
  const d = planes[0].length / 2;
  const meanDegree = 1 / (Math.cos(Math.PI / (2 * k)) ** 2 * unit.normSquared * (1 - unit.normError));
  const gram = collector(order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j < i; j++) {
      const overlap = overlapOf(planes[i], planes[j]);
      const s = Math.min(1, largestSingularValue(overlap));
      const change = (2 + 4 * s) * (d + 4) * unitRoundoff;
      const entry = product.value(overlap) / product.normSquared;
      const carried = (s + change) ** (k - 1) * meanDegree * change;
      const own = product.error(s) / product.normSquared + Math.abs(entry) * product.normError;
      gram.put(i, j, entry, (own + carried) * (1 + 1e-6) + Number.MIN_VALUE);
    }
    if (i % 16 === 0) yield { what: "inner products", done: i * i, total: order * order };
  }
  return gram.done();
}

/** U V^T. A function of its own, so that it is compiled well. */
function overlapOf(first: Plane, second: Plane): Overlap {
  const d = first.length / 2;
  let [a, b, c, e] = [0, 0, 0, 0];
  for (let i = 0; i < d; i++) {
    const x = first[i];
    const y = first[d + i];
    const u = second[i];
    const v = second[d + i];
    a += x * u;
    b += x * v;
    c += y * u;
    e += y * v;
  }
  return [a, b, c, e];
}

/** How far from orthonormal the rows of the planes are: the largest entry of U U^T - I. */
export const largestDefect = (planes: readonly Plane[]): number =>
  planes.reduce((most, plane) => {
    const [a, b, , d] = overlapOf(plane, plane);
    return Math.max(most, Math.abs(a - 1), Math.abs(b), Math.abs(d - 1));
  }, 0);
