/** Inner products of given planes' functions on a given graph, not normalised. */

import * as z from "zod/mini";
import { reject } from "../../base/errors.ts";
import { parseWith } from "../../base/schema.ts";
import { graphOfEdges, graphSchema } from "../parameter/graph-parameter.ts";
import { correlationsOf } from "../plane/node-correlations.ts";
import { overlap, planeOf, type Plane } from "../plane/plane.ts";
import { requirePolygon } from "../plane/polygon.ts";
import { polygonProduct, type PolygonProduct } from "../plane/polygon-product.ts";
import type { Gram } from "../../query/gram.ts";

const row = z.array(z.number()).check(z.maxLength(1_000_000));

/** Planes of a members file, each `{"u", "v"}`: two orthonormal rows. */
export const planeMembers = z
  .array(z.strictObject({ u: row, v: row }))
  .check(z.minLength(1), z.maxLength(2000));

const schema = z.strictObject({
  k: z.number(),
  graph: graphSchema,
  members: planeMembers,
});

/**
 * @param document `{"k", "graph": {"n", "edges"}, "members": [{"u", "v"}, ...]}`
 * @throws InputError for an odd k, an edgeless graph, planes that are not orthonormal or of different dimensions
 */
export function gram(document: unknown): Gram {
  const { k, graph, members } = parseWith(schema, document, "members file");
  requirePolygon(k, "members file: k");
  const { n, edges } = graph;
  if (n > 1 && edges.length === 0)
    reject({ where: "members file: graph", what: "has no edge", allowed: "at least one edge" });
  if (n === 1 && edges.length === 0) edges.push([0, 0]);
  const planes = planesOf(members);
  const product = polygonProduct(k, correlationsOf(graphOfEdges(n, edges, "members file: graph")));
  return { schema: "equihard.gram/1", method: "closed-form", gram: table(product, planes) };
}

/** The planes of a members file; rejects those that are not orthonormal or not of one dimension. */
export function planesOf(members: z.output<typeof planeMembers>): Plane[] {
  return members.map(({ u, v }, i) => {
    const where = `members.${i}`;
    if (u.length === v.length && u.length !== members[0].u.length)
      reject({
        where,
        what: `is a plane in dimension ${u.length}, members.0 one in dimension ${members[0].u.length}`,
        allowed: "planes of one dimension",
      });
    return planeOf(u, v, where);
  });
}

function table({ value, normSquared }: PolygonProduct, planes: readonly Plane[]): number[][] {
  const gram = planes.map(() => planes.map(() => normSquared));
  for (let i = 0; i < planes.length; i++)
    for (let j = 0; j < i; j++) gram[i][j] = gram[j][i] = value(...overlap(planes[i], planes[j]));
  return gram;
}
