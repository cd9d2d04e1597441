/**
 * The exponent s of E|F(x) - F(x + eps z)|^2 ~ eps^s, F a smooth network after a way of imposing a symmetry: 2 where F
 * is Lipschitz, 1 where it jumps on surfaces, of which a step of length eps crosses one with probability ~ eps.
 */

import { foldIn, normals, type Key } from "../../base/random.ts";
import { mean } from "../../base/statistics.ts";
import { logLogSlope } from "../../numeric/slope.ts";
import { actInversely } from "../../symmetry/actions.ts";
import { frameIds, frameOf } from "../../symmetry/frames.ts";
import { frameSize } from "../../network/frame-averaged.ts";
import { parseGroup } from "../../symmetry/groups.ts";
import { randomSmooth } from "../smooth-function.ts";
import type { Exponent } from "./study.ts";

/** The inputs that the network sees in place of x; its mean over them is F(x). */
type Forms = (x: Float64Array) => readonly ArrayLike<number>[];

const dimension = 6;
const distances = [0.1, 0.05, 0.02, 0.01];

/** Elements of a frame that are all evaluated. */
const mostElements = 24;

const framesOf = (name: string): (readonly [string, Forms])[] => {
  const group = parseGroup(name);
  return frameIds
    .filter((id) => frameSize(id, group) <= mostElements)
    .map((id) => {
      const frame = frameOf(id, group);
      return [`frame ${id}, ${name}`, (x) => frame.elements(x).map((g) => actInversely(g, x))];
    });
};

const turned = (x: Float64Array): number[] => {
  const first = x.indexOf(Math.max(...x));
  return Array.from(x, (_, i) => x[(first + i) % x.length]);
};

const byFirstColumn = (x: Float64Array): number[] =>
  [0, 2, 4]
    .map((at) => [x[at], x[at + 1]])
    .sort(([a], [b]) => b - a)
    .flat();

/** Every frame of the program, and canonical forms beside them. */
const maps: Readonly<Record<string, Forms>> = {
  none: (x) => [x],
  ...Object.fromEntries([`cyclic:${dimension}`, `symmetric:${dimension}`].flatMap(framesOf)),
  "sort, one column": (x) => [x.toSorted()],
  "sort rows of two columns by the first": (x) => [byFirstColumn(x)],
  "turn the largest entry to the front": (x) => [turned(x)],
};

export const mapNames = Object.keys(maps);

/** The exponent of each seed's network and points, and that of the mean over them. @param pairs of points a distance */
export function regularityOf(map: string, keys: readonly Key[], pairs: number): Exponent {
  const changes = keys.map((key) => changesOf(maps[map], key, pairs));
  const slope = (y: readonly number[]): number => logLogSlope(distances.map((x, i) => ({ x, y: y[i] })));
  return {
    map,
    exponents: changes.map(slope),
    pooled: slope(distances.map((_, i) => mean(changes.map((of) => of[i])))),
  };
}

/** E|F(x) - F(x + eps z)|^2 for every distance. */
function changesOf(forms: Forms, key: Key, pairs: number): number[] {
  const network = randomSmooth(foldIn(key, "network"), dimension);
  const valuesAt = (x: Float64Array): Float64Array =>
    Float64Array.from({ length: pairs }, (_, p) => {
      const all = forms(x.subarray(p * dimension, (p + 1) * dimension));
      return all.reduce((sum, form) => sum + network(form), 0) / all.length;
    });
  const x = normals(foldIn(key, "points"), new Float64Array(pairs * dimension));
  const steps = normals(foldIn(key, "steps"), new Float64Array(pairs * dimension));
  const values = valuesAt(x);
  return distances.map((eps) => {
    const moved = valuesAt(x.map((v, i) => v + eps * steps[i]));
    return mean(Array.from(moved, (v, p) => (v - values[p]) ** 2));
  });
}
