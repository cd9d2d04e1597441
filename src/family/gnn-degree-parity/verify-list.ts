/** A list of sets, no two of whose parities correlate much: held against the law of the parity vector, pair by pair. */

import { parity } from "../../numeric/integers.ts";
import { roundings } from "../../numeric/rounding.ts";
import type { Check } from "../../query/certifier.ts";
import { apartCheck } from "../../query/listed-evidence.ts";

/**
 * @param law [vector, probability], as checked; all probabilities together are wrong by `doubt` at most
 * @param list bit j of a place stands for the degree j + 2; absent where none is named
 */
export function checkList(
  law: readonly (readonly [number, number])[],
  doubt: number,
  n: number,
  list: readonly number[] | undefined,
): Check[] {
  if (list === undefined) return [];
  const known = new Map<number, number>();
  let largest = 0;
  for (const s of list)
    for (const t of list) {
      if (t >= s) break; // in increasing order
      const u = s ^ t;
      const size =
        known.get(u) ?? Math.abs(law.reduce((x, [v, p]) => x + (parity(u & (v >>> 2)) ? -p : p), 0));
      known.set(u, size);
      largest = Math.max(largest, size);
    }
  const most = largest + doubt + 2 * roundings(law.length + 4);
  return [
    apartCheck(
      list,
      most,
      list.every((s) => s < 2 ** (n - 2)),
    ),
  ];
}
