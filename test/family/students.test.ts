/** Every student class of every family reads the sizes that it names, and no others. */

import { expect, it } from "vitest";
import { drawInstance } from "../../src/family/draw.ts";
import type { StudentSizes } from "../../src/family/family.ts";
import { families } from "../../src/family/registry.ts";

const students = families.flatMap((family) => Object.keys(family.students).map((id) => ({ family, id })));

it.each(students)("$family.id $id", ({ family, id }) => {
  const instance = drawInstance(family, family.parse(family.settings?.matrix?.columns[0].params ?? {}), 0);
  const student = family.students[id];
  const read = new Set<string>();
  const sizes: StudentSizes = { layers: 2, width: 8, readoutLayers: 1, pool: "mean" };
  const watched = new Proxy(sizes, { get: (of, name) => (read.add(String(name)), Reflect.get(of, name)) });
  const { architecture } = student.network(instance, watched);
  expect([...read].sort()).toEqual([...student.options].sort());

  const changes: Partial<StudentSizes>[] = [
    { layers: 3 },
    { width: 10 },
    { readoutLayers: 2 },
    { pool: "sum" },
  ];
  for (const change of changes) {
    const changed = student.network(instance, { ...sizes, ...change }).architecture;
    const named = student.options.some((name) => name in change);
    expect([change, JSON.stringify(changed) !== JSON.stringify(architecture)]).toEqual([change, named]);
  }
});
