/**
 * Sets whose orbit counts fit estimated ones: the turnpike problem with noise, and its generalisation to any group.
 * Points are added in ascending order; a partial set that holds more of some orbit than was estimated can only get
 * worse, so what it is worse by bounds all that contain it from below, and the search backtracks.
 */

import type { OrbitCounts } from "./orbit-counts.ts";

export interface Candidate {
  readonly set: Int32Array;
  /** Sum over orbits of ((count - estimate) / error)^2. */
  readonly misfit: number;
}

export interface SearchOptions {
  readonly size: number;
  /** Search only sets that contain point 0: where the group is transitive every orbit has one. */
  readonly throughZero: boolean;
  /** Sets with a larger misfit are left out. */
  readonly limit: number;
  /** Candidates kept, at most. */
  readonly keep: number;
  /** Partial sets looked at, at most. */
  readonly nodes: number;
}

/** The best sets, the best first; `whole` tells whether all within the limit were looked at. */
export function fittingSets(
  all: readonly OrbitCounts[],
  { size, throughZero, limit, keep, nodes }: SearchOptions,
): { candidates: Candidate[]; whole: boolean } {
  const n = all[0].n;
  const held = all.map(({ counts }) => new Int32Array(counts.length));
  const set = new Int32Array(size);
  const best: Candidate[] = [];
  let [looked, bound] = [0, limit];
  let misfit = all.reduce((sum, o) => sum + o.counts.reduce((s, c, i) => s + (c / o.errors[i]) ** 2, 0), 0);
  let excess = 0;

  /** Counts one more set of an orbit, or one less. */
  const change = (o: number, label: number, by: 1 | -1): void => {
    const { counts, errors } = all[o];
    const before = (held[o][label] - counts[label]) / errors[label];
    held[o][label] += by;
    const after = (held[o][label] - counts[label]) / errors[label];
    misfit += after * after - before * before;
    excess += Math.max(0, after) ** 2 - Math.max(0, before) ** 2;
  };
  /** The r-sets that point number `depth` completes. */
  const complete = (depth: number, by: 1 | -1): void => {
    for (const [o, { r, labels }] of all.entries()) {
      const walk = (from: number, left: number, at: number): void => {
        if (left === 0) return change(o, labels[at * n + set[depth]], by);
        for (let i = from; i <= depth - left; i++) walk(i + 1, left - 1, at * n + set[i]);
      };
      walk(0, r - 1, 0);
    }
  };
  const keepSet = (): void => {
    if (misfit >= bound) return;
    const at = best.findIndex((c) => c.misfit > misfit);
    best.splice(at < 0 ? best.length : at, 0, { set: set.slice(), misfit });
    if (best.length > keep) best.pop();
    if (best.length === keep) bound = best[keep - 1].misfit;
  };
  const extend = (depth: number, from: number): void => {
    if (depth === size) return keepSet();
    const to = depth === 0 && throughZero ? 0 : n - size + depth;
    for (let point = from; point <= to && looked < nodes; point++) {
      looked++;
      set[depth] = point;
      complete(depth, 1);
      if (excess < bound) extend(depth + 1, point + 1);
      complete(depth, -1);
    }
  };
  extend(0, 0);
  return { candidates: best, whole: looked < nodes };
}
