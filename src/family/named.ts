/** A family by its id, among those that are known. */

import { reject, requireChoice } from "../base/errors.ts";
import type { Family } from "./family.ts";

/** @throws InputError for an unknown id, naming the closest */
export function familyNamed(id: string, known: readonly Family[]): Family {
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
