/** Planes drawn from a seed on one graph: lists for Gram matrices and the adversary. */

import type { Checked } from "../../base/checked.ts";
import { range } from "../../base/range.ts";
import { gaussian } from "../../distribution/gaussian.ts";
import type { Samples } from "../../distribution/law.ts";
import type { MemberList } from "../../query/members.ts";
import type { MemberOptions } from "../family.ts";
import { countOfPlanes } from "../plane/listed.ts";
import { listedGraph, type Graph } from "../parameter/graph-parameter.ts";
import { correlationsOf } from "../plane/node-correlations.ts";
import { planeValues } from "../plane/member-values.ts";
import { listedPlane, rowsOf } from "../plane/plane.ts";
import { polygonProduct } from "../plane/polygon-product.ts";
import { alternating, reluPolygon } from "../plane/polygon.ts";
import { labelsOf } from "./family.ts";
import { requireDrawable, requireListed, type HiddenPlaneValues } from "./params.ts";

/** Row i of A X for every node i with neighbours: a matrix (sample, feature) each. */
function aggregated({ n, adjacency }: Graph, { count, shape, data }: Samples): Float64Array[] {
  const d = shape[1];
  const hasNeighbours = (i: number): boolean => adjacency.subarray(i * n, (i + 1) * n).includes(1);
  const nodes = range(n).filter(hasNeighbours);
  return nodes.map((i) => {
    const rows = new Float64Array(count * d);
    for (let j = 0; j < n; j++) {
      if (adjacency[i * n + j] !== 1) continue;
      for (let s = 0; s < count; s++)
        for (let a = 0, from = (s * n + j) * d, to = s * d; a < d; a++) rows[to + a] += data[from + a];
    }
    return rows;
  });
}

export function members({ values }: Checked<HiddenPlaneValues>, { count, seed }: MemberOptions): MemberList {
  const { n, d, k } = values;
  const wanted = countOfPlanes(count, values.count);
  requireListed(wanted, d);
  requireDrawable(values);
  const graph = listedGraph(values, seed);
  const planes = Array.from({ length: wanted }, (_, i) => listedPlane(d, seed, i));
  const scale = 1 / Math.sqrt(polygonProduct(k, correlationsOf(graph)).normSquared);
  const f = reluPolygon(k, alternating(k));
  return {
    count: wanted,
    law: gaussian([n, d]),
    values(samples, from, to) {
      const values = new Float32Array((to - from) * samples.count);
      for (let i = from; i < to; i++) {
        const row = (i - from) * samples.count;
        labelsOf(graph, planes[i], f)(samples).forEach((y, s) => (values[row + s] = y * scale));
      }
      return values;
    },
    together: planeValues({
      k,
      scale,
      plane: (index) => planes[index],
      vectors: (samples) => aggregated(graph, samples),
    }),
    hidden: (index) => rowsOf(planes[index]),
  };
}
