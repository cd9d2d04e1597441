/**
 * Sums of parities of relu units over many sets, two examples at a time in the two halves of a vector: the arithmetic,
 * and so every bit, is that of `ReluParity.combine`, which takes one set of one example.
 */

import { integer, memoryOf, pair, SimdFunction, vector, type Code, type Variable } from "../../base/simd.ts";
import type { HalfTables, ReluParity } from "./relu-parity.ts";

/** What sums over sets, of two examples at once. */
export interface ParitySums {
  /** Takes the tables of two examples. */
  take(first: HalfTables, second: HalfTables): void;
  /** Sums over the sets from one up to another, in their order: of the first example, and of the second. */
  sum(from: number, to: number): readonly [number, number];
}

const wide = 2 * Float64Array.BYTES_PER_ELEMENT;
const setBytes = 2 * Int32Array.BYTES_PER_ELEMENT;

/** Where arrays begin in memory, in bytes. */
type Places = Readonly<Record<"sums" | "weights" | "totals" | "scale" | "result", number>>;

/** @param sets the numbers of the two halves of each set, one set after the other */
export function paritySums(form: ReluParity, halves: number, sets: Int32Array): ParitySums {
  const { memory, arrays } = memoryOf(
    [Float64Array, 2 * halves * form.entries],
    [Float64Array, 2 * halves * form.entries],
    [Float64Array, 4 * halves],
    [Int32Array, sets.length],
    [Float64Array, 2],
    [Float64Array, 2],
  );
  const [sums, weights, totals, list, scale, result] = arrays;
  list.set(sets);
  scale.fill(form.scale);
  const run = written(form, {
    sums: sums.byteOffset,
    weights: weights.byteOffset,
    totals: totals.byteOffset,
    scale: scale.byteOffset,
    result: result.byteOffset,
  }).compile(memory);
  return {
    take(first, second) {
      interleave(first.sums, second.sums, sums);
      interleave(first.weights, second.weights, weights);
      interleave(first.totals, second.totals, totals);
    },
    sum(from, to) {
      run(list.byteOffset + setBytes * from, list.byteOffset + setBytes * to);
      return [result[0], result[1]];
    },
  };
}

/** The sum over sets: (address of the first set, of the end). */
function written({ entries, odd }: ReluParity, at: Places): SimdFunction {
  const f = new SimdFunction(2);
  const [set, end] = [f.parameter(0), f.parameter(1)];
  const scale = f.keep(vector.load(integer.of(at.scale)));
  const total = f.variable(vector.zero);
  const table = Math.log2(entries * wide);
  f.repeat(() => {
    const [left, right] = [0, 4].map((offset) => f.keep(integer.load(set, offset), "integer"));
    const [a, b] = [left, right].map((half) => f.keep(integer.shiftLeft(half, table), "integer"));
    const distances = f.variable(vector.zero);
    addDistances(f, entries, at, [a, b], distances);
    const ofTotals = (half: Code, which: number): Code =>
      vector.load(integer.shiftLeft(half, Math.log2(2 * wide)), at.totals + wide * which);
    const sum = pair.add(
      pair.mul(ofTotals(left, 0), ofTotals(right, 1)),
      pair.mul(ofTotals(left, 1), ofTotals(right, 0)),
    );
    const value = odd ? pair.sub(sum, distances.value) : pair.add(sum, distances.value);
    total.set(pair.add(total.value, pair.mul(scale, value)));
    f.advance(0, integer.of(setBytes));
    return integer.less(set, end);
  });
  f.do(vector.store(integer.of(at.result), total.value));
  return f;
}

/** Entries of the right table that `ReluParity.combine` takes together. */
const FOUR = 4;

/** Adds sum of s_a s_b |a - b| over two tables, by their places in `sums` and `weights`, in bytes. */
function addDistances(
  f: SimdFunction,
  entries: number,
  at: Places,
  [left, right]: readonly Code[],
  to: Variable,
): void {
  const sumAt = (place: Code, i: number): Code => f.keep(vector.load(place, at.sums + wide * i));
  const weightAt = (place: Code, i: number): Code => f.keep(vector.load(place, at.weights + wide * i));
  const add = (term: Code): void => to.set(pair.add(to.value, term));
  const distance = (x: Code, y: Code): Code => pair.abs(pair.sub(x, y));
  if (entries < FOUR) {
    for (let j = 0; j < entries; j++)
      for (let i = 0; i < entries; i++) {
        const weight = pair.mul(weightAt(left, i), weightAt(right, j));
        add(pair.mul(weight, distance(sumAt(left, i), sumAt(right, j))));
      }
    return;
  }
  /** Repeats for places of a table, so many entries apart. */
  const along = (start: Code, step: number, write: (place: Code) => void): void => {
    const place = f.variable(start, "integer");
    const end = f.keep(integer.add(start, integer.of(wide * entries)), "integer");
    f.repeat(() => {
      write(place.value);
      place.set(integer.add(place.value, integer.of(step * wide)));
      return integer.less(place.value, end);
    });
  };
  along(right, FOUR, (four) => {
    const others = [0, 1, 2, 3].map((j) => [sumAt(four, j), weightAt(four, j)] as const);
    along(left, 1, (one) => {
      const x = sumAt(one, 0);
      const [first, ...more] = others.map(([y, weight]) => pair.mul(weight, distance(x, y)));
      add(pair.mul(weightAt(one, 0), more.reduce(pair.add, first)));
    });
  });
}

function interleave(first: Float64Array, second: Float64Array, into: Float64Array): void {
  for (let at = 0; at < first.length; at++) {
    into[2 * at] = first[at];
    into[2 * at + 1] = second[at];
  }
}
