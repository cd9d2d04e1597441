/**
 * The inner loops of `degree-counts.ts`. A state is a parity vector of 16 bits and two numbers, its remainders modulo
 * two numbers, which are computed with side by side.
 *
 * In memory follow one another: constants, a pair of sums for every parity vector, the moves of a layer, the states
 * they come from, and those they lead to, which become as many as there are.
 */

import { integer, pair, SimdFunction, vector, type Code } from "../../base/simd.ts";
import type { CountArithmetic, Pair } from "./count-arithmetic.ts";
import type { Layer } from "./degree-histograms.ts";

/** Bytes of a state; and of a move: the addresses of its first state and behind its last, the flip, the ways. */
const STATE = 18;
const MOVE = 24;

/** Where things lie, in bytes: the address behind the last state, factors, up to three constants, sums. */
const END = 0;
const FACTORS = 16;
const CONSTANTS = 32;
const SUMS = CONSTANTS + 3 * 16;

const PAGE = 65_536;

export interface CountKernel {
  /** Begins the next layer, whose targets follow. @returns how many additions they are */
  begin(layer: Layer): number;
  /**
   * Adds up what the next moves bring to their target, and keeps the remainders, times the factors, of each vector that
   * is reached.
   * @param moves how many, one at least
   */
  finish(moves: number, factors: Pair): void;
  /** The remainders of a last layer of one target: those of vector i at 2 i and 2 i + 1. */
  remainders(): BigUint64Array;
}

/**
 * Begins with one histogram of one state, the vector 0, which counts once.
 * @param bits of the vectors, at most 16
 */
export function countKernel(bits: number, arithmetic: CountArithmetic): CountKernel {
  const movesAt = SUMS + 16 * 2 ** bits;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((movesAt + STATE) / PAGE) });
  const put = (at: number, numbers: Float64Array | BigUint64Array): void =>
    new Uint8Array(memory.buffer).set(new Uint8Array(numbers.buffer), at);
  const reserve = (bytes: number): void => {
    const { byteLength } = memory.buffer;
    if (bytes > byteLength) memory.grow(Math.ceil((bytes - byteLength + byteLength / 8) / PAGE));
  };
  const run = loops(bits, arithmetic).compile(memory);
  for (const [i, constant] of arithmetic.constants.entries()) put(CONSTANTS + 16 * i, constant);
  put(movesAt, arithmetic.lanes([1n, 1n]));

  let move = movesAt;
  // where the states of each histogram begin, and those of the last end
  let bounds = [movesAt, movesAt + STATE];
  return {
    begin({ first, source, degree, ways }) {
      const [from, to] = [bounds[0], bounds[bounds.length - 1]];
      const count = first[first.length - 1];
      const start = movesAt + MOVE * count;
      reserve(start + to - from);
      new Uint8Array(memory.buffer).copyWithin(start, from, to);
      const moves = new Uint32Array(memory.buffer, movesAt, (MOVE / 4) * count);
      const words = new Float64Array(memory.buffer, movesAt, (MOVE / 8) * count);
      const waysAsWords = arithmetic.words(ways);
      let bytes = 0;
      for (let k = 0; k < count; k++) {
        const [begin, end] = [bounds[source[k]], bounds[source[k] + 1]];
        moves[6 * k] = begin + start - from;
        moves[6 * k + 1] = end + start - from;
        moves[6 * k + 2] = (1 << degree[k]) >>> 2;
        words[3 * k + 2] = waysAsWords[k];
        bytes += end - begin;
      }
      move = movesAt;
      bounds = [start + to - from];
      return bytes / STATE;
    },
    finish(moves, factors) {
      const at = bounds[bounds.length - 1];
      reserve(at + STATE * (2 ** bits + 1)); // what is no state is written, too, and written over
      put(FACTORS, arithmetic.lanes(factors));
      run(move, (move += MOVE * moves), at);
      bounds.push(new Uint32Array(memory.buffer, END, 1)[0]);
    },
    remainders() {
      const found = new BigUint64Array(2 * 2 ** bits);
      const view = new DataView(memory.buffer);
      for (let at = bounds[0]; at < bounds[1]; at += STATE)
        found.set(arithmetic.numbers(view, at), 2 * view.getUint16(at + 16, true));
      return found;
    },
  };
}

/** (first move, behind the last, where the target's states go), addresses in bytes. */
function loops(bits: number, arithmetic: CountArithmetic): SimdFunction {
  const f = new SimdFunction(3);
  const [move, last] = [f.parameter(0), f.parameter(1)];
  const state = f.variable(integer.of(0), "integer");
  const sum = f.variable(integer.of(0), "integer");
  f.repeat(() => {
    state.set(integer.load(move));
    const end = f.keep(integer.load(move, 4), "integer");
    const flip = f.keep(integer.load(move, 8), "integer");
    const ways = f.keep(pair.loadBoth(move, 16));
    const left = (): Code => integer.less(state.value, end);
    // none, where all counts of a histogram are divisible by both moduli
    f.when(left(), () =>
      f.repeat(() => {
        sum.set(integer.shiftLeft(integer.xor(integer.load16(state.value, 16), flip), 4));
        const product = arithmetic.mul(ways, vector.load(state.value));
        f.do(vector.store(sum.value, arithmetic.add(vector.load(sum.value, SUMS), product), SUMS));
        state.set(integer.add(state.value, integer.of(STATE)));
        return left();
      }),
    );
    f.advance(0, integer.of(MOVE));
    return integer.less(move, last);
  });
  keepReached(f, bits, arithmetic);
  return f;
}

/** Moves the sums that are not zero to the states, as they are kept, and clears them. */
function keepReached(f: SimdFunction, bits: number, { constants, kept }: CountArithmetic): void {
  const out = f.parameter(2);
  const constant = (at: number): Code => f.keep(vector.load(integer.of(at)));
  const factors = constant(FACTORS);
  const known = constants.map((_, i) => constant(CONSTANTS + 16 * i));
  const index = f.variable(integer.of(0), "integer");
  f.repeat(() => {
    const at = f.keep(integer.shiftLeft(index.value, 4), "integer");
    const sum = f.keep(vector.load(at, SUMS));
    f.do(vector.store(out, kept(f, sum, known, factors)));
    f.do(integer.store16(out, index.value, 16));
    f.do(vector.store(at, vector.zero, SUMS));
    f.advance(2, integer.mul(vector.any(sum), integer.of(STATE)));
    index.set(integer.add(index.value, integer.of(1)));
    return integer.less(index.value, integer.of(2 ** bits));
  });
  f.do(integer.store(integer.of(END), out));
}
