/** All families of the program; a new one is its folder and a line here. */

import { reject, requireChoice } from "../base/errors.ts";
import { cnnHiddenPlane } from "./cnn-hidden-plane/index.ts";
import type { Family } from "./family.ts";
import { frameParity } from "./frame-parity/index.ts";
import { gnnDegreeParity } from "./gnn-degree-parity/index.ts";
import { gnnHiddenPlane } from "./gnn-hidden-plane/index.ts";
import { invariantPolynomial } from "./invariant-polynomial/index.ts";

/** The families of the program, in the order in which they are listed. */
export const families: readonly Family[] = [
  gnnDegreeParity,
  gnnHiddenPlane,
  cnnHiddenPlane,
  frameParity,
  invariantPolynomial,
];

/** The family of that id among `known`; rejects an unknown one, naming the closest. */
export function familyById(id: string, known: readonly Family[] = families): Family {
  const ids = known.map((f) => f.id);
  if (/^file:|\.[cm]?[jt]s$/.test(id))
    reject({
      where: "family",
      what: `${id} is a program, which no command loads`,
      allowed: ids.join(", "),
      next: "from a program, pass your family by value: docs/your-own-family.md",
    });
  requireChoice(id, ids, "family");
  return known[ids.indexOf(id)];
}

/** A family given by value, or by the id of a built-in one. */
export const asFamily = (family: Family | string): Family =>
  typeof family === "string" ? familyById(family) : family;
