import { describe, expect, it } from "vitest";
import { foldIn, keyFor, normals, stream } from "../../src/base/random.ts";
import { actInversely, actOnVector } from "../../src/symmetry/actions.ts";
import { forEachElement, randomElement } from "../../src/symmetry/chain.ts";
import {
  frameAverage,
  frameIds,
  frameOf,
  isEquivariantAt,
  isSignInvariantAt,
  sortAbsFrame,
  type Frame,
} from "../../src/symmetry/frames.ts";
import { generatedGroup, parseGroup, type PermutationGroup } from "../../src/symmetry/groups.ts";
import { publishedGenerators } from "./cycles.ts";

const groups: PermutationGroup[] = [
  ...["cyclic:7", "dihedral:6", "dihedral:2", "symmetric:5", "alternating:5", "trivial:4", "cyclic:3xcyclic:4", "symmetric:3xdihedral:3"].map((name) => parseGroup(name)), // prettier-ignore
  generatedGroup("M11", 11, publishedGenerators("M11")),
];

const gaussian = (group: PermutationGroup, seed: number) =>
  normals(keyFor("x", seed), new Float64Array(group.degree));
/** Few distinct values, so many ties. */
const tied = (group: PermutationGroup, seed: number) =>
  gaussian(group, seed).map((v) => Math.sign(v) * Math.min(1, Math.round(Math.abs(v))));
const randomSigns = (n: number, seed: number) => {
  const draws = stream(keyFor("signs", seed));
  return Array.from({ length: n }, () => (draws.below(2) === 0 ? 1 : -1));
};

describe.each(groups)("frames over $name", (group) => {
  it.each(frameIds)("%s is equivariant and sign-invariant, with and without ties", (id) => {
    const frame = frameOf(id, group);
    const key = keyFor("frames", group.name);
    for (let s = 0; s < (group.order() > 1000n && id === "reynolds" ? 2 : 20); s++)
      for (const x of [gaussian(group, s), tied(group, s)]) {
        expect(isEquivariantAt(frame, randomElement(group.chain(), foldIn(key, s)), x)).toBe(true);
        expect(isSignInvariantAt(frame, x, randomSigns(group.degree, s))).toBe(true);
      }
  });

  it("sort-abs finds the lexicographically largest |g^-1 x| among all g", () => {
    const frame = sortAbsFrame(group);
    const base = group.chain().levels.map((level) => level.point);
    const read = (y: ArrayLike<number>) => base.map((b) => Math.abs(y[b]));
    for (const x of [gaussian(group, 1), tied(group, 2)]) {
      const elements = frame.elements(x);
      const found = read(actInversely(elements[0], x));
      let [larger, equal] = [0, 0];
      forEachElement(group.chain(), (g) => {
        const other = read(actInversely(g, x));
        const at = other.findIndex((v, i) => v !== found[i]);
        if (at < 0) equal++;
        else if (other[at] > found[at]) larger++;
      });
      expect(larger).toBe(0);
      expect(elements.length).toBe(equal);
    }
  });

  it("averages are invariant", () => {
    const f = (x: Float64Array) => x.reduce((sum, v, i) => sum + v * Math.sin(i + v), 0);
    for (const id of frameIds) {
      const frame = frameOf(id, group);
      const x = gaussian(group, 3);
      const g = randomElement(group.chain(), keyFor("average"));
      expect(frameAverage(frame, f, actOnVector(g, x))).toBeCloseTo(frameAverage(frame, f, x), 9);
    }
  });
});

describe("frames", () => {
  it("sort-abs sorts by |x| for symmetric groups, turns the largest to the front for cyclic ones", () => {
    const x = [0.5, -3, 1, 2];
    const sorted = sortAbsFrame(parseGroup("symmetric:4")).elements(x);
    expect(sorted.map((g) => Array.from(actInversely(g, x)))).toEqual([[-3, 2, 1, 0.5]]);
    const turned = sortAbsFrame(parseGroup("cyclic:4")).elements(x);
    expect(turned.map((g) => Array.from(actInversely(g, x)))).toEqual([[-3, 1, 2, 0.5]]);
  });

  it("sort-abs works for groups far too large to list", () => {
    const group = parseGroup("symmetric:200");
    const x = gaussian(group, 5);
    const frame = sortAbsFrame(group);
    expect(isEquivariantAt(frame, randomElement(group.chain(), keyFor("large")), x)).toBe(true);
    expect(frame.elements(x)).toHaveLength(1);
    const y = actInversely(frame.elements(x)[0], x).map(Math.abs);
    expect(y).toEqual(y.slice().sort().toReversed());
  });

  it("refuse what is too large, in words", () => {
    expect(() => frameOf("reynolds", parseGroup("symmetric:20"))).toThrow("too many to run through");
    const frame = sortAbsFrame(parseGroup("symmetric:12"));
    expect(() => frame.elements(new Float64Array(12))).toThrow("so many ties");
  });

  it("are told from what is none (negative controls)", () => {
    const group = parseGroup("cyclic:6");
    const [first] = sortAbsFrame(group).elements(gaussian(group, 0));
    const constant: Frame = { id: "reynolds", elements: () => [first] };
    const signed: Frame = {
      id: "sort-abs",
      elements: (x) => sortAbsFrame(group).elements(Float64Array.from(x, (v) => v + 10)),
    };
    const x = gaussian(group, 0);
    const g = group.generators[0];
    expect(isEquivariantAt(constant, g, x)).toBe(false);
    expect(isEquivariantAt(signed, g, x)).toBe(true);
    expect(isSignInvariantAt(signed, x, [-1, -1, -1, -1, -1, -1])).toBe(false);
  });
});
