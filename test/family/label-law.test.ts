import { describe, expect, it } from "vitest";
import { families, familyById } from "../../src/family/registry.ts";

const orderOf = (id: string, params: Record<string, unknown>): number | null => {
  const family = familyById(id);
  return family.labelLaw!.order(family.parse(params));
};

describe("the order at which the labels' law speaks", () => {
  it.each([
    ["trivial:8", 4, 2],
    ["cyclic:4xtrivial:2", 4, 2], // two orbits of points
    ["cyclic:12", 4, 4],
    ["dihedral:12", 4, 4],
    ["cyclic:4xcyclic:4", 4, 4],
    ["symmetric:8", 4, null],
    ["alternating:8", 4, null],
    ["symmetric:3xsymmetric:3", 4, 4], // same row, same column, neither
    ["cyclic:12", 12, null], // one set only
    ["cyclic:12", 10, 4],
  ])("frame-parity over %s, k = %i: %s", (group, k, order) => {
    expect(orderOf("frame-parity", { group, k })).toBe(order);
  });

  it("is 2 for frames by |x|, whatever the group", () => {
    for (const group of ["cyclic:12", "symmetric:8"])
      expect(orderOf("frame-parity", { group, k: 4, frame: "sort-abs" })).toBe(2);
  });

  it("is 2 for planes and polynomials, and there is none for labels +-1", () => {
    for (const { id, labelLaw } of families)
      if (labelLaw?.twoValued === true) expect(labelLaw.order({} as never), id).toBeNull();
    expect(orderOf("gnn-degree-parity", { n: 6 })).toBeNull();
    expect(orderOf("gnn-hidden-plane", { n: 1, d: 8, k: 4 })).toBe(2);
    expect(orderOf("cnn-hidden-plane", { group: "cyclic:8", k: 4 })).toBe(2);
    expect(orderOf("invariant-polynomial", {})).toBe(2);
  });
});
