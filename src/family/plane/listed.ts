/** What families of hidden planes share where planes are listed: how many, and the form of their evidence. */

import { reject } from "../../base/errors.ts";
import type { Check } from "../../query/certifier.ts";
import { fitting, orderedBounds, type ListedBounds } from "../../query/listed-evidence.ts";

/** @throws InputError where neither a caller nor the parameters say how many planes to draw */
export function countOfPlanes(asked: number | undefined, stated: number | undefined): number {
  const count = asked ?? stated;
  if (count === undefined)
    return reject({
      where: "count",
      what: "missing: there are infinitely many planes",
      allowed: "how many to draw",
    });
  return count;
}

/**
 * The form of a plane certificate's evidence.
 * @param count planes that the parameters state; none for a certificate over all planes
 * @param requireListed throws where so many planes are not listed
 */
export function planeForm(
  evidence: { readonly kind: "all-planes" } | Pick<ListedBounds, "kind" | "lambdaLower" | "lambdaUpper">,
  count: number | undefined,
  requireListed: (count: number) => void,
): Check[] {
  const kind: Check = {
    name: "evidence.kind",
    ok: (evidence.kind === "listed") === (count !== undefined),
    detail: "a count belongs to listed planes",
  };
  if (evidence.kind !== "listed" || count === undefined) return [kind];
  return [kind, fitting("family.params.count", () => requireListed(count)), orderedBounds(evidence, count)];
}
