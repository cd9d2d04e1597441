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
  const degrees = new Uint8Array(Math.round(choose(n, t)));
  for (let word = 0, i = 0; word < 2 ** n; word++)
    // below the highest one there are the other ones, and a zero for each smaller value
    if (ones(word) === n - t) degrees[i++] = t === n ? 0 : 32 - Math.clz32(word) - (n - t);
  return degrees;
}

/** @param t finished vertices, 0 <= t < n <= 20 */
export function layerMoves(n: number, t: number, index: Int32Array): Layer {
  const r = n - t;
  const count = (k: number): number => Math.round(choose(n, k));
  const [sources, targets] = [count(r), count(r - 1)];
  let capacity = 4 * sources + 16;
  let [from, to] = [new Int32Array(capacity), new Int32Array(capacity)];
  let [degree, edges, ways] = [
    new Uint8Array(capacity),
    new Uint8Array(capacity),
    new Float64Array(capacity),
  ];
  const first = new Int32Array(targets + 1);
  let size = 0;

  const grow = (): void => {
    capacity *= 2;
    const larger = <T extends Int32Array | Uint8Array | Float64Array>(old: T, fresh: T): T => (
      fresh.set(old),
      fresh
    );
    from = larger(from, new Int32Array(capacity));
    to = larger(to, new Int32Array(capacity));
    degree = larger(degree, new Uint8Array(capacity));
    edges = larger(edges, new Uint8Array(capacity));
    ways = larger(ways, new Float64Array(capacity));
  };
  const members = new Uint8Array(t + 1);
  let [source, taken] = [0, 0];
  // Values 0..value-1 are settled: `word` holds them in its low `length` bits, `open` ones of value `value` came up.
  const move = (
    value: number,
    word: number,
    length: number,
    open: number,
    drawn: number,
    product: number,
  ): void => {
    if (value > t) {
      const target = index[word | (((1 << open) - 1) << length)];
      if (size === capacity) grow();
      from[size] = source;
      to[size] = target;
      degree[size] = taken + drawn;
      edges[size] = drawn;
      ways[size++] = product;
      first[target + 1]++;
      return;
    }
    const m = members[value];
    for (let up = 0; up <= m; up++) {
      const stay = open + m - up;
      move(
        value + 1,
        word | (((1 << stay) - 1) << length),
        length + stay + 1,
        up,
        drawn + up,
        product * choose(m, up),
      );
    }
  };
  for (let word = 0; word < index.length; word++) {
    if (ones(word) !== r) continue;
    members.fill(0);
    for (let bit = 0, value = 0; bit < n; bit++) {
      if (((word >>> bit) & 1) === 1) members[value]++;
      else value++;
    }
    taken = t;
    while (members[taken] === 0) taken--;
    members[taken]--;
    source = index[word];
    move(0, 0, 0, 0, 0, 1);
  }

  for (let i = 0; i < targets; i++) first[i + 1] += first[i];
  const at = first.slice(0, targets);
  const sorted = {
    source: new Int32Array(size),
    degree: new Uint8Array(size),
    edges: new Uint8Array(size),
    ways: new Float64Array(size),
  };
  for (let i = 0; i < size; i++) {
    const place = at[to[i]]++;
    sorted.source[place] = from[i];
    sorted.degree[place] = degree[i];
    sorted.edges[place] = edges[i];
    sorted.ways[place] = ways[i];
  }
  return { sources, targets, first, ...sorted };
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

const rows: number[][] = [];
/** C(n, k) as a float64, exact while below 2^53. */
export function choose(n: number, k: number): number {
  for (let i = rows.length; i <= n; i++)
    rows.push(
      Array.from({ length: i + 1 }, (_, j) => (j === 0 || j === i ? 1 : rows[i - 1][j - 1] + rows[i - 1][j])),
    );
  return rows[n][k] ?? 0;
}

function ones(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return (((x + (x >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
