/** What the room of Gram matrices can be set to. */

import { labFamilies } from "../../families.ts";
import { choice, whole, type Fields, type State } from "../../state/fields.ts";

export const gramFields = (given: Readonly<Record<string, unknown>>): Fields => {
  const family = choice(
    "family",
    {
      "frame-parity": "Hidden coordinates over a group",
      "gnn-hidden-plane": "Hidden planes",
      "gnn-degree-parity": "Parities of node degrees",
    },
    "frame-parity",
  );
  const count = whole("functions shown", 24, 4, 48);
  if (given.family === "gnn-hidden-plane")
    return {
      family,
      d: whole("features d", 8, 2, 256),
      k: choice("order k", { "2": "2", "4": "4", "6": "6" }, "4"),
      count,
    };
  if (given.family === "gnn-degree-parity")
    return { family, n: choice("nodes n", { "6": "6", "7": "7" }, "7"), count };
  const groups = {
    trivial: "none",
    cyclic: "cyclic shifts",
    dihedral: "shifts and reflections",
    symmetric: "all permutations",
  };
  return {
    family,
    group: choice("symmetry", groups, "cyclic"),
    size: whole("points n", 12, 6, 20),
    k: choice("order k", { "2": "2", "4": "4" }, "4"),
    count,
  };
};

/** The family's parameters of a state. */
export const gramParams = (state: State): Readonly<Record<string, string | number>> =>
  labFamilies[String(state.family)].params({ n: 1, ...state });
