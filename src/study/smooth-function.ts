/** A smooth function without symmetry, to see what a way of imposing one does to it. */

import { foldIn, normals, type Key } from "../base/random.ts";

const units = 8;

/** A random sum of tanh units on so many inputs. */
export function randomSmooth(key: Key, inputs: number): (x: ArrayLike<number>) => number {
  const inner = normals(foldIn(key, "inner"), new Float64Array(units * (inputs + 1)));
  const outer = normals(foldIn(key, "outer"), new Float64Array(units));
  return (x) => {
    let sum = 0;
    for (let u = 0, at = 0; u < units; u++) {
      let s = inner[at + inputs];
      for (let i = 0; i < inputs; i++) s += inner[at + i] * x[i];
      sum += outer[u] * Math.tanh(s);
      at += inputs + 1;
    }
    return sum;
  };
}
