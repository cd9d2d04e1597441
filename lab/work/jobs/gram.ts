/** The Gram matrix of some members, its spectrum, and how a family's query dimension falls with more symmetry. */

import { certify } from "../../../src/index.ts";
import { gram as productsOf } from "../../../src/family/certify.ts";
import type { Family } from "../../../src/family/family.ts";
import { eigenvaluesOf } from "./eigenvalues.ts";
import { instanceOf, type InstanceSpec } from "./instance.ts";

export interface GramSpec extends InstanceSpec {
  readonly count: number;
  /** Groups on as many points, from the least symmetry to the most; empty where the family has none. */
  readonly groups: readonly string[];
}

export interface GramFacts {
  readonly names: readonly string[];
  /** Row-major, each member of norm 1. */
  readonly gram: readonly number[];
  readonly spectrum: readonly number[];
  /** Largest standard error of an entry, 0 where they are exact. */
  readonly error: number;
  /** The members as the command line's `gram` reads them. */
  readonly members: object;
  readonly ladder: readonly { readonly group: string; readonly dimension: number | string }[];
}

type Hidden = Readonly<Record<string, unknown>>;

/** What `gram` is told of members, by family; sets are listed whatever the symmetry, to see which it makes one. */
const documents: Readonly<
  Record<string, (params: InstanceSpec["params"], members: readonly Hidden[]) => object>
> = {
  "frame-parity": ({ group, k }, members) => ({ group, k, members: members.map(({ subset }) => subset) }),
  "gnn-hidden-plane": ({ k }, members) => ({ k, graph: { n: 1, edges: [] }, members }),
  "gnn-degree-parity": ({ n }, members) => ({ n, members: members.map(({ degrees }) => degrees) }),
};

export async function gram(spec: GramSpec): Promise<GramFacts> {
  const { family } = instanceOf(spec);
  const hidden = membersOf(family, spec);
  const unordered = normalised(family, documents[family.id](spec.params, hidden));
  // those that are one function stand side by side
  const first = hidden.map((_, i) => hidden.findIndex((_, j) => unordered.entries[i][j] > 1 - 1e-9));
  const order = hidden.map((_, i) => i).sort((i, j) => first[i] - first[j] || i - j);
  const members = documents[family.id](
    spec.params,
    order.map((i) => hidden[i]),
  );
  const flat = Float64Array.from(order.flatMap((i) => order.map((j) => unordered.entries[i][j])));
  const ladder: { group: string; dimension: number | string }[] = [];
  for (const group of spec.groups) {
    const { dimension } = await certify(family, { ...spec.params, group });
    ladder.push({ group, dimension: dimension.spectral });
  }
  return {
    names: order.map((i, at) => nameOf(hidden[i], at)),
    gram: Array.from(flat),
    spectrum: eigenvaluesOf(flat, order.length),
    error: unordered.error,
    members,
    ladder,
  };
}

function membersOf(family: Family, { params, seed, count }: GramSpec): Hidden[] {
  const bare = params.group === undefined ? params : { ...params, group: trivialOn(String(params.group)) };
  const whole = family.id === "gnn-degree-parity";
  const list = family.members?.(family.parse(bare), { seed, ...(whole ? {} : { count }) });
  if (list === undefined) throw new Error(`${family.id} has no list of members`);
  return Array.from({ length: Math.min(count, list.count) }, (_, i) => list.hidden(i));
}

const trivialOn = (group: string): string => `trivial:${group.split(":")[1]}`;

/** Correlations of the members of a document. */
function normalised(family: Family, document: object) {
  const { gram: table, standardErrors = [] } = productsOf(family, document);
  const norms = table.map((row, i) => Math.sqrt(row[i]));
  const scaled = (of: readonly (readonly number[])[]): number[][] =>
    of.map((row, i) => row.map((value, j) => value / (norms[i] * norms[j])));
  return { entries: scaled(table), error: Math.max(0, ...scaled(standardErrors).flat()) };
}

/** What a member hides where that is short, else its number. */
function nameOf(hidden: Hidden, at: number): string {
  const text = JSON.stringify(Object.values(hidden)[0] ?? at);
  return text.length <= 24 ? text : `number ${at + 1}`;
}
