/**
 * Inner products of networks of one hidden layer, before weights come in: two units that look through views T and T' at
 * a standard normal input see normal vectors of covariance T T'^T. With the units' inputs divided by their standard
 * deviations this is s s' M, s and s' the views' own sizes, and
 *
 *     E relu(w . T x) relu(u . T' x) = s s' |w| |u| kappa(w^T M u / (|w| |u|)).
 *
 * Pairs of views that share M up to a factor r are one term: it has a matrix of norm at most 1, and weights by r.
 */

import type { Views } from "./class.ts";

/** One entry of a row. */
interface Entry {
  readonly at: number;
  readonly value: number;
}

export interface Term {
  /** Rows of M / r. */
  readonly rows: readonly (readonly Entry[])[];
  readonly correlations: readonly { readonly r: number; readonly weight: number }[];
}

export interface Terms {
  readonly terms: readonly Term[];
  /** What the entries of w are multiplied by: the standard deviations of what a unit sees, up to the view's size. */
  readonly deviations: Float64Array;
}

/** Views show numbers that are independent, and all of them with the same variances up to a factor. */
export function termsOf({ views }: Views): Terms {
  const variances = views[0].map(varianceOf);
  const deviations = Float64Array.from(variances, Math.sqrt);
  const sizes = views.map(([row]) => Math.sqrt(varianceOf(row) / variances[0]));
  const found = new Map<string, { rows: Entry[][]; weights: Map<number, number> }>();
  const seenBy = views.map(byInput);
  for (const [v, view] of views.entries())
    for (const [other, shown] of seenBy.entries()) {
      const size = sizes[v] * sizes[other];
      const rows = view.map((row, k) =>
        covariances(row, shown).map(({ at, value }) => ({
          at,
          value: value / (deviations[k] * deviations[at] * size),
        })),
      );
      const r = normAbove(rows);
      if (r === 0) continue;
      const unit = rows.map((row) => row.map(({ at, value }) => ({ at, value: value / r })));
      const name = JSON.stringify(unit.map((row) => row.flatMap(({ at, value }) => [at, value])));
      const known = found.get(name) ?? { rows: unit, weights: new Map<number, number>() };
      known.weights.set(r, (known.weights.get(r) ?? 0) + size);
      found.set(name, known);
    }
  const terms = [...found.values()].map(({ rows, weights }) => ({
    rows,
    correlations: Array.from(weights, ([r, weight]) => ({ r, weight })),
  }));
  return { terms, deviations };
}

/** Of one number that a unit sees. */
const varianceOf = (row: Views["views"][number][number]): number =>
  row.reduce((sum, { times }) => sum + times * times, 0);

/**
 * Schur's bound on the spectral norm: the root of the largest sums of absolute values in a row and in a column; the
 * norm itself for a multiple of a permutation.
 */
function normAbove(rows: readonly (readonly Entry[])[]): number {
  const columns = new Float64Array(rows.length);
  let most = 0;
  for (const row of rows) {
    let sum = 0;
    for (const { at, value } of row) {
      sum += Math.abs(value);
      columns[at] += Math.abs(value);
    }
    most = Math.max(most, sum);
  }
  return Math.sqrt(most * columns.reduce((a, b) => Math.max(a, b), 0));
}

/** For every number of the input: in which rows it stands. */
function byInput(view: Views["views"][number]): Map<number, Entry[]> {
  const found = new Map<number, Entry[]>();
  for (const [k, row] of view.entries())
    for (const { at, times } of row) {
      const known = found.get(at);
      if (known === undefined) found.set(at, [{ at: k, value: times }]);
      else known.push({ at: k, value: times });
    }
  return found;
}

/** Of one shown number with those of another view, without zeros, in order. */
function covariances(row: Views["views"][number][number], shown: Map<number, Entry[]>): Entry[] {
  const sums = new Map<number, number>();
  for (const { at, times } of row)
    for (const { at: k, value } of shown.get(at) ?? []) sums.set(k, (sums.get(k) ?? 0) + times * value);
  return Array.from(sums, ([at, value]) => ({ at, value })).sort((a, b) => a.at - b.at);
}
