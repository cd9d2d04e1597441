/** The random graphs as first defined: bit by bit, a byte an entry. The stream of every record is this one. */

import { stream, type Key } from "../../src/base/random.ts";
import { bernoulliWords, type GraphLaw } from "../../src/distribution/erdos-renyi.ts";

/** count x n x n of 0 and 1. Each graph begins with a fresh word, whose bits are taken least significant first. */
export function graphBytes(key: Key, { n, edges, p }: GraphLaw, count: number): Uint8Array {
  const next = bernoulliWords(stream(key).word, p);
  const data = new Uint8Array(count * n * n);
  for (let g = 0; g < count; g++) {
    let [word, left] = [0, 0];
    const bit = (): number => {
      if (left === 0) [word, left] = [next(), 32];
      const drawn = word & 1;
      word >>>= 1;
      left--;
      return drawn;
    };
    for (let i = 0; i < n; i++)
      for (let j = edges === "undirected" ? i + 1 : 0; j < n; j++) {
        if (i === j && edges !== "directed-loops") continue;
        const drawn = bit();
        data[(g * n + i) * n + j] = drawn;
        if (edges === "undirected") data[(g * n + j) * n + i] = drawn;
      }
  }
  return data;
}
