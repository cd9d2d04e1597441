/** Inner products of given planes' functions averaged over a group, not normalised. */

import type { ReadFile } from "../../base/checked.ts";
import * as z from "zod/mini";
import { integer, parseWith } from "../../base/schema.ts";
import { reject } from "../../base/errors.ts";
import { filesField, groupName, resolveGroup } from "../parameter/group-parameter.ts";
import { requirePlane } from "./params.ts";
import { averagedElements, groupProduct } from "../plane/group-product.ts";
import { planeOf } from "../plane/plane.ts";
import { requirePolygon } from "../plane/polygon.ts";
import type { Gram } from "../../query/gram.ts";

const row = z.array(z.number()).check(z.maxLength(1_000_000));

const schema = z.strictObject({
  group: groupName,
  files: filesField,
  k: z.number(),
  columns: z.prefault(integer(1, 256), 1),
  members: z.array(z.strictObject({ u: row, v: row })).check(z.minLength(1), z.maxLength(2000)),
});

/**
 * @param document `{"group": "cyclic:6", "k": 4, "columns": 2, "members": [{"u": [...], "v": [...]}, ...]}`
 * @param readFile gives the text of the generator files that the group names
 * @throws InputError for an odd k, planes that are not orthonormal or of another dimension, groups too large to average
 * over
 */
export function gram(document: unknown, readFile?: ReadFile): Gram {
  const { k, columns, members, ...parameter } = parseWith(schema, document, "members file");
  requirePolygon(k, "members file: k");
  const { group } = resolveGroup(parameter, readFile);
  requirePlane(group);
  const planes = members.map(({ u, v }, i) => {
    const where = `members.${i}`;
    if (u.length !== group.degree || v.length !== group.degree)
      reject({
        where,
        what: `has rows of ${u.length} and ${v.length} entries`,
        allowed: `${group.degree}, the degree of ${group.name}`,
      });
    return planeOf(u, v, where);
  });
  const { value } = groupProduct(averagedElements(group), k, columns);
  const table = planes.map(() => planes.map(() => 0));
  for (let i = 0; i < planes.length; i++)
    for (let j = 0; j <= i; j++) table[i][j] = table[j][i] = value(planes[i], planes[j]);
  return { schema: "equihard.gram/1", method: "closed-form", gram: table };
}
