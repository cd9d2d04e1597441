/** The parameter `--group` of families of group averages: a name, and the generators of groups that a file defines. */

import * as z from "zod/mini";
import { described } from "../../base/schema.ts";
import { parseGroupExpression } from "../../symmetry/expression.ts";
import { parseGenerators } from "../../symmetry/generators-file.ts";
import { parseGroup, type PermutationGroup } from "../../symmetry/groups.ts";
import type { ReadFile } from "../../base/checked.ts";

/** A group's name as documents hold it; files' paths in it may be as long as systems allow (4096 bytes). */
export const groupName = z.string().check(z.maxLength(20_000));

export const groupField = (preset?: string) =>
  described(
    preset === undefined ? groupName : z._default(groupName, preset),
    [
      "permutation group: cyclic:32, symmetric:6, cyclic:4xcyclic:5, file:generators.json",
      "('equihard groups' lists the kinds)",
    ].join(" "),
  );

/** The generator files that the name mentions, by name. */
export const filesField = z.optional(
  z.record(
    z.string(),
    z.strictObject({
      degree: z.number(),
      generators: z.array(z.array(z.number())),
    }),
  ),
);

export interface GroupParameter {
  readonly group: string;
  readonly files?: z.output<typeof filesField>;
}

/** A group by its name, and as JSON that stands alone. */
export interface ResolvedGroup {
  readonly json: GroupParameter;
  readonly group: PermutationGroup;
}

/**
 * The group that a parameter names; files are read and become part of the JSON.
 * @throws InputError for names that are no groups, files that cannot be read, generators that are no permutations
 */
export function resolveGroup(parameter: GroupParameter, readFile?: ReadFile): ResolvedGroup {
  const { group: name, files = {} } = parameter;
  const named = parseGroupExpression(name).filter((f) => f.kind === "file");
  const used = named.flatMap((f) => {
    if (Object.hasOwn(files, f.name)) return [[f.name, files[f.name]] as const];
    if (readFile === undefined) return [];
    const { degree, generators } = parseGenerators(readFile(f.name), f.name);
    return [[f.name, { degree, generators: generators.map((g) => Array.from(g)) }] as const];
  });
  const read = Object.fromEntries(used);
  const isComplete = used.length === named.length;
  const group = parseGroup(name, isComplete ? (file) => JSON.stringify(read[file]) : undefined);
  // as the group prints itself: one name for all ways to write it
  return { json: { group: group.name, ...(used.length === 0 ? {} : { files: read }) }, group };
}
