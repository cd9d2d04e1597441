/** All families; a new one adds its line here. */

import { requireChoice } from "../base/errors.ts";
import { cnnHiddenPlane } from "./cnn-hidden-plane/family.ts";
import type { Family } from "./family.ts";
import { frameParity } from "./frame-parity/family.ts";
import { gnnDegreeParity } from "./gnn-degree-parity/family.ts";
import { gnnHiddenPlane } from "./gnn-hidden-plane/family.ts";
import { invariantPolynomial } from "./invariant-polynomial/family.ts";

export const families: readonly Family[] = [
  gnnDegreeParity,
  gnnHiddenPlane,
  cnnHiddenPlane,
  frameParity,
  invariantPolynomial,
];

/** The family of that id; rejects an unknown one, naming the closest. */
export function familyById(id: string): Family {
  requireChoice(
    id,
    families.map((f) => f.id),
    "family",
  );
  return families.find((f) => f.id === id)!;
}
