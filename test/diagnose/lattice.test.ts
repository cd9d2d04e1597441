import { expect, it } from "vitest";
import { subgroups } from "../../src/diagnose/lattice.ts";
import { generatedGroup, parseGroup } from "../../src/symmetry/groups.ts";

const orders = (name: string): string[] => subgroups(parseGroup(name)).map((s) => `${s.name}: ${s.order}`);

it("the divisors of a cyclic group, from the largest subgroup on", () => {
  expect(orders("cyclic:6")).toEqual([
    "cyclic:6: 6",
    "shifts by 2 of 6: 3",
    "shifts by 3 of 6: 2",
    "trivial:6: 1",
  ]);
  expect(orders("trivial:5")).toEqual(["trivial:5: 1"]);
  expect(orders("cyclic:2xcyclic:2")[0]).toBe("cyclic:2 x cyclic:2: 4");
});

it("every subgroup has the order that its generators generate, and lies in the group", () => {
  for (const name of ["cyclic:12", "dihedral:6", "symmetric:5", "cyclic:3xdihedral:4", "symmetric:3"]) {
    const group = parseGroup(name);
    for (const { order, generators, name: own } of subgroups(group)) {
      expect(generatedGroup(own, group.degree, generators).order(), own).toBe(order);
      expect(generatedGroup("both", group.degree, [...group.generators, ...generators]).order()).toBe(
        group.order(),
      );
    }
  }
});
