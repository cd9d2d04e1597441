import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyFor, permutation } from "../../src/base/random.ts";
import {
  compose,
  cycleType,
  equal,
  identity,
  inverse,
  isIdentity,
  order,
  power,
  printCycles,
  requirePermutation,
  sign,
} from "../../src/symmetry/permutation.ts";
import { fromCycles } from "./cycles.ts";

const some = fc
  .tuple(fc.integer({ min: 1, max: 30 }), fc.nat(), fc.nat())
  .map(([n, a, b]) => [permutation(keyFor("g", a), n), permutation(keyFor("h", b), n)] as const);

describe("permutations", () => {
  it("form a group in which products act from the right to the left", () => {
    fc.assert(
      fc.property(some, ([g, h]) => {
        expect(compose(g, h)[0]).toBe(g[h[0]]);
        expect(isIdentity(compose(g, inverse(g)))).toBe(true);
        expect(equal(inverse(compose(g, h)), compose(inverse(h), inverse(g)))).toBe(true);
      }),
    );
  });

  it("have signs that multiply, and orders that are the least power giving 1", () => {
    fc.assert(
      fc.property(some, ([g, h]) => {
        expect(sign(compose(g, h))).toBe(sign(g) * sign(h));
        const e = Number(order(g));
        expect(isIdentity(power(g, e))).toBe(true);
        for (const p of [2, 3, 5, 7, 11, 13])
          if (e % p === 0) expect(isIdentity(power(g, e / p))).toBe(false);
        expect(equal(power(g, -1), inverse(g))).toBe(true);
        expect(equal(power(g, 3), compose(g, compose(g, g)))).toBe(true);
      }),
    );
  });

  it("show their cycles", () => {
    const g = fromCycles(7, "(1,2,3)(5,6)");
    expect(cycleType(g)).toEqual([
      [1, 2],
      [2, 1],
      [3, 1],
    ]);
    expect(printCycles(g)).toBe("(0 1 2)(4 5)");
    expect(printCycles(identity(3))).toBe("()");
    expect(order(g)).toBe(6n);
    expect(sign(g)).toBe(-1);
  });

  it("are told from lists that are none", () => {
    expect(() => requirePermutation([0, 0, 1], 3, "f")).toThrow(
      "f: is not a permutation: 0 and 1 both go to 0",
    );
    expect(() => requirePermutation([0, 3, 1], 3, "f")).toThrow("the image of 1 is 3");
    expect(() => requirePermutation([0, 0.5, 1], 3, "f")).toThrow("the image of 1 is 0.5");
    expect(() => requirePermutation([1, 0], 3, "f")).toThrow("has 2 images where the degree is 3");
    expect(requirePermutation([2, 0, 1], 3, "f")).toEqual(Int32Array.of(2, 0, 1));
  });
});
