/**
 * Inner products of alternating polygons on many planes at once: the series of polygon-series.ts, two overlaps at a
 * time.
 */

import type { PolygonProduct } from "./polygon-product.ts";
import type { Table } from "./polygon-series.ts";
import { integer, memoryOf, pair, SimdFunction, vector, type Code } from "../../base/simd.ts";

export interface PolygonKernel {
  /**
   * Overlaps, put here by the caller: rows of a plane's first and second vector with the vectors of other planes in
   * turn.
   */
  readonly overlaps: Float64Array;
  /** The correlations that `evaluate` found last. */
  readonly correlations: Float64Array;
  /** The largest overlap (by its singular value) and correlation, by its absolute value, so far. */
  readonly largest: { overlap: number; correlation: number };
  /**
   * The product's value by its squared norm, bit for bit, at the overlaps [[a, b], [c, d]] of neighbours (a, b) in one
   * row with those below them, (c, d).
   * @param upper index of the first a
   * @param lower index of the first c
   * @param count of overlaps, even
   */
  evaluate(upper: number, lower: number, count: number): void;
}

/** Coefficients of a series that is still written out; beyond it is evaluated number by number. */
const longestSeries = 500;
const bytes = Float64Array.BYTES_PER_ELEMENT;

/**
 * @param size numbers that `overlaps` holds
 * @param most overlaps in a call
 */
export function polygonKernel(product: PolygonProduct, size: number, most: number): PolygonKernel {
  const levels = product.levels.filter((l) => l.reach <= product.switchAt && l.terms <= longestSeries);
  const tables = levels.map((level) => level.table());
  const reaches = levels.map((level) => level.reach);
  const { memory, arrays } = memoryOf(
    [Float64Array, 3 + levels.length],
    [Float64Array, tables.reduce((sum, { coefficients }) => sum + coefficients.length, 0)],
    [Float64Array, 4],
    [Float64Array, most],
    [Float64Array, size],
  );
  const [constants, series, found, correlations, overlaps] = arrays;
  constants.set([0.5, NaN, product.normSquared, ...reaches]);
  series.set(tables.flatMap(({ coefficients }) => [...coefficients]));
  const run = write(tables, constants, series, found).compile(memory);
  const upTo = levels.at(-1)?.reach ?? 0;
  const largest = { overlap: 0, correlation: 0 };
  return {
    overlaps,
    correlations,
    largest,
    evaluate(upper, lower, count) {
      if (count === 0) return;
      const [first, second] = [upper, lower].map((at) => overlaps.byteOffset + at * bytes);
      found.fill(0);
      run(first, second, correlations.byteOffset, first + 2 * count * bytes);
      const widest = Math.max(found[0], found[1]);
      if (widest > upTo)
        for (let i = 0; i < count; i++) {
          if (!Number.isNaN(correlations[i])) continue;
          const [x, y] = [upper + 2 * i, lower + 2 * i];
          const value = product.value(overlaps[x], overlaps[x + 1], overlaps[y], overlaps[y + 1]);
          correlations[i] = value / product.normSquared;
          found[2] = Math.max(found[2], Math.abs(correlations[i]));
        }
      largest.overlap = Math.max(largest.overlap, widest);
      largest.correlation = Math.max(largest.correlation, found[2], found[3]);
    },
  };
}

/**
 * (upper row, lower row, correlations, end of the upper row), addresses in bytes; `found` keeps the largest overlaps
 * and correlations.
 */
function write(
  tables: readonly Table[],
  constants: Float64Array,
  coefficients: Float64Array,
  found: Float64Array,
): SimdFunction {
  const f = new SimdFunction(4);
  const [upper, lower, out, end] = [0, 1, 2, 3].map((i) => f.parameter(i));
  const { add, sub, mul } = pair;
  const both = (array: Float64Array, index: number): Code =>
    pair.loadBoth(integer.of(array.byteOffset + index * bytes));
  const [oneHalf, beyond, normSquared] = [0, 1, 2].map((i) => both(constants, i));
  const reach = (level: number): Code => both(constants, 3 + level);
  let total = 0;
  const firsts = tables.map((table) => (total += table.coefficients.length) - table.coefficients.length);
  f.repeat(() => {
    const rows = [upper, lower].map((row) =>
      [vector.load(row), vector.load(row, 2 * bytes)].map((x) => f.keep(x)),
    );
    const [[a, b], [c, d]] = rows.map(([x, y]) => [f.keep(pair.firsts(x, y)), f.keep(pair.seconds(x, y))]);
    const half = (x: Code): Code => f.keep(mul(x, oneHalf));
    const [reA, imA] = [half(add(a, d)), half(sub(b, c))];
    const [reB, imB] = [half(sub(a, d)), half(add(b, c))]; // B's conjugate has the same real parts
    const u = f.keep(add(mul(reA, reA), mul(imA, imA)));
    const v = f.keep(add(mul(reB, reB), mul(imB, imB)));
    const overlap = { reA, imA, reB, imB, u, v };
    const norm = f.keep(add(pair.sqrt(u), pair.sqrt(v)));
    const grow = (index: number, value: Code): void => {
      const address = integer.of(found.byteOffset + index * bytes);
      f.do(vector.store(address, pair.max(vector.load(address), value)));
    };
    grow(0, norm);
    const level = (i: number): Code =>
      i === tables.length
        ? beyond
        : f.choose(
            vector.any(pair.greater(norm, reach(i))),
            () => level(i + 1),
            () => series(f, tables[i], overlap, (index) => both(coefficients, firsts[i] + index)),
          );
    const correlation = f.keep(pair.div(level(0), normSquared));
    grow(2, pair.abs(correlation));
    f.do(vector.store(out, correlation));
    f.advance(0, integer.of(4 * bytes));
    f.advance(1, integer.of(4 * bytes));
    f.advance(2, integer.of(2 * bytes));
    return integer.less(upper, end);
  });
  return f;
}

/** Real and imaginary parts of A and B (polygon-product.ts), and the squares of their absolute values. */
type OverlapCode = Readonly<Record<"reA" | "imA" | "reB" | "imB" | "u" | "v", Code>>;

/** `evaluate` of polygon-series.ts for one table, written out. */
function series(
  f: SimdFunction,
  { k, harmonics, p, q, depth }: Table,
  { reA, imA, reB, imB, u, v }: OverlapCode,
  coefficient: (index: number) => Code,
): Code {
  const { add, mul } = pair;
  const [realA, realB] = [realPowers(f, reA, imA, k, harmonics), realPowers(f, reB, imB, k, harmonics)];
  let sum: Code | undefined;
  for (let i = 0, at = 0; i < p.length; i++) {
    let outer: Code | undefined;
    for (let length = 1; length <= depth[i] + 1; length++) {
      let inner = coefficient(at++);
      for (let j = 1; j < length; j++) inner = add(mul(inner, v), coefficient(at++));
      outer = outer === undefined ? inner : add(mul(outer, u), inner);
    }
    const factor = [realA[p[i]], realB[q[i]]].filter((x) => x !== undefined).reduce((x, y) => mul(x, y));
    const term = mul(factor, outer!);
    sum = f.keep(sum === undefined ? term : add(sum, term));
  }
  return sum!;
}

/**
 * Real parts of the powers k h of z, h = 0..harmonics, by the operations of polygon-series.ts; that of power 0, 1, is
 * left out.
 */
function realPowers(f: SimdFunction, re: Code, im: Code, k: number, harmonics: number): (Code | undefined)[] {
  const { add, sub, mul } = pair;
  let [x, y] = [re, im];
  const times = (u: Code, v: Code): void => {
    [x, y] = [f.keep(sub(mul(x, u), mul(y, v))), f.keep(add(mul(x, v), mul(y, u)))];
  };
  for (let bit = 1 << (30 - Math.clz32(k)); bit > 0; bit >>= 1) {
    [x, y] = [f.keep(sub(mul(x, x), mul(y, y))), f.keep(mul(add(x, x), y))];
    if ((k & bit) !== 0) times(re, im);
  }
  const powers: (Code | undefined)[] = [undefined, x];
  const [u, v] = [x, y];
  for (let h = 2; h <= harmonics; h++) {
    times(u, v);
    powers.push(x);
  }
  return powers;
}
