/**
 * The inner loops of `degree-counts.ts`. A state is a parity vector of 16 bits and two numbers, its remainders modulo
 * two numbers, which are float64 and computed with side by side.
 *
 * In memory follow one another: constants, a pair of sums for every parity vector, the moves of a layer, the states
 * they come from, and those they lead to, which become as many as there are.
 */

import { integer, pair, SimdFunction, vector, type Code } from "../../base/simd.ts";
import type { Layer } from "./degree-histograms.ts";

/** Two numbers, one for each modulus. */
export type Pair = readonly [number, number];

/** The largest moduli: where there are no factors, and where sums are reduced and multiplied by one. */
export const largestModulus = { plain: 2 ** 41, weighted: 2 ** 26 };

/** Bytes of a state; and of a move: the addresses of its first state and behind its last, the flip, the ways. */
const STATE = 18;
const MOVE = 24;

/** Where things lie, in bytes: the address behind the last state, constants, sums. */
const END = 0;
const MODULI = 16;
const INVERSES = 32;
const FACTORS = 48;
const SUMS = 64;

const PAGE = 65_536;

export interface CountKernel {
  /** Begins the next layer, whose targets follow. @returns how many additions they are */
  begin(layer: Layer): number;
  /**
   * Adds up what the next moves bring to their target, and keeps the remainders, times a factor where one is given, of
   * each vector that is reached.
   * @param moves how many, one at least
   */
  finish(moves: number, factor: Pair | null): void;
  /** The remainders of a last layer of one target: those of vector i at 2 i and 2 i + 1. */
  remainders(): Float64Array;
}

/**
 * Begins with one histogram of one state, the vector 0, which counts once.
 * @param bits of the vectors, at most 16
 * @param moduli at most `largestModulus`; times the ways into a histogram at most 2^53
 */
export function countKernel(bits: number, moduli: Pair): CountKernel {
  const movesAt = SUMS + 16 * 2 ** bits;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((movesAt + STATE) / PAGE) });
  const doubles = (at: number, length: number): Float64Array => new Float64Array(memory.buffer, at, length);
  const reserve = (bytes: number): void => {
    const { byteLength } = memory.buffer;
    if (bytes > byteLength) memory.grow(Math.ceil((bytes - byteLength + byteLength / 8) / PAGE));
  };
  const [plain, weighted] = [false, true].map((times) => loops(bits, times).compile(memory));
  doubles(MODULI, 2).set(moduli);
  doubles(INVERSES, 2).set(moduli.map(belowInverse));
  doubles(movesAt, 2).fill(1);

  let move = movesAt;
  // where the states of each histogram begin, and those of the last end
  let bounds = [movesAt, movesAt + STATE];
  return {
    begin({ first, source, degree, ways }) {
      const [from, to] = [bounds[0], bounds[bounds.length - 1]];
      const start = movesAt + MOVE * ways.length;
      reserve(start + to - from);
      new Uint8Array(memory.buffer).copyWithin(start, from, to);
      const moves = new Uint32Array(memory.buffer, movesAt, (MOVE / 4) * ways.length);
      const waysAt = doubles(movesAt, (MOVE / 8) * ways.length);
      let bytes = 0;
      for (let k = 0; k < first[first.length - 1]; k++) {
        const [begin, end] = [bounds[source[k]], bounds[source[k] + 1]];
        moves[6 * k] = begin + start - from;
        moves[6 * k + 1] = end + start - from;
        moves[6 * k + 2] = (1 << degree[k]) >>> 2;
        waysAt[3 * k + 2] = ways[k];
        bytes += end - begin;
      }
      move = movesAt;
      bounds = [start + to - from];
      return bytes / STATE;
    },
    finish(moves, factor) {
      const at = bounds[bounds.length - 1];
      reserve(at + STATE * (2 ** bits + 1)); // what is no state is written, too, and written over
      if (factor !== null) doubles(FACTORS, 2).set(factor);
      (factor === null ? plain : weighted)(move, (move += MOVE * moves), at);
      bounds.push(new Uint32Array(memory.buffer, END, 1)[0]);
    },
    remainders() {
      const found = new Float64Array(2 * 2 ** bits);
      const view = new DataView(memory.buffer);
      for (let at = bounds[0]; at < bounds[1]; at += STATE)
        for (const lane of [0, 1])
          found[2 * view.getUint16(at + 16, true) + lane] = view.getFloat64(at + 8 * lane, true);
      return found;
    },
  };
}

/** So little below 1 / m that quotients found by it are never too large; below 2^53 they are one too small at most. */
const belowInverse = (m: number): number => (1 / m) * (1 - 2 ** -51);

/** (first move, behind the last, where the target's states go), addresses in bytes. */
function loops(bits: number, times: boolean): SimdFunction {
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
        const added = pair.add(vector.load(sum.value, SUMS), pair.mul(ways, vector.load(state.value)));
        f.do(vector.store(sum.value, added, SUMS));
        state.set(integer.add(state.value, integer.of(STATE)));
        return left();
      }),
    );
    f.advance(0, integer.of(MOVE));
    return integer.less(move, last);
  });
  keepReached(f, bits, times);
  return f;
}

/** Moves the sums that are not zero, reduced, to the states, and clears them. */
function keepReached(f: SimdFunction, bits: number, times: boolean): void {
  const out = f.parameter(2);
  const [modulus, inverse, factors] = [MODULI, INVERSES, FACTORS].map((at) =>
    f.keep(vector.load(integer.of(at))),
  );
  const reduced = (x: Code): Code => {
    const whole = f.keep(x);
    const rest = f.keep(pair.sub(whole, pair.mul(pair.floor(pair.mul(whole, inverse)), modulus)));
    return f.keep(pair.sub(rest, vector.without(modulus, pair.greater(modulus, rest))));
  };
  const index = f.variable(integer.of(0), "integer");
  f.repeat(() => {
    const at = f.keep(integer.shiftLeft(index.value, 4), "integer");
    const sum = f.keep(vector.load(at, SUMS));
    const rest = reduced(sum);
    f.do(vector.store(out, times ? reduced(pair.mul(rest, factors)) : rest));
    f.do(integer.store16(out, index.value, 16));
    f.do(vector.store(at, vector.zero, SUMS));
    f.advance(2, integer.mul(vector.any(sum), integer.of(STATE)));
    index.set(integer.add(index.value, integer.of(1)));
    return integer.less(index.value, integer.of(2 ** bits));
  });
  f.do(integer.store(integer.of(END), out));
}
