/** Values of many planes' functions on a few samples, in 64 bits, by matrix products. */

import type { Samples } from "../../distribution/law.ts";
import { roomFor, type ValuesOf } from "../../query/members.ts";
import { polygonSums } from "./polygon-values.ts";

/** Functions scale * sum over vectors v of F(U_i v), F the alternating polygon of 2k relus, U_i member i's plane. */
export interface PlaneList {
  readonly k: number;
  readonly scale: number;
  /** The two rows of U_i, one after the other. */
  plane(index: number): Float64Array;
  /** What planes look at, vector by vector: each of them on all samples, row-major (sample, coordinate). */
  vectors(samples: Samples): readonly Float64Array[];
}

/** Values worked out at once: with their points they stay in the cache. */
const ROOM = 2 ** 16;

export function planeValues({ k, scale, plane, vectors }: PlaneList): (samples: Samples) => ValuesOf {
  let kernel = polygonSums(k, ROOM);
  let busy = Promise.resolve(); // one at a time, as they share the kernel's memory
  return (samples) => {
    const looked = vectors(samples);
    const { count } = samples;
    const even = count + (count % 2);
    return (members, into) => {
      const values = busy.then(() => valuesOf(members, into));
      busy = values.then(
        () => {},
        () => {},
      );
      return values;
    };
    async function valuesOf(members: ArrayLike<number>, given?: Float64Array): Promise<Float64Array> {
      const { matmul64 } = await import("../../engine/run/matmul.ts");
      const out = roomFor(members.length * count, given);
      if (out.length === 0 || looked.length === 0) return out.fill(0);
      if (2 * even > kernel.points.length) kernel = polygonSums(k, even);
      const { points, sums, add } = kernel;
      const d = looked[0].length / count;
      const together = Math.floor(points.length / 2 / even);
      for (let first = 0; first < members.length; first += together) {
        const size = Math.min(together, members.length - first);
        const rows = new Float64Array(2 * size * d);
        for (let i = 0; i < size; i++) rows.set(plane(members[first + i]), 2 * i * d);
        sums.fill(0, 0, size * even);
        for (const vector of looked) {
          const into = points.subarray(0, 2 * size * count);
          await matmul64(rows, vector, 2 * size, d, count, { transposeB: true, into });
          for (let i = 0; i < size; i++) add(2 * i * count, (2 * i + 1) * count, i * even, count, scale);
        }
        for (let i = 0; i < size; i++)
          out.set(sums.subarray(i * even, i * even + count), (first + i) * count);
      }
      return out;
    }
  };
}
