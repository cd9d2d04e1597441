/**
 * Building an undirected Erdos-Renyi graph vertex by vertex, seen from the degrees alone.
 *
 * With t vertices finished and r = n - t to come, what matters of the latter is the histogram of their partial
 * degrees (edges to finished vertices, 0..t). One of them is taken, joined to some of the others, and is finished. By
 * exchangeability it may be chosen by any rule that looks at the histogram only: here always the largest partial
 * degree. That keeps the remaining vertices alike and hence the parity vectors few: 99,027 states at n = 11, against
 * 166,340 (rarest value), 128,398 (farthest from the mean) and 197,184 (commonest value).
 *
 * A histogram is an n-bit word: for each value 0..t as many ones as there are vertices, then a zero.
 */

import { binomial } from "../../numeric/choose.ts";

/** All moves from layer t to layer t + 1, gathered by target (compressed sparse rows). */
export interface Layer {
  readonly sources: number;
  readonly targets: number;
  /** Moves into target i: first[i] to first[i + 1] - 1. */
  readonly first: Int32Array;
  readonly source: Int32Array;
  /** Final degree of the vertex finished by the move. */
  readonly degree: Uint8Array;
  /** Edges drawn to the r - 1 vertices that stay. */
  readonly edges: Uint8Array;
  /** Number of ways to choose their ends, exact. */
  readonly ways: Float64Array;
}

/** Position of every n-bit word among those with equally many ones. */
export function histogramIndex(n: number): Int32Array {
  const index = new Int32Array(2 ** n);
  const seen = new Int32Array(n + 1);
  for (let word = 0; word < index.length; word++) index[word] = seen[ones(word)]++;
  return index;
}

/** The partial degree of the vertex that is taken next, for each histogram with t finished vertices. */
export function takenDegrees(n: number, t: number): Uint8Array {
  const degrees = new Uint8Array(choose(n, t));
  for (let word = 0, i = 0; word < 2 ** n; word++)
    // below the highest one there are the other ones, and a zero for each smaller value
    if (ones(word) === n - t) degrees[i++] = t === n ? 0 : 32 - Math.clz32(word) - (n - t);
  return degrees;
}

/** @param t finished vertices, 0 <= t < n <= 20 */
export function layerMoves(n: number, t: number, index: Int32Array): Layer {
  const r = n - t;
  const [sources, targets] = [choose(n, r), choose(n, r - 1)];
  const moves = createMoves(4 * sources + 16);
  const members = new Uint8Array(t + 1);
  for (let word = 0; word < index.length; word++) {
    if (ones(word) !== r) continue;
    countMembers(word, n, members);
    let taken = t;
    while (members[taken] === 0) taken--;
    members[taken]--;
    eachMove(members, (left, drawn, ways) => moves.add(index[word], index[left], taken + drawn, drawn, ways));
  }
  return { sources, targets, ...moves.byTarget(targets) };
}

/** How many vertices a histogram has of each value. */
function countMembers(word: number, n: number, members: Uint8Array): void {
  members.fill(0);
  for (let bit = 0, value = 0; bit < n; bit++) {
    if (((word >>> bit) & 1) === 1) members[value]++;
    else value++;
  }
}

/** The ways to join a vertex to some of the others, alike where these keep the same histogram. */
function eachMove(members: Uint8Array, visit: (left: number, drawn: number, ways: number) => void): void {
  // Values 0..value-1 are settled: `word` holds them in its low `length` bits, `open` ones of value `value` came up.
  const settle = (
    value: number,
    word: number,
    length: number,
    open: number,
    drawn: number,
    ways: number,
  ): void => {
    if (value === members.length) return visit(word | (((1 << open) - 1) << length), drawn, ways);
    const m = members[value];
    for (let up = 0; up <= m; up++) {
      const stay = open + m - up;
      const next = word | (((1 << stay) - 1) << length);
      settle(value + 1, next, length + stay + 1, up, drawn + up, ways * choose(m, up));
    }
  };
  settle(0, 0, 0, 0, 0, 1);
}

/** Moves as they are found, in columns that double when they are full. */
function createMoves(least: number) {
  let [from, to] = [new Int32Array(least), new Int32Array(least)];
  let [degree, edges, ways] = [new Uint8Array(least), new Uint8Array(least), new Float64Array(least)];
  let size = 0;

  function grow(): void {
    const capacity = 2 * from.length;
    [from, to] = [longer(from, new Int32Array(capacity)), longer(to, new Int32Array(capacity))];
    [degree, edges] = [longer(degree, new Uint8Array(capacity)), longer(edges, new Uint8Array(capacity))];
    ways = longer(ways, new Float64Array(capacity));
  }

  return {
    add(source: number, target: number, final: number, drawn: number, count: number): void {
      if (size === from.length) grow();
      from[size] = source;
      to[size] = target;
      degree[size] = final;
      edges[size] = drawn;
      ways[size++] = count;
    },
    /** In compressed sparse rows: those into one target beside each other, otherwise in the order they came. */
    byTarget(targets: number): Omit<Layer, "sources" | "targets"> {
      const first = new Int32Array(targets + 1);
      for (let i = 0; i < size; i++) first[to[i] + 1]++;
      for (let i = 0; i < targets; i++) first[i + 1] += first[i];
      const at = first.slice(0, targets);
      const place = new Int32Array(size);
      for (let i = 0; i < size; i++) place[i] = at[to[i]]++;
      return {
        first,
        source: scatter(from, place),
        degree: scatter(degree, place),
        edges: scatter(edges, place),
        ways: scatter(ways, place),
      };
    },
  };
}

type Column = Int32Array | Uint8Array | Float64Array;

function longer<T extends Column>(old: T, fresh: T): T {
  fresh.set(old);
  return fresh;
}

/** Entry i of a column at place[i]. */
function scatter<T extends Column>(column: T, place: Int32Array): T {
  const out = column.slice(0, place.length) as T;
  for (let i = 0; i < place.length; i++) out[place[i]] = column[i];
  return out;
}

/**
 * Roundings on the worst path into each histogram of the next layer, when every move is weighted by
 * ways * p^edges * q^(r-1-edges) with tabulated powers, multiplied and added up: 2(r - 1) for the powers, 3 for the
 * products, one less than the moves for the sum.
 */
export function addRoundings(layer: Layer, r: number, before: Float64Array): Float64Array {
  return Float64Array.from({ length: layer.targets }, (_, i) => {
    let worst = 0;
    for (let k = layer.first[i]; k < layer.first[i + 1]; k++)
      worst = Math.max(worst, before[layer.source[k]]);
    return worst + 2 * (r - 1) + 2 + layer.first[i + 1] - layer.first[i];
  });
}

/** Pascal's triangle up to the largest n. */
const rows: readonly (readonly number[])[] = Array.from({ length: 21 }, (_, n) =>
  Array.from({ length: n + 1 }, (_, k) => Number(binomial(n, k))),
);

/** C(n, k) for 0 <= k <= n <= 20. */
const choose = (n: number, k: number): number => rows[n][k];

function ones(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return (((x + (x >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
