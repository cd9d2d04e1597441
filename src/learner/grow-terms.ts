/**
 * The core of Growing-Basis (Andoni, Panigrahy, Valiant, Zhang 2014), made robust: finds the terms of a sparse
 * polynomial in independent variables z_1..z_m, one factor after the other, from the residual's square.
 *
 * Only samples with every z_i in one interval are used. Given that, the z_i are still independent, with the *truncated*
 * law; f has the same highest terms in its polynomials H_t; and everything is bounded, which plain Growing-Basis lacks
 * for unbounded laws. Let gamma, Gamma be leading coefficients of the h_t and H_t, rho_t = gamma_t/Gamma_t. With
 * residual r and weight w = r^2 prod_{chosen (j,t)} H_2t(z_j)/(C_t rho_t^2), C_t = Gamma_t^2/Gamma_2t, at the largest t
 * in which z_i occurs E[w H_2t(z_i)] / (C_t rho_t^2) is the sum of c^2 prod E[h^2] over the terms with these factors,
 * the product over their other ones, and above that t it is exactly 0. A complete term's coefficient is E[r prod
 * H_t(z_j)] / prod rho_t, exactly: no other term of the same total degree contributes. Expectations are medians of
 * means.
 *
 * A candidate is accepted only by its coefficient, whose error is much smaller than that of the squares'; a refused one
 * sends the search back to the next likely factor, a bounded number of times that does not depend on m.
 */

import { reject } from "../base/errors.ts";
import { median } from "../base/statistics.ts";
import { nameOf, type Factor, type Term } from "../family/polynomial/sparse-polynomial.ts";
import { leadingCoefficients, type PolynomialLaw, type Recurrence } from "../numeric/orthonormal.ts";
import { interval, truncate } from "../numeric/orthonormal-truncated.ts";
import type { Progress } from "../base/progress.ts";

/** Labelled samples inside the interval. */
export interface Chunk {
  readonly count: number;
  /** z_j of sample i at j * count + i. */
  readonly z: Float32Array;
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
  /** Candidates whose coefficient was measured. */
  readonly candidates: number;
  /** Passes over the samples. */
  readonly passes: number;
}

/** Share of the samples that the interval keeps, over all variables. */
const KEPT = 0.8;
/** Blocks of the medians of means. */
const BLOCKS = 5;
/** Of the search for one term. */
const PASSES_LIMIT = 80;
const CANDIDATES_LIMIT = 30;
/** Standard errors a factor must show, a variable must show to be looked at again, and a coefficient. */
const LIKELY = 2;
const POSSIBLE = 1.5;
const CERTAIN = 5;

/** The interval within which samples are kept. */
export const growingInterval = (law: PolynomialLaw, variables: number): readonly [number, number] =>
  interval(law, KEPT ** (1 / variables));

export function* growTerms(options: GrowOptions): Generator<Progress, Grown> {
  const { terms, degree, least } = options;
  const measure = measurements(options);
  const found: Term[] = [];
  let [candidates, passes] = [0, 0];

  function* search(
    factors: readonly Factor[],
    left: number,
    among: Int32Array,
    limit: { passes: number; candidates: number },
  ): Generator<Progress, Term | null> {
    passes++;
    limit.passes--;
    yield { what: `term ${found.length + 1} of ${terms}, pass ${passes}`, done: found.length, total: terms };
    if (left === 0) {
      candidates++;
      limit.candidates--;
      const { value, error } = measure.coefficient(found, factors);
      const known = found.some((t) => nameOf(t) === nameOf({ factors }));
      return Math.abs(value) > least / 2 && Math.abs(value) > CERTAIN * error && !known
        ? { coefficient: value, factors }
        : null;
    }
    const scores = measure.scores(found, factors, left, among);
    const likely = inOrder(scores);
    const possible = Int32Array.from(
      new Set(scores.filter((s) => s.score > POSSIBLE).map((s) => s.variable)),
    );
    for (const { variable, degree: t } of likely) {
      if (limit.passes <= 0 || limit.candidates <= 0) return null;
      const more = [...factors, { variable, degree: t }].sort((a, b) => a.variable - b.variable);
      const term = yield* search(more, left - t, possible, limit);
      if (term !== null) return term;
    }
    return null;
  }

  const all = Int32Array.from({ length: options.variables }, (_, i) => i);
  while (found.length < terms) {
    const limit = { passes: PASSES_LIMIT, candidates: CANDIDATES_LIMIT };
    const term = yield* search([], degree, all, limit);
    if (term === null) break;
    found.push(term);
  }
  return { terms: found, candidates, passes };
}

interface Score extends Factor {
  /** The statistic in standard errors. */
  readonly score: number;
}

/** For each variable its largest likely degree, most significant first; then the smaller ones. */
function inOrder(scores: readonly Score[]): Score[] {
  const likely = scores.filter((s) => s.score > LIKELY);
  const largest = new Map<number, Score>();
  for (const s of likely) if (s.degree > (largest.get(s.variable)?.degree ?? 0)) largest.set(s.variable, s);
  const isLargest = (s: Score): boolean => largest.get(s.variable) === s;
  return likely.sort((a, b) => Number(isLargest(b)) - Number(isLargest(a)) || b.score - a.score);
}

/** The two statistics, each one pass over the samples. */
function measurements({ law, variables, degree, chunks }: GrowOptions) {
  if (law.recurrence(2 * degree + 1).b.some((b) => !(b > 0)))
    reject({
      what: `the law ${law.id} has too few values (as +-1 has, x^2 = 1): the squares of its polynomials say nothing`,
      allowed: `laws with more than ${2 * degree} values`,
    });
  const truncated = truncate(law, growingInterval(law, variables), 2 * degree + 1);
  const polynomials = recurrenceColumns(truncated.recurrence);
  const inside = leadingCoefficients(truncated.recurrence, 2 * degree);
  const outside = leadingCoefficients(law.recurrence(degree + 1), degree);
  const rho = outside.map((gamma, t) => gamma / inside[t]);
  const original = recurrenceColumns(law.recurrence(degree + 1));
  /** y less the terms found, and column j's polynomials. */
  function residual({ count, z, y }: Chunk, found: readonly Term[]): Float64Array {
    const r = Float64Array.from(y);
    const product = new Float64Array(count);
    for (const { coefficient, factors } of found) {
      product.fill(coefficient);
      for (const { variable, degree: t } of factors)
        multiply(product, original(z, variable * count, count, t), t * count);
      for (let i = 0; i < count; i++) r[i] -= product[i];
    }
    return r;
  }

  return {
    /** E[r prod H_t(z_j)] / prod rho_t with its standard error. */
    coefficient(found: readonly Term[], factors: readonly Factor[]): { value: number; error: number } {
      const means = blockMeans(1);
      for (const chunk of chunks()) {
        const w = residual(chunk, found);
        for (const { variable, degree: t } of factors)
          multiply(w, polynomials(chunk.z, variable * chunk.count, chunk.count, t), t * chunk.count);
        means.add(0, w, 0, null);
        means.next(chunk.count);
      }
      const scale = factors.reduce((product, { degree: t }) => product * rho[t], 1);
      const { value, error } = means.at(0);
      return { value: value / scale, error: error / scale };
    },

    /** Significance of E[w H_2t(z_i)] for every variable i of `among` that is not chosen yet, t = 1..left. */
    scores(found: readonly Term[], factors: readonly Factor[], left: number, among: Int32Array): Score[] {
      const rest = among.filter((i) => !factors.some((f) => f.variable === i));
      const means = blockMeans(rest.length * left);
      for (const chunk of chunks()) {
        const { z, count } = chunk;
        const w = residual(chunk, found).map((r) => r * r);
        for (const { variable, degree: t } of factors)
          multiply(w, polynomials(z, variable * count, count, 2 * t), 2 * t * count);
        rest.forEach((variable, k) => {
          const values = polynomials(z, variable * count, count, 2 * left);
          for (let t = 1; t <= left; t++) means.add(k * left + t - 1, w, 2 * t * count, values);
        });
        means.next(count);
      }
      return Array.from(rest).flatMap((variable, k) =>
        Array.from({ length: left }, (_, t) => {
          const { value, error } = means.at(k * left + t);
          return { variable, degree: t + 1, score: error > 0 ? value / error : 0 };
        }),
      );
    },
  };
}

function multiply(product: Float64Array, values: Float64Array, offset: number): void {
  for (let i = 0; i < product.length; i++) product[i] *= values[offset + i];
}

/**
 * Evaluates a column's polynomials into a buffer that the next call overwrites: degree t of sample i at t * count + i.
 */
function recurrenceColumns({ a, b }: Recurrence) {
  const root = b.map(Math.sqrt);
  let buffer = new Float64Array(0);
  return (z: Float32Array, from: number, count: number, degree: number): Float64Array => {
    if (buffer.length < (degree + 1) * count) buffer = new Float64Array((degree + 1) * count);
    buffer.fill(1, 0, count);
    for (let t = 0; t < degree; t++) {
      const [now, next, before] = [t * count, (t + 1) * count, (t - 1) * count];
      const [shift, back, scale] = [a[t], t === 0 ? 0 : root[t], 1 / root[t + 1]];
      for (let i = 0; i < count; i++)
        buffer[next + i] =
          ((z[from + i] - shift) * buffer[now + i] - (t === 0 ? 0 : back * buffer[before + i])) * scale;
    }
    return buffer;
  };
}

/** Medians of means of many statistics at once; chunks go to the blocks in turn. */
function blockMeans(statistics: number) {
  const sums = new Float64Array(statistics * BLOCKS);
  const squares = new Float64Array(statistics);
  const counts = new Float64Array(BLOCKS);
  let block = 0;
  return {
    /** Adds w_i, or w_i * values[offset + i], for all samples of the chunk. */
    add(statistic: number, w: Float64Array, offset: number, values: Float64Array | null): void {
      let [sum, square] = [0, 0];
      for (let i = 0; i < w.length; i++) {
        const x = values === null ? w[i] : w[i] * values[offset + i];
        sum += x;
        square += x * x;
      }
      sums[statistic * BLOCKS + block] += sum;
      squares[statistic] += square;
    },
    next(count: number): void {
      counts[block] += count;
      block = (block + 1) % BLOCKS;
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
