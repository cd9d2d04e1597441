/** No symmetry: the identity on n points. */

import { uniformType } from "../cycle-index.ts";
import type { NamedGroup } from "../named-group.ts";

export const trivial: NamedGroup = {
  kind: "trivial",
  documentation: "trivial:n, the identity on n points (order 1)",
  maximum: 1_000_000,
  order: () => 1n,
  generators: () => [],
  levels: () => [],
  abelian: () => true,
  transitive: (n) => n === 1,
  cycleTypes: () => 1,
  cycleIndex: (n) => ({ degree: n, order: 1n, terms: [{ cycles: uniformType(1, n), count: 1n }] }),
};
