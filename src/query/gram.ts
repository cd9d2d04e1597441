/** Inner products <f_i, f_j> = E f_i f_j of explicitly given members of a family, not normalised. */

import { requireChoice } from "../base/errors.ts";
import type { ReadFile } from "../family/family.ts";
import { cnnPlaneGram } from "../family/cnn-hidden-plane/gram.ts";
import { frameParityGram } from "../family/frame-parity/gram.ts";
import { degreeParityGram } from "../family/gnn-degree-parity/gram.ts";
import { hiddenPlaneGram } from "../family/gnn-hidden-plane/gram.ts";

export interface Gram {
  readonly schema: "equihard.gram/1";
  readonly method: "exact" | "closed-form" | "monte-carlo";
  readonly gram: readonly (readonly number[])[];
  /** Where the entries are sampled. */
  readonly standardErrors?: readonly (readonly number[])[];
}

/** Families with inner products of listed members; a further one adds its line. */
const providers: Readonly<Record<string, (members: unknown, readFile?: ReadFile) => Gram>> = {
  "gnn-degree-parity": degreeParityGram,
  "cnn-hidden-plane": cnnPlaneGram,
  "frame-parity": frameParityGram,
  "gnn-hidden-plane": hiddenPlaneGram,
};

/**
 * @param family a family's id
 * @param members the members document of that family (see the command line's `gram`)
 * @param readFile gives the text of files that the document names (`"group": "file:generators.json"`)
 * @throws InputError for a family without listed members, or a document that does not fit
 */
export function gram(family: string, members: unknown, readFile?: ReadFile): Gram {
  const known = requireChoice(family, Object.keys(providers), "family");
  return providers[known](members, readFile);
}
