/** Values of many planes' functions on a few samples, in 64 bits, by matrix products. */

import type { Samples } from "../../distribution/law.ts";
import type { ValuesOf } from "../../query/members.ts";
import { addPolygon } from "./polygon-values.ts";

/** Functions scale * sum over vectors v of F(U_i v), F the alternating polygon of 2k relus, U_i member i's plane. */
export interface PlaneList {
  readonly k: number;
  readonly scale: number;
  /** The two rows of U_i, one after the other. */
  plane(index: number): Float64Array;
  /** What planes look at, vector by vector: each of them on all samples, row-major (sample, coordinate). */
  vectors(samples: Samples): readonly Float64Array[];
}

export function planeValues({ k, scale, plane, vectors }: PlaneList): (samples: Samples) => ValuesOf {
  const add = addPolygon(k);
  return (samples) => {
    const looked = vectors(samples);
    const { count } = samples;
    let room = new Float64Array(0);
    return async (members) => {
      const { matmul64 } = await import("../../engine/run/matmul.ts");
      const size = members.length;
      const out = new Float64Array(size * count);
      if (size === 0 || looked.length === 0) return out;
      const d = looked[0].length / count;
      const rows = new Float64Array(2 * size * d);
      for (let i = 0; i < size; i++) rows.set(plane(members[i]), 2 * i * d);
      // the same memory for every call of as many members, taken out while it is in use
      const into = room.length === 2 * size * count ? room : new Float64Array(2 * size * count);
      room = new Float64Array(0);
      for (const vector of looked) {
        const z = await matmul64(rows, vector, 2 * size, d, count, { transposeB: true, into });
        for (let i = 0; i < size; i++) {
          const at = 2 * i * count;
          const sums = out.subarray(i * count, (i + 1) * count);
          add(z.subarray(at, at + count), z.subarray(at + count, at + 2 * count), scale, sums);
        }
      }
      room = into;
      return out;
    };
  };
}
