/** Chains of groups that no renaming of the points changes (symmetric and alternating), over any base. */

import type { Level } from "./chain.ts";

/** The levels with point i renamed order[i]; a chain of the same group if the group is normal in the symmetric one. */
export function reorderedLevels(levels: readonly Level[], order: Int32Array): Level[] {
  const back = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) back[order[i]] = i;
  const plain = new Int32Array(order.length);
  return levels.map((level) => ({
    point: order[level.point],
    size: level.size,
    at: (index) => order[level.at(index)],
    has: (point) => level.has(back[point]),
    representative(target, out) {
      level.representative(back[target], plain);
      for (let i = 0; i < out.length; i++) out[order[i]] = order[plain[i]];
    },
  }));
}
