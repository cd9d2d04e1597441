/**
 * The core of Growing-Basis (after Andoni, Panigrahy, Valiant, Zhang 2014), made robust against heavy tails: finds the
 * terms of a sparse polynomial in independent variables z_1..z_m.
 *
 * The label's size says which variables occur (`relevant-variables.ts`), at a cost linear in m; there are at most as
 * many as terms times degree. Among these, every monomial of the terms' degree has its coefficient measured, on the
 * samples with all of these variables in one interval. Given that, they are still independent, with the *truncated*
 * law; f has the same highest terms in its polynomials H_t; and everything is bounded. Let gamma, Gamma be leading
 * coefficients of the h_t and H_t, rho_t = gamma_t/Gamma_t. With residual r a term's coefficient is E[r prod H_t(z_j)]
 * / prod rho_t, exactly: no other term of the same total degree contributes. Expectations are medians of means.
 *
 * Published, Growing-Basis takes one factor after the other by E[r^2 h_2t(z_i)]. Of heavy-tailed laws these statistics
 * err too much: see docs/growing-basis.md.
 */

import { reject } from "../base/errors.ts";
import { median } from "../base/statistics.ts";
import { nameOf, type Factor, type Term } from "../family/polynomial/sparse-polynomial.ts";
import { binomial } from "../numeric/choose.ts";
import {
  evaluate,
  leadingCoefficients,
  type PolynomialLaw,
  type Recurrence,
} from "../numeric/orthonormal.ts";
import { interval, truncate } from "../numeric/orthonormal-truncated.ts";
import type { Progress } from "../base/progress.ts";
import { relevantVariables, type Columns } from "./relevant-variables.ts";

/** Labelled samples. */
export interface Chunk extends Columns {
  readonly y: Float64Array;
}

export interface GrowOptions {
  readonly law: PolynomialLaw;
  readonly variables: number;
  readonly terms: number;
  readonly degree: number;
  /** Lower bound on every |c|. */
  readonly least: number;
  /** The samples, the same in every pass. */
  chunks(): Iterable<Chunk>;
}

export interface Grown {
  readonly terms: readonly Term[];
  /** Monomials whose coefficient was measured. */
  readonly candidates: number;
  /** Passes over the samples. */
  readonly passes: number;
}

/** Share of the samples that the interval keeps, over the relevant variables. */
const KEPT = 0.99;
/** Blocks of the medians of means. */
const BLOCKS = 5;
/** Standard errors that a coefficient must show. */
const CERTAIN = 5;
/** Monomials that are measured at most, the clearest variables' first. */
const MONOMIALS_LIMIT = 200_000;

export function* growTerms(options: GrowOptions): Generator<Progress, Grown> {
  const { law, variables, terms, degree, least, chunks } = options;
  requireSquares(law, degree);
  const residual = residuals(law, degree);
  const found: Term[] = [];
  let [candidates, passes] = [0, 0];
  while (found.length < terms) {
    yield { what: `term ${found.length + 1} of ${terms}`, done: found.length, total: terms };
    const labelled = function* () {
      for (const chunk of chunks()) yield { columns: chunk, labels: residual(chunk, found) };
    };
    const most = (terms - found.length) * degree;
    const relevant = relevantVariables(labelled, variables, most);
    const measured = coefficients(options, labelled, affordable(relevant, degree));
    candidates += measured.length;
    passes += 2;
    const certain = measured
      .filter(({ value, error }) => Math.abs(value) > Math.max(least / 2, CERTAIN * error))
      .filter(({ factors }) => !found.some((t) => nameOf(t) === nameOf({ factors })))
      .sort((a, b) => Math.abs(b.value) / b.error - Math.abs(a.value) / a.error)
      .slice(0, terms - found.length);
    if (certain.length === 0) break;
    found.push(...certain.map(({ value, factors }) => ({ coefficient: value, factors })));
  }
  return { terms: found, candidates, passes };
}

/** As many of the clearest variables as leave few enough monomials. */
function affordable(relevant: readonly number[], degree: number): readonly number[] {
  let count = relevant.length;
  while (count > 1 && binomial(count + degree - 1, degree) > BigInt(MONOMIALS_LIMIT)) count--;
  return relevant.slice(0, count);
}

function requireSquares(law: PolynomialLaw, degree: number): void {
  if (law.recurrence(2 * degree + 1).b.some((b) => !(b > 0)))
    reject({
      what: `the law ${law.id} has too few values (as +-1 has, x^2 = 1): the squares of its polynomials say nothing`,
      allowed: `laws with more than ${2 * degree} values`,
    });
}

interface Measured {
  readonly factors: readonly Factor[];
  readonly value: number;
  readonly error: number;
}

/** The coefficient of every monomial of the degree in some variables, with its standard error, in one pass. */
function coefficients(
  { law, degree }: GrowOptions,
  labelled: () => Iterable<Labelled>,
  relevant: readonly number[],
): Measured[] {
  if (relevant.length === 0) return [];
  const range = interval(law, KEPT ** (1 / relevant.length));
  const truncated = truncate(law, range, degree + 1).recurrence;
  const [inside, outside] = [truncated, law.recurrence(degree + 1)].map((r) =>
    leadingCoefficients(r, degree),
  );
  const rho = outside.map((gamma, t) => gamma / inside[t]);
  const all = monomials(relevant.length, degree);
  const means = blockMeans(all.length);
  for (const given of labelled()) {
    const { count, columns, labels } = within(given, relevant, range);
    const values = columns.map((z) => polynomialColumns(truncated, z, degree));
    means.next(count);
    addProducts(means.add, values, labels, degree);
  }
  return all.map((exponents, m) => {
    const scale = exponents.reduce((product, t) => product * rho[t], 1);
    const { value, error } = means.at(m);
    const factors = exponents.flatMap((t, k) => (t === 0 ? [] : [{ variable: relevant[k], degree: t }]));
    factors.sort((a, b) => a.variable - b.variable);
    return { factors, value: value / scale, error: error / scale };
  });
}

/** Exponents of every monomial of a degree, in the order of `addProducts`. */
function monomials(variables: number, degree: number): number[][] {
  if (variables === 1) return [[degree]];
  return Array.from({ length: degree + 1 }, (_, t) =>
    monomials(variables - 1, degree - t).map((rest) => [t, ...rest]),
  ).flat();
}

/** Adds the labels times each monomial's polynomials; products that begin alike are formed once. */
function addProducts(
  add: (statistic: number, product: Float64Array, factor: Float64Array | null) => void,
  columns: readonly (readonly Float64Array[])[],
  labels: Float64Array,
  degree: number,
): void {
  const scratch = columns.map(() => new Float64Array(labels.length));
  let statistic = 0;
  const descend = (k: number, left: number, product: Float64Array): void => {
    if (left === 0) return add(statistic++, product, null);
    if (k === columns.length - 1) return add(statistic++, product, columns[k][left]);
    descend(k + 1, left, product);
    for (let t = 1; t <= left; t++) {
      for (let i = 0; i < product.length; i++) scratch[k][i] = product[i] * columns[k][t][i];
      descend(k + 1, left - t, scratch[k]);
    }
  };
  descend(0, degree, labels);
}

/** Samples, each variable a column, with what their labels still have to be explained. */
interface Labelled {
  readonly columns: Columns;
  readonly labels: Float64Array;
}

/** The samples with all of some variables in the interval, a column each of these. */
function within(
  { columns: { count, z }, labels }: Labelled,
  variables: readonly number[],
  [low, high]: readonly [number, number],
): { readonly count: number; readonly columns: readonly Float64Array[]; readonly labels: Float64Array } {
  const kept: number[] = [];
  for (let i = 0; i < count; i++)
    if (variables.every((j) => z[j * count + i] >= low && z[j * count + i] <= high)) kept.push(i);
  return {
    count: kept.length,
    columns: variables.map((j) => Float64Array.from(kept, (i) => z[j * count + i])),
    labels: Float64Array.from(kept, (i) => labels[i]),
  };
}

/** Labels less the terms found. */
const residuals =
  (law: PolynomialLaw, degree: number) =>
  ({ count, z, y }: Chunk, found: readonly Term[]): Float64Array => {
    const left = Float64Array.from(y);
    const recurrence = law.recurrence(degree + 1);
    for (const { coefficient, factors } of found) {
      const product = new Float64Array(count).fill(coefficient);
      for (const { variable, degree: t } of factors) {
        const values = polynomialColumns(recurrence, z.subarray(variable * count, (variable + 1) * count), t)[
          t
        ];
        for (let i = 0; i < count; i++) product[i] *= values[i];
      }
      for (let i = 0; i < count; i++) left[i] -= product[i];
    }
    return left;
  };

/** The polynomials of degree 0 to `most` of a column. */
function polynomialColumns(
  recurrence: Recurrence,
  column: ArrayLike<number>,
  most: number,
): readonly Float64Array[] {
  const values = evaluate(recurrence, most, column);
  return Array.from({ length: most + 1 }, (_, t) =>
    values.subarray(t * column.length, (t + 1) * column.length),
  );
}

/** Medians of means of many statistics at once; chunks go to the blocks in turn. */
function blockMeans(statistics: number) {
  const sums = new Float64Array(statistics * BLOCKS);
  const squares = new Float64Array(statistics);
  const counts = new Float64Array(BLOCKS);
  let block = BLOCKS - 1;
  return {
    /** The next chunk, of so many samples. */
    next(count: number): void {
      block = (block + 1) % BLOCKS;
      counts[block] += count;
    },
    /** Adds the product, times the factor where there is one, of all samples of the chunk. */
    add(statistic: number, product: Float64Array, factor: Float64Array | null): void {
      let [sum, square] = [0, 0];
      for (let i = 0; i < product.length; i++) {
        const x = factor === null ? product[i] : product[i] * factor[i];
        sum += x;
        square += x * x;
      }
      sums[statistic * BLOCKS + block] += sum;
      squares[statistic] += square;
    },
    at(statistic: number): { value: number; error: number } {
      const total = counts.reduce((a, b) => a + b);
      const used = [...counts.keys()].filter((k) => counts[k] > 0);
      const means = used.map((k) => sums[statistic * BLOCKS + k] / counts[k]);
      const mean = used.reduce((s, k) => s + sums[statistic * BLOCKS + k], 0) / total;
      const value = means.length === 0 ? 0 : median(means);
      return { value, error: Math.sqrt(Math.max(0, squares[statistic] / total - mean * mean) / total) };
    },
  };
}
