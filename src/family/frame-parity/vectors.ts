/**
 * What learners without a network read of `frame-parity`: the input itself under the whole group; for other frames the
 * input as the frame's first element straightens it.
 */

import { hermite } from "../../numeric/orthonormal.ts";
import { actInversely } from "../../symmetry/actions.ts";
import { frameOf } from "../../symmetry/frames.ts";
import type { InputVectors } from "../vectors.ts";
import type { FrameParityInstance } from "./family.ts";

export function vectors({ params, law }: FrameParityInstance): InputVectors {
  const { frame, group } = params.values;
  const [dimension] = law.shape;
  const whole = frame === "reynolds";
  const straighten = whole ? null : frameOf(frame, group);
  return {
    dimension,
    vectors: 1,
    law: hermite,
    generators: whole ? group.generators : [],
    read({ data, count }) {
      const out = Float64Array.from(data);
      if (straighten === null) return out;
      for (let s = 0; s < count; s++) {
        const x = data.subarray(s * dimension, (s + 1) * dimension);
        const [first] = straighten.elements(x);
        actInversely(first, x, out.subarray(s * dimension, (s + 1) * dimension));
      }
      return out;
    },
  };
}
