/** Parameters of `gnn-hidden-plane`, and the limits of what is drawn and listed. */

import * as z from "zod/mini";
import { parserOf } from "../../base/checked.ts";
import { reject } from "../../base/errors.ts";
import { described, integer } from "../../base/schema.ts";
import {
  graphParameter,
  LARGEST_GRAPH,
  resolveGraph,
  type GraphParameter,
} from "../parameter/graph-parameter.ts";
import { largestPolygon, requirePolygon } from "../plane/polygon.ts";

export const id = "gnn-hidden-plane";

/** Numbers in one example, and in a list of planes. */
const EXAMPLE_LIMIT = 2 ** 22;
const LIST_LIMIT = 2 ** 26;
/** Planes whose Gram matrix may be certified: 1 GiB of 32-bit entries. */
const LARGEST_LIST = 16_000;

export const schema = z.strictObject({
  n: described(z.optional(integer(1, LARGEST_GRAPH)), "number of nodes, 5 unless a file says; 1: f = F(U x)"),
  d: described(integer(2, 1_000_000), "features of a node: the dimension that makes it hard"),
  k: described(integer(1, largestPolygon), "half the number of relus, even; no correlation below degree k"),
  graph: described(
    z._default(graphParameter, "complete"),
    "er:P (drawn from the seed), cycle, path, complete, star or file:edges.json; at least one edge",
  ),
  count: described(
    z.optional(integer(2, LARGEST_LIST)),
    "certify this many drawn planes by their Gram matrix (absent: all planes, by Schur's lemma)",
  ),
});

export interface HiddenPlaneValues {
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly graph: GraphParameter;
  readonly count?: number | undefined;
}

export const parse = parserOf(id, schema, ({ n, d, k, graph, count }, readFile) => {
  requirePolygon(k, "k");
  const resolved = resolveGraph(n, graph, readFile);
  const json = { n: resolved.n, d, k, graph: resolved.graph, ...(count === undefined ? {} : { count }) };
  return { json, values: json satisfies HiddenPlaneValues };
});

/** @throws InputError for examples of more numbers than are drawn */
export function requireDrawable({ n, d }: HiddenPlaneValues): void {
  if (n * d > EXAMPLE_LIMIT)
    reject({
      where: "d",
      what: `${n} x ${d} numbers are too many for one example`,
      allowed: `n d up to ${EXAMPLE_LIMIT}; certificates have no such limit`,
    });
}

/** @throws InputError for lists of planes that are too large to hold */
export function requireListed(count: number, d: number): void {
  if (2 * count * d > LIST_LIMIT)
    reject({
      where: "count",
      what: `${count} planes in dimension ${d} are too many to list`,
      allowed: `at most ${Math.floor(LIST_LIMIT / (2 * d))} here`,
    });
}
