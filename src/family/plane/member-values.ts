/** Values of chosen members of a long list on a few samples at a time, in 64 bits. */

import type { Samples } from "../../distribution/law.ts";
import type { ConceptList, PlaneList } from "../family.ts";
import { addPolygon } from "./polygon.ts";

/** Values row-major (member, sample); the members are numbers of the list. */
export type ValuesOf = (members: ArrayLike<number>) => Promise<Float64Array>;

/** What is the same for all members is worked out once for the samples. */
export const valuesOn = (list: ConceptList): ((samples: Samples) => ValuesOf) =>
  list.planes === undefined ? plainValues(list) : planeValues(list.planes);

const plainValues = (list: ConceptList) => (samples: Samples) => async (members: ArrayLike<number>) => {
  const out = new Float64Array(members.length * samples.count);
  for (let i = 0; i < members.length;) {
    let end = i + 1; // runs of neighbours are evaluated together
    while (end < members.length && members[end] === members[end - 1] + 1) end++;
    out.set(list.values(samples, members[i], members[end - 1] + 1), i * samples.count);
    i = end;
  }
  return out;
};

function planeValues({ k, scale, plane, vectors }: PlaneList): (samples: Samples) => ValuesOf {
  const add = addPolygon(k);
  return (samples) => {
    const looked = vectors(samples);
    const { count } = samples;
    return async (members) => {
      const { matmul64 } = await import("../../engine/run/matmul.ts");
      const size = members.length;
      const out = new Float64Array(size * count);
      if (size === 0 || looked.length === 0) return out;
      const d = looked[0].length / count;
      const rows = new Float64Array(2 * size * d);
      for (let i = 0; i < size; i++) rows.set(plane(members[i]), 2 * i * d);
      for (const vector of looked) {
        const z = await matmul64(rows, vector, 2 * size, d, count, { transposeB: true });
        for (let i = 0; i < size; i++) {
          const at = 2 * i * count;
          add(z.subarray(at, at + count), z.subarray(at + count, at + 2 * count), scale, out.subarray(i * count, (i + 1) * count)); // prettier-ignore
        }
      }
      return out;
    };
  };
}
