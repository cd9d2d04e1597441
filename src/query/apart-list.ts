/**
 * Long lists of functions no two of which correlate much, found greedily: d functions of pairwise correlations of at
 * most 1/d prove an SQ dimension of d (Blum et al. 1994; docs/theory.md, "Other notions of dimension"). The list is the
 * proof; that a longer one was not found proves nothing.
 */

import { range } from "../base/range.ts";
import type { SymmetricMatrix } from "../numeric/eigenvalue-bounds.ts";

/** Which members correlate above 1/d with a member, and in what order members are tried. */
interface Near {
  readonly order: ArrayLike<number>;
  readonly to: (member: number) => Iterable<number>;
}

/** Lists are looked for among so many members: the work grows with the square of their number. */
export const mostTried = 2000;

/**
 * The longest list found, d members of pairwise correlations of at most 1/d, in increasing order.
 * @param count members, from 0 on
 * @param near for a length d
 */
export function apartList(count: number, near: (d: number) => Near): number[] {
  let best = count > 0 ? [0] : [];
  let [found, most] = [best.length, count];
  while (found < most) {
    const d = Math.ceil((found + most) / 2);
    const list = firstFit(count, near(d), d);
    if (list.length === d) [best, found] = [list, d];
    else most = d - 1;
  }
  return best.sort((a, b) => a - b);
}

/** Takes every member that is not near to one taken before, up to d of them. */
function firstFit(count: number, { order, to }: Near, d: number): number[] {
  const excluded = new Uint8Array(count);
  const list: number[] = [];
  for (let at = 0; at < order.length && list.length < d; at++) {
    if (excluded[order[at]] === 1) continue;
    list.push(order[at]);
    for (const other of to(order[at])) excluded[other] = 1;
  }
  return list;
}

/**
 * By a normalised Gram matrix; members with few others near to them are tried first.
 * @param room what a checker's entries may differ by, absolutely
 */
export function apartInMatrix(matrix: SymmetricMatrix, order: number, room: number): number[] {
  const count = Math.min(order, mostTried);
  return apartList(count, (d) => {
    const most = (1 / d - room) * (1 - 2 ** -20);
    const near = Array.from({ length: count }, (_, i) => {
      const row: number[] = [];
      for (let j = 0; j < count; j++) if (j !== i && !(Math.abs(matrix[i * order + j]) <= most)) row.push(j);
      return row;
    });
    const tried = Array.from(near.keys()).sort((a, b) => near[a].length - near[b].length || a - b);
    return { order: tried, to: (member) => near[member] };
  });
}

/**
 * By the correlations of characters of F_2^m, where that of two members is one of their difference's, u = s xor t.
 * @param count 2^m
 * @param isNear whether the correlation of u may exceed 1/d in absolute value
 */
export function apartCharacters(count: number, isNear: (u: number, d: number) => boolean): number[] {
  const all = range(count);
  return apartList(count, (d) => {
    const near = all.filter((u) => u > 0 && isNear(u, d));
    return { order: all, to: (member) => near.map((u) => u ^ member) };
  });
}
