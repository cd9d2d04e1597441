import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyFor, permutation } from "../../src/base/random.ts";
import {
  actInversely,
  actOnSubset,
  actOnVector,
  canonicalSubset,
  requireSubset,
  subsetOrbit,
  subsetOrbitSize,
  subsetStabiliserOrder,
} from "../../src/symmetry/actions.ts";
import { generatedGroup, parseGroup } from "../../src/symmetry/groups.ts";
import { compose } from "../../src/symmetry/permutation.ts";
import { closure, publishedGenerators, subsets } from "./cycles.ts";

describe("actions", () => {
  it("on vectors are a left action, (g x)_{g(i)} = x_i, undone by the inverse", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (a, b) => {
        const [g, h] = [permutation(keyFor("g", a), 7), permutation(keyFor("h", b), 7)];
        const x = Float64Array.from({ length: 7 }, (_, i) => i * i);
        expect(actOnVector(g, actOnVector(h, x))).toEqual(actOnVector(compose(g, h), x));
        expect(actInversely(g, actOnVector(g, x))).toEqual(x);
        expect(actOnVector(g, x)[g[3]]).toBe(x[3]);
      }),
    );
  });

  it("on subsets: orbits, stabilisers and least members agree with listing the group", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 2, max: 6 }),
        fc.integer({ min: 0, max: 6 }),
        (a, b, n, k) => {
          const list = [permutation(keyFor("g", a), n), permutation(keyFor("h", b), n)];
          const group = generatedGroup("random", n, list);
          const all = closure(n, list);
          for (const subset of subsets(n, Math.min(k, n)).slice(0, 6)) {
            const images = [...new Set(all.map((g) => actOnSubset(g, subset).join()))];
            expect(new Set(subsetOrbit(group, subset).map((s) => s.join()))).toEqual(new Set(images));
            expect(subsetOrbitSize(group, subset)).toBe(BigInt(images.length));
            expect(subsetStabiliserOrder(group, subset)).toBe(BigInt(all.length / images.length));
            const least = canonicalSubset(group, subset);
            // Single digits: the order of texts is the order of lists.
            expect(least.join()).toBe(images.sort()[0] ?? "");
            for (const g of list) expect(canonicalSubset(group, actOnSubset(g, subset))).toEqual(least);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it("find long orbits without listing them", () => {
    expect(subsetOrbitSize(parseGroup("symmetric:60"), [5, 1, 9, 30])).toBe(487635n);
    expect(subsetOrbitSize(parseGroup("symmetric:60"), [0, 1, 2, 3, 4, 5, 6, 7])).toBe(2558620845n);
    expect(subsetOrbitSize(parseGroup("cyclic:1024"), [0, 512])).toBe(512n);
    // Of the 134,596 6-subsets 759 * 28 lie in an octad of the Steiner system S(5, 8, 24); M24 moves both kinds
    // transitively.
    const m24 = generatedGroup("M24", 24, publishedGenerators("M24"));
    const orders = Array.from({ length: 19 }, (_, i) => subsetStabiliserOrder(m24, [0, 1, 2, 3, 4, 5 + i]));
    const [inside, outside] = [244823040n / (759n * 28n), 244823040n / (134596n - 759n * 28n)];
    expect(orders.filter((order) => order === inside)).toHaveLength(3);
    expect(orders.filter((order) => order === outside)).toHaveLength(16);
    const four = parseGroup("symmetric:20xsymmetric:20");
    // A rook placement of 3: (20 * 19 * 18)^2 / 3!.
    expect(subsetOrbitSize(four, [0, 21, 42])).toBe((6840n * 6840n) / 6n);
  });

  it("refuse what is no subset, and orbits too long to list", () => {
    expect(() => requireSubset([0, 0], 4)).toThrow("different points of 0..3");
    expect(() => requireSubset([4], 4)).toThrow("different points of 0..3");
    expect(() => requireSubset([1.5], 4)).toThrow("different points of 0..3");
    expect(() => subsetOrbit(parseGroup("symmetric:30"), [0, 1, 2, 3], 100)).toThrow("at most 100 members");
  });
});
