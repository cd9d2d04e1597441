/** Parameters of `cnn-hidden-plane`, and the limits of what is listed. */

import * as z from "zod/mini";
import { parserOf } from "../../base/checked.ts";
import { reject } from "../../base/errors.ts";
import { described, integer } from "../../base/schema.ts";
import type { PermutationGroup } from "../../symmetry/groups.ts";
import { filesField, groupField, resolveGroup } from "../parameter/group-parameter.ts";
import { largestPolygon, requirePolygon } from "../plane/polygon.ts";

export const id = "cnn-hidden-plane";

/** Most listed planes, and most evaluations of the kernel for their Gram matrix. */
const LARGEST_LIST = 2000;
const GRAM_WORK_LIMIT = 100_000_000;

export const schema = z.strictObject({
  group: groupField("cyclic:32"),
  k: described(integer(1, largestPolygon), "half the number of relus, even; 4 or more makes the family hard"),
  columns: described(z._default(integer(1, 256), 1), "columns of X, added up"),
  count: described(
    z.optional(integer(2, LARGEST_LIST)),
    "certify this many drawn planes by their Gram matrix (absent: all planes, by Schur's lemma)",
  ),
});
const withFiles = z.extend(schema, { files: filesField });

export interface CnnPlaneValues {
  readonly group: PermutationGroup;
  readonly k: number;
  readonly columns: number;
  readonly count?: number | undefined;
}

export const parse = parserOf(id, withFiles, ({ group: name, files, ...rest }, readFile) => {
  const { json, group } = resolveGroup({ group: name, files }, readFile);
  requirePolygon(rest.k, "k");
  requirePlane(group);
  return { json: { ...json, ...rest }, values: { group, ...rest } satisfies CnnPlaneValues };
});

/** @throws InputError for a group on one point */
export function requirePlane(group: PermutationGroup): void {
  if (group.degree < 2)
    reject({
      where: "group",
      what: `${group.name} has one coordinate, a plane needs two`,
      allowed: "degree at least 2",
    });
}

/** @throws InputError for a list whose Gram matrix is too long to compute */
export function requireListed(count: number, group: PermutationGroup): void {
  const work = (count * (count + 1)) / 2;
  if (BigInt(work) * group.order() > BigInt(GRAM_WORK_LIMIT))
    reject({
      where: "count",
      what: `${count} planes through ${group.order()} elements need ${BigInt(work) * group.order()} inner products`,
      allowed: `at most ${GRAM_WORK_LIMIT}`,
      next: "leave --count out: the certificate over all planes needs no list",
    });
}
