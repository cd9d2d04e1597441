/** The list of functions that the adversary holds, by what names it: a thread makes it again from that. */

import type { Checked, JsonObject } from "../../base/checked.ts";
import { reject } from "../../base/errors.ts";
import type { Family } from "../../family/family.ts";
import { familyById } from "../../family/registry.ts";
import type { MemberList } from "../../query/members.ts";

/**
 * Members of a family that are listed one by one.
 * @param count how many, where the family is too large to list whole
 * @throws InputError where there is no such list
 */
export function listOf(family: Family, params: Checked, seed: number, count?: number): MemberList {
  const asked = { seed, ...(count === undefined ? {} : { count }) };
  const list =
    family.members?.(params, asked) ??
    reject({ where: "play", what: `${family.id} has no list of members for the adversary to hold` });
  return { ...list, name: { family: family.id, params: params.json, ...asked } };
}

/** The list of that name, of a built-in family. */
export function listNamed({ family: id, params, seed, count }: JsonObject): MemberList {
  const family = familyById(String(id));
  return listOf(family, family.parse(params), Number(seed), count === undefined ? undefined : Number(count));
}
