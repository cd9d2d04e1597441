/** Parameters of `gnn-degree-parity`: the law of the graphs, and the hidden set of degrees where it is given. */

import * as z from "zod/mini";
import { parserOf } from "../../base/checked.ts";
import { reject } from "../../base/errors.ts";
import { described, integer } from "../../base/schema.ts";
import { largestDegree, type GraphLaw } from "../../distribution/erdos-renyi.ts";

export const id = "gnn-degree-parity";

/** Nodes from which on a pass over the law in integers takes longer than a thread to start. */
export const worthThreads = 14;

export const schema = z.strictObject({
  n: described(integer(3, 10_000), "number of nodes"),
  edges: described(
    z._default(z.enum(["undirected", "directed", "directed-loops"]), "undirected"),
    "kind of graph; directed graphs use out-degrees, directed-loops allows self-loops",
  ),
  p: described(z._default(z.number().check(z.gt(0), z.lt(1)), 0.5), "edge probability"),
  degrees: described(
    z.optional(z.array(integer(0, 10_000))),
    "the hidden set S of degrees (drawn uniformly when absent)",
  ),
  bit: described(z._default(integer(0, 1), 0), "the sign bit b"),
  window: described(z.optional(integer(1, 26)), "degrees in the certificate's window, directed graphs only"),
});

export interface DegreeParityValues extends GraphLaw {
  /** The hidden set S, where it is given. */
  readonly degrees?: readonly number[] | undefined;
  readonly bit: number;
  /** Degrees in the certificate's window, where that is given. */
  readonly window?: number | undefined;
}

export const parse = parserOf(id, schema, (values) => {
  const { edges, window, degrees } = values;
  if (window !== undefined && edges === "undirected")
    reject({
      where: "window",
      what: "undirected graphs have none",
      next: "use edges directed or directed-loops",
    });
  if (degrees !== undefined) checkDegrees(degrees, values);
  return { values: values satisfies DegreeParityValues };
});

/** The sets with the same parity as S up to sign: complements, and for undirected graphs sums with the odd degrees. */
export function equivalentSets(member: Uint8Array, edges: GraphLaw["edges"]): Uint8Array[] {
  const complement = member.map((x) => 1 - x);
  if (edges !== "undirected") return [member, complement];
  const odd = member.map((x, j) => x ^ (j & 1));
  return [member, complement, odd, odd.map((x) => 1 - x)];
}

/**
 * One name for the sets whose parities are one learning problem: equal up to sign, or at p = 1/2 by the complement of
 * the graph, which has the same law and maps degree j to N - j.
 */
export function problemOf(degrees: readonly number[], law: GraphLaw): string {
  const member = new Uint8Array(largestDegree(law) + 1);
  for (const j of degrees) member[j] = 1;
  const same = equivalentSets(member, law.edges);
  const all = law.p === 0.5 ? same.flatMap((set) => [set, set.toReversed()]) : same;
  return all.map((set) => set.join("")).sort()[0];
}

/** Whether chi_S is constant on every graph of the law. */
export const isConstant = (member: Uint8Array, edges: GraphLaw["edges"]): boolean =>
  equivalentSets(member, edges).some((set) => set.every((x) => x === 0));

/** The set as an indicator over the degrees. @throws InputError for sets that are none, or whose parity is constant */
export function checkDegrees(degrees: readonly number[], law: GraphLaw): Uint8Array {
  const largest = largestDegree(law);
  const member = new Uint8Array(largest + 1);
  for (const j of degrees) {
    if (j > largest)
      reject({
        where: "degrees",
        what: `${j} is no degree of a graph on ${law.n} nodes`,
        allowed: `0 to ${largest}`,
      });
    if (member[j] === 1)
      reject({ where: "degrees", what: `${j} is listed twice`, allowed: "distinct degrees" });
    member[j] = 1;
  }
  if (isConstant(member, law.edges))
    reject({
      where: "degrees",
      what: `the parity over {${degrees.join(",")}} is the same for every graph`,
      allowed:
        law.edges === "undirected"
          ? "any set but none, all, the odd and the even degrees"
          : "any set but none and all",
    });
  return member;
}
