/** Planes drawn from a seed, and their functions averaged over the group: lists for Gram matrices and the adversary. */

import type { Checked } from "../../base/checked.ts";
import { gaussian } from "../../distribution/gaussian.ts";
import type { MemberList } from "../../query/members.ts";
import type { MemberOptions } from "../family.ts";
import { countOfPlanes } from "../plane/listed.ts";
import { averagedElements, groupProduct } from "../plane/group-product.ts";
import { listedPlane, rowsOf } from "../plane/plane.ts";
import { alternating, reluPolygon } from "../plane/polygon.ts";
import { planeLabels } from "./family.ts";
import type { CnnPlaneValues } from "./params.ts";

export function members(params: Checked<CnnPlaneValues>, { count, seed }: MemberOptions): MemberList {
  const { k, columns, group } = params.values;
  const wanted = countOfPlanes(count, params.values.count);
  const elements = averagedElements(group);
  const n = group.degree;
  const planes = Array.from({ length: wanted }, (_, i) => listedPlane(n, seed, i));
  const { value } = groupProduct(elements, k, columns);
  const norms = planes.map((plane) => value(plane, plane));
  const scales = norms.map((norm) => 1 / Math.sqrt(norm));
  const f = reluPolygon(k, alternating(k));
  return {
    count: wanted,
    law: gaussian([n, columns]),
    values(samples, from, to) {
      const values = new Float32Array((to - from) * samples.count);
      for (let i = from; i < to; i++) {
        const labels = planeLabels(elements, columns, planes[i], f)(samples);
        values.set(
          labels.map((y) => y * scales[i]),
          (i - from) * samples.count,
        );
      }
      return values;
    },
    // the certificate over all planes weighs them by norm, that of a list does not
    ...(params.values.count === undefined ? { weight: (index: number) => norms[index] } : {}),
    hidden: (index) => rowsOf(planes[index]),
  };
}
