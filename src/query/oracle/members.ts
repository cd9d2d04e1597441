/**
 * The members of an explicit family on a population: correlated with queries, combined into queries, their spectrum.
 */

import type { DoAll } from "../../base/progress.ts";
import type { Key } from "../../base/random.ts";
import type { Samples } from "../../distribution/law.ts";
import { slice } from "../../distribution/samples.ts";
import { lanczosBounds } from "../../numeric/random-lanczos.ts";
import { walshHadamard } from "../../numeric/walsh-hadamard.ts";
import type { Tick } from "../symmetric-tiles.ts";
import type { MemberList } from "../members.ts";
import type { QueryBlock } from "./oracle.ts";
import { combine } from "./combinations.ts";
import { addInnerProducts } from "./inner-products.ts";
import type { PopulationGram } from "./population-gram.ts";
import { CHUNK, moments, type Correlated, type Population, type Signals } from "./population.ts";

/** The members of a class that queries are asked about, on a population. */
export interface Members {
  readonly count: number;
  readonly population: Population;
  readonly signals: Signals;
  /** Queries worth asking together. */
  readonly block: number;
  /** Share of the tolerance that errors of correlations may take up. */
  readonly lost: number;
  /** Queries sum_i c_ki f_i, the coefficients row-major (query, member). */
  combinations(coefficients: Float64Array, queries: number): QueryBlock;
  /** Correlations with all members. @param allowed errors up to this times a query's norm are put up with */
  correlate(block: QueryBlock, allowed: number): Promise<Correlated>;
  /** Those of combinations, errors of a part in a thousand of the norm allowed: for planning, not for answers. */
  foresee(coefficients: Float64Array, queries: number): Promise<Correlated>;
  /** Their Gram matrix under the population's law, where it is at hand. */
  readonly gram?: PopulationGram;
}

/** Values of all members are kept up to this size; of longer lists the Gram matrix is. */
const KEPT_BYTES = 768 * 2 ** 20;

/** @throws InputError for lists whose values and Gram matrix are both too large */
export async function membersOn(
  list: MemberList,
  population: Population,
  tick: Tick = () => {},
  doAll?: DoAll,
): Promise<Members> {
  if (list.characters !== undefined) return characters(list, population);
  if (4 * list.count * population.points.count <= KEPT_BYTES) return explicit(list, population);
  return (await import("./long-members.ts")).longMembers(list, population, tick, doAll);
}

/** Members whose correlations take one evaluation of the queries. */
const inOnePass = (members: Pick<Members, "count" | "population" | "signals" | "combinations">): Members => ({
  ...members,
  block: 32,
  lost: 0,
  correlate: (block) => moments(members.population, block, members.signals),
  foresee: (coefficients, queries) =>
    moments(members.population, members.combinations(coefficients, queries), members.signals),
});

/** Lists whose Gram matrix is small beside their values, and soon made: combinations are planned by it. */
const FORESEEN_BY_GRAM = 4096;

function explicit(list: MemberList, population: Population): Members {
  const { count } = list;
  const { points } = population;
  const all = Int32Array.from({ length: count }, (_, i) => i);
  const kept = new Map<number, Float32Array>();
  const valuesOn = (samples: Samples): Float32Array => {
    if (samples.data.buffer !== points.data.buffer) return list.values(samples, 0, count);
    const at = samples.data.byteOffset;
    const found = kept.get(at);
    if (found?.length === count * samples.count) return found;
    const values = list.values(samples, 0, count);
    kept.set(at, values);
    return values;
  };
  /** The list by what is kept of it: pieces are of one chunk each. */
  const known: MemberList = {
    count,
    law: list.law,
    hidden: list.hidden,
    values(samples, from, to) {
      const first =
        (samples.data.byteOffset - points.data.byteOffset) / (points.data.byteLength / points.count);
      const begin = CHUNK * Math.floor(first / CHUNK);
      const whole = slice(points, begin, Math.min(points.count, begin + CHUNK));
      const values = valuesOn(whole);
      const out = new Float32Array((to - from) * samples.count);
      for (let i = from; i < to; i++) {
        const at = i * whole.count + first - begin;
        out.set(values.subarray(at, at + samples.count), (i - from) * samples.count);
      }
      return out;
    },
  };
  const members = inOnePass({
    count,
    population,
    signals: {
      count,
      accumulate(weighted, queries, from, size, sums) {
        const values = valuesOn(slice(points, from, from + size));
        addInnerProducts(values, weighted, { count, queries, size }, sums);
      },
    },
    combinations: (coefficients, queries) => ({
      count: queries,
      on: (samples) => combine(coefficients, count, all, valuesOn(samples), samples.count),
    }),
  });
  if (count > FORESEEN_BY_GRAM) return members;
  let combined: Promise<Members["foresee"]> | undefined;
  const byGram = async (): Promise<Members["foresee"]> => {
    const { combinedBy, populationGram } = await import("./population-gram.ts");
    const products = combinedBy(await populationGram(known, population, () => {}));
    return async (coefficients, queries) => products(coefficients, queries);
  };
  return {
    ...members,
    foresee: async (coefficients, queries) => (await (combined ??= byGram()))(coefficients, queries),
  };
}

function characters(list: MemberList, population: Population): Members {
  const { count } = list;
  const { classesOf } = list.characters!;
  const classes = classesOf(population.points);
  return inOnePass({
    count,
    population,
    signals: {
      count,
      accumulate(weighted, queries, from, size, sums) {
        for (let q = 0, at = 0; q < queries; q++)
          for (let x = 0; x < size; x++, at++) sums[q * count + classes[from + x]] += weighted[at];
      },
      finish(sums, queries) {
        for (let q = 0; q < queries; q++) walshHadamard(sums.subarray(q * count, (q + 1) * count));
      },
    },
    combinations: (coefficients, queries) => {
      // the matrix (-1)^<i, v> is symmetric: the same transform takes coefficients to values on the classes
      const table = coefficients.slice();
      for (let q = 0; q < queries; q++) walshHadamard(table.subarray(q * count, (q + 1) * count));
      return {
        count: queries,
        on(samples) {
          const here = classesOf(samples);
          const out = new Float32Array(queries * samples.count);
          for (let q = 0, at = 0; q < queries; q++)
            for (let x = 0; x < samples.count; x++, at++) out[at] = table[q * count + here[x]];
          return out;
        },
      };
    },
  });
}

/** The largest eigenvalue of the members' Gram matrix, and how sure it is. */
export interface Spectrum {
  /** The largest eigenvalue of the members' Gram matrix under the population's law is at most this ... */
  readonly lambda: number;
  /** ... certainly (1), or with this confidence. */
  readonly confidence: number;
  /** Where the bound is proved by a factorisation: a Rayleigh quotient, close below the eigenvalue. */
  readonly estimate?: number;
}

/**
 * Of all characters the Gram matrix is group-circulant with eigenvalues D Pr[class]; where it is at hand, a
 * factorisation proves a bound; else Lanczos from random starts.
 */
export async function spectrumOf(
  list: MemberList,
  members: Members,
  key: Key,
  tick: Tick = () => {},
): Promise<Spectrum> {
  const { count, population, gram } = members;
  if (gram !== undefined) {
    const { provedLargestEigenvalue, traceOf } = await import("../symmetric-tiles.ts");
    const { rayleighOfTiles } = await import("../tile-product.ts");
    const estimate = rayleighOfTiles(gram);
    // the matrix of all ||f_i|| ||f_j|| has one eigenvalue, its trace
    const error = (gram.entryError * traceOf(gram)) / (1 - gram.entryError);
    return { lambda: await provedLargestEigenvalue(gram, estimate, error, tick), confidence: 1, estimate };
  }
  if (list.characters !== undefined) {
    const shares = new Float64Array(count);
    const { points, weights } = population;
    list.characters.classesOf(points).forEach((v, x) => (shares[v] += weights?.[x] ?? 1 / points.count));
    return { lambda: count * shares.reduce((a, b) => Math.max(a, b), 0) * (1 + 1e-9), confidence: 1 };
  }
  const [starts, confidence] = [2, 0.99];
  const { upper } = await lanczosBounds(
    count,
    async (x) => (await members.correlate(members.combinations(x, starts), 0)).inner,
    {
      starts,
      steps: 16,
      confidence,
      key,
      relativeError: 1e-5,
    },
  );
  return { lambda: upper, confidence };
}
