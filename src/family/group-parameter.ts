/** The parameter `--group` of families of group averages: a name, and the generators of groups that a file defines. */

import { described, z } from "../base/schema.ts";
import { parseGroupExpression } from "../symmetry/expression.ts";
import { parseGenerators } from "../symmetry/generators-file.ts";
import { parseGroup, type PermutationGroup } from "../symmetry/groups.ts";
import type { ReadFile } from "./family.ts";

export const groupField = (preset?: string) =>
  described(
    preset === undefined ? z.string().check(z.maxLength(1000)) : z._default(z.string().check(z.maxLength(1000)), preset), // prettier-ignore
    "permutation group: cyclic:32, symmetric:6, cyclic:4xcyclic:5, file:generators.json ('equihard groups' lists the kinds)",
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

/** A group parameter with the files it names read, so that it stands alone. */
export function resolveGroup(parameter: GroupParameter, readFile?: ReadFile): GroupParameter {
  const { group, files = {} } = parameter;
  const used = parseGroupExpression(group).flatMap((f) => {
    if (f.kind !== "file") return [];
    if (Object.hasOwn(files, f.name)) return [[f.name, files[f.name]] as const];
    if (readFile === undefined) return [];
    const { degree, generators } = parseGenerators(readFile(f.name), f.name);
    return [[f.name, { degree, generators: generators.map((g) => Array.from(g)) }] as const];
  });
  return used.length === 0 ? { group } : { group, files: Object.fromEntries(used) };
}

/**
 * The group that a resolved parameter names.
 * @throws InputError for names that are no groups, files that were not read, generators that are no permutations
 */
export function groupOf({ group, files }: GroupParameter): PermutationGroup {
  if (files === undefined) return parseGroup(group);
  return parseGroup(group, (name) => JSON.stringify(Object.hasOwn(files, name) ? files[name] : null));
}
