/**
 * The verifier's own way to the law of pi(A) of an undirected graph. It shares nothing with `degree-law.ts` and
 * `degree-counts.ts`: it takes the vertex of the *least* partial degree, goes from each histogram back to those it
 * comes from instead of listing moves, and carries two numbers a state, whatever they are: remainders modulo two
 * primes, or a lower and an upper bound.
 *
 * A histogram of r vertices with partial degrees 0..t is a word of n = r + t bits: for each value as many ones as
 * there are vertices, then a zero. Parity vectors are kept without the coordinates 0 and 1, which the others fix: the
 * finished vertices number t, and the sum of their degrees is even exactly if that of the partial degrees is. A
 * graph's weight is a product over its vertices of p^d q^(t-d), d of the t finished vertices being neighbours; d is
 * the histogram's least value.
 *
 * Only XORs act on the vectors, so the law f splits along a coordinate e into f(v) + f(v ^ e) and f(v) - f(v ^ e), each
 * found by a pass of its own over half the vectors: flipping e does nothing to the one and changes the other's sign.
 */

import type { Progress } from "../../base/progress.ts";

/** What is carried: two non-negative numbers a state. */
export interface Lanes {
  readonly kind: typeof Uint32Array | typeof Float64Array;
  /**
   * Finishes the sums over so many moves, in place: sums[2 i] and sums[2 i + 1] of each vector that is reached.
   * `weight` tells the power of p and that of q to multiply by; none at the end.
   */
  settle(sums: Float64Array, moves: number, weight?: { readonly edges: number; readonly none: number }): void;
}

/** Half of a law: sums or differences of the values at vectors that differ in one coordinate (2 to n - 1) alone. */
export interface Half {
  readonly coordinate: number;
  readonly sign: 1 | -1;
}

/** Additions in the inner loop, as measured. */
const additions = (n: number): number => 3.34e8 * 4.55 ** (n - 15);

/**
 * The two numbers of each vector v, at 2 (v >> 2) and the place after it; of a half, v >> 2 without the coordinate's
 * bit. n at most 18.
 */
export function* pulledLaw(n: number, lanes: Lanes, half?: Half): Generator<Progress, Float64Array> {
  const [begin, end] = [new Float64Array(2 ** n), new Float64Array(2 ** n)];
  const cells = new Float64Array(2 * 2 ** (half === undefined ? n - 2 : n - 3));
  const flips = Array.from({ length: n }, (_, degree) => flipAt(degree, half));
  const sums = new Float64Array(cells.length);
  let states = growing(lanes.kind);
  states.reserve(1);
  states.values.fill(1, 0, 2);
  end[2 ** n - 1] = 1;
  const total = half === undefined ? additions(n) : additions(n) / 2;
  let done = 0;
  for (let t = 0; t < n; t++) {
    const next = growing(lanes.kind);
    let [size, pause] = [0, done + 2e7];
    const pull = pullsInto(t, (source, degree, ways) => {
      const { mask, sign } = flips[degree];
      add(cells, states, begin[source], end[source], mask, sign * ways);
      done += end[source] - begin[source];
    });
    for (let word = 0; word < 2 ** n; word++) {
      if (onesIn(word) !== n - t - 1) continue;
      const moves = pull(word);
      if (word === 0) break;
      const edges = trailingZeros(word);
      begin[word] = size;
      size = compact(cells, sums, next, size, (some) =>
        lanes.settle(some, moves, { edges, none: t + 1 - edges }),
      );
      end[word] = size;
      if (done > pause) {
        pause = done + 2e7;
        yield { what: "law of the parity vector", done: Math.min(done, total), total };
      }
    }
    states = next;
  }
  lanes.settle(cells, 2 * n);
  return cells;
}

/** What a vertex of this degree does to a parity vector, and to the sign of what is carried. */
function flipAt(degree: number, half?: Half): { readonly mask: number; readonly sign: number } {
  const mask = (1 << degree) >>> 2;
  if (half === undefined || degree < half.coordinate) return { mask, sign: 1 };
  return degree === half.coordinate ? { mask: 0, sign: half.sign } : { mask: mask >>> 1, sign: 1 };
}

/**
 * Calls back with every way into a histogram with t + 1 finished vertices: the histogram before, the final degree of
 * the vertex that was taken, and in how many ways its edges can be drawn. @returns the number of these calls
 */
function pullsInto(
  t: number,
  visit: (source: number, degree: number, ways: number) => void,
): (word: number) => number {
  const members = new Uint8Array(t + 2);
  let moves = 0;
  // values below v are undone: `raised` of the vertices of value v were raised to it by the last edges
  const undo = (
    v: number,
    raised: number,
    word: number,
    length: number,
    drawn: number,
    ways: number,
  ): void => {
    if (v > t) {
      const least = word === 0 ? t : Math.min(t, trailingZeros(word));
      for (let d = 0; d <= least; d++) {
        moves++;
        visit((word << 1) | (1 << d), d + drawn, ways);
      }
      return;
    }
    // the top value is reached by an edge only
    for (let up = v === t ? members[t + 1] : 0; up <= members[v + 1]; up++) {
      const before = members[v] - raised + up;
      const ones = ((1 << before) - 1) << length;
      undo(v + 1, up, word | ones, length + before + 1, drawn + up, ways * waysToChoose(before, up));
    }
  };
  return (word) => {
    members.fill(0);
    for (let rest = word, v = 0; rest !== 0; rest >>>= 1)
      if ((rest & 1) === 1) members[v]++;
      else v++;
    moves = 0;
    undo(0, 0, 0, 0, 0, 1);
    return moves;
  };
}

interface States {
  vectors: Uint16Array;
  values: Uint32Array | Float64Array;
  /** Makes room for so many states. */
  reserve(count: number): void;
}

function growing(kind: Lanes["kind"]): States {
  const states: States = {
    vectors: new Uint16Array(0),
    values: new kind(0),
    reserve(count) {
      if (count <= states.vectors.length) return;
      const room = Math.ceil(1.4 * count);
      const [vectors, values] = [new Uint16Array(room), new kind(2 * room)];
      vectors.set(states.vectors);
      values.set(states.values);
      Object.assign(states, { vectors, values });
    },
  };
  return states;
}

/** The inner loop. */
function add(
  cells: Float64Array,
  states: States,
  begin: number,
  end: number,
  flip: number,
  ways: number,
): void {
  const { vectors, values } = states;
  for (let i = begin; i < end; i++) {
    const at = (vectors[i] ^ flip) << 1;
    cells[at] += ways * values[2 * i];
    cells[at + 1] += ways * values[2 * i + 1];
  }
}

/** Appends the cells that are not zero, settled, and clears them; `sums` is room to work in. */
function compact(
  cells: Float64Array,
  sums: Float64Array,
  into: States,
  from: number,
  settle: (sums: Float64Array) => void,
): number {
  into.reserve(from + cells.length / 2);
  let size = 0;
  for (let at = 0; at < cells.length; at += 2) {
    if (cells[at] === 0 && cells[at + 1] === 0) continue;
    into.vectors[from + size] = at >> 1;
    sums[2 * size] = cells[at];
    sums[2 * size + 1] = cells[at + 1];
    cells[at] = 0;
    cells[at + 1] = 0;
    size++;
  }
  const found = sums.subarray(0, 2 * size);
  settle(found);
  into.values.set(found, 2 * from);
  return from + size;
}

function onesIn(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return count;
}

const trailingZeros = (word: number): number => 31 - Math.clz32(word & -word);

/** C(n, k) for n at most 18, by the factorials. */
const waysToChoose = (n: number, k: number): number => factorials[n] / (factorials[k] * factorials[n - k]);
const factorials = [1];
for (let i = 1; i <= 18; i++) factorials.push(i * factorials[i - 1]);
