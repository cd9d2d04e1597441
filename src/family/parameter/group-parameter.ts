/** The parameter `--group` of families of group averages: a name, and the generators of groups that a file defines. */

import * as z from "zod/mini";
import { described } from "../../base/schema.ts";
import { parseGroupExpression } from "../../symmetry/expression.ts";
import { parseGenerators } from "../../symmetry/generators-file.ts";
import { parseGroup, type PermutationGroup } from "../../symmetry/groups.ts";
import { deepSets, groupLinear } from "../../network/group-linear.ts";
import type { Instance, ReadFile, Student, StudentSizes } from "../family.ts";
import { defineStudent, plainMlp, studentSizes } from "../student.ts";

/** A group's name as documents hold it; files' paths in it may be as long as systems allow (4096 bytes). */
export const groupName = z.string().check(z.maxLength(20_000));

export const groupField = (preset?: string) =>
  described(
    preset === undefined ? groupName : z._default(groupName, preset),
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

/** Students of families over a group's coordinates, beside those that hold the target: they read X as it is. */
export const equivariantStudents: Readonly<Record<string, Student>> = {
  "group-linear": defineStudent(studentSizes, (instance, options) =>
    groupLinear(groupOf(instance.params as unknown as GroupParameter), equivariant(instance, options)),
  ),
  "deep-sets": defineStudent(studentSizes, (instance, options) =>
    deepSets(instance.law.shape[0], equivariant(instance, options)),
  ),
  mlp: plainMlp,
};

const equivariant = ({ law }: Instance, options: StudentSizes) => {
  const { layers, width, readoutLayers, pool } = options;
  return { columns: law.shape[1] ?? 1, layers, width, readoutLayers, pool };
};
