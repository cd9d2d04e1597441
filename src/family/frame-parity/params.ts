/** Parameters of `frame-parity`, and the limits of what is evaluated. */

import * as z from "zod/mini";
import { reject } from "../../base/errors.ts";
import { described, integer } from "../../base/schema.ts";
import { parserOf } from "../../base/checked.ts";
import { requireSubset } from "../../symmetry/actions.ts";
import { frameIds, type FrameId } from "../../symmetry/frames.ts";
import type { PermutationGroup } from "../../symmetry/groups.ts";
import { filesField, groupField, resolveGroup } from "../parameter/group-parameter.ts";

export const id = "frame-parity";

export const schema = z.strictObject({
  group: groupField(),
  k: described(integer(1, 1_000_000), "size of the hidden set S, even"),
  frame: described(
    z._default(z.enum(frameIds), "reynolds"),
    "reynolds: the whole group; sort-abs: the element that sorts |x|",
  ),
  subset: described(
    z.optional(z.array(integer(0, 1_000_000))),
    "the hidden set S (drawn uniformly when absent)",
  ),
});
const withFiles = z.extend(schema, { files: filesField });

export interface FrameParityValues {
  readonly group: PermutationGroup;
  readonly k: number;
  readonly frame: FrameId;
  /** The hidden set S, where it is given. */
  readonly subset?: readonly number[] | undefined;
}

/** @throws InputError for a k that gives no parity, or none on so many points */
export function requireOrder(k: number, group: PermutationGroup): void {
  const sum = k === 1 ? "are one linear function" : "cancel: the function is 0";
  if (k % 2 !== 0)
    reject({
      where: "k",
      what: `${k} is odd, and for odd k the 2^k relu units ${sum}`,
      allowed: "even k, at least 2",
    });
  if (k > group.degree)
    reject({
      where: "k",
      what: `${group.name} has ${group.degree} coordinates, no ${k} of them`,
      allowed: `even k up to ${group.degree}`,
    });
}

/** Comparisons that one label may take. */
export const LABEL_WORK_LIMIT = 4_000_000;

/** Largest k whose units are evaluated: 2^(k-2) comparisons a value. */
const LARGEST_EVALUATED = 16;

/** @throws InputError for a k whose units are too many to evaluate */
export function requireEvaluated(k: number): void {
  if (k > LARGEST_EVALUATED)
    reject({
      where: "k",
      what: `the 2^${k} units of one function are too many to evaluate`,
      allowed: `k up to ${LARGEST_EVALUATED}; certificates have no such limit`,
    });
}

export const parse = parserOf(id, withFiles, ({ group: name, files, ...rest }, readFile) => {
  const { json, group } = resolveGroup({ group: name, files }, readFile);
  const { k, subset } = rest;
  requireOrder(k, group);
  if (subset !== undefined) {
    requireSubset(subset, group.degree);
    if (subset.length !== k)
      reject({ where: "subset", what: `has ${subset.length} points`, allowed: `k = ${k} points` });
  }
  return { json: { ...json, ...rest }, values: { group, ...rest } satisfies FrameParityValues };
});
