/** Students that every family over a group's coordinates has. */

import { deepSets, groupLinear } from "../../network/group-linear.ts";
import type { PermutationGroup } from "../../symmetry/groups.ts";
import type { Student, StudentSizes } from "../family.ts";
import type { Instance } from "../instance.ts";
import { defineStudent, plainMlp, studentSizes } from "../student.ts";

/** Students of families over a group's coordinates, beside those that hold the target: they read X as it is. */
export const equivariantStudents: Readonly<Record<string, Student<{ readonly group: PermutationGroup }>>> = {
  "group-linear": defineStudent(studentSizes, (instance, options) =>
    groupLinear(instance.params.values.group, equivariant(instance, options)),
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
