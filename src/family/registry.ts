/** All families of the program; a new one is its folder and a line here. */

import { cnnHiddenPlane } from "./cnn-hidden-plane/index.ts";
import type { Family } from "./family.ts";
import { frameParity } from "./frame-parity/index.ts";
import { gnnDegreeParity } from "./gnn-degree-parity/index.ts";
import { gnnHiddenPlane } from "./gnn-hidden-plane/index.ts";
import { invariantPolynomial } from "./invariant-polynomial/index.ts";
import { familyNamed } from "./named.ts";

/** The families of the program, in the order in which they are listed. */
export const families: readonly Family[] = [
  gnnDegreeParity,
  gnnHiddenPlane,
  cnnHiddenPlane,
  frameParity,
  invariantPolynomial,
];

/** The family of that id among `known`; rejects an unknown one, naming the closest. */
export const familyById = (id: string, known: readonly Family[] = families): Family => familyNamed(id, known);

/** A family given by value, or by the id of a built-in one. */
export const asFamily = (family: Family | string): Family =>
  typeof family === "string" ? familyById(family) : family;
