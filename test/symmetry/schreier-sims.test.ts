import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.ts";
import { foldIn, keyFor, permutation } from "../../src/base/random.ts";
import { chainOrder, contains, forEachElement, randomElement } from "../../src/symmetry/chain.ts";
import { hasJordanCycle } from "../../src/symmetry/giants.ts";
import { factorial } from "../../src/symmetry/cycle-index.ts";
import { provedOrder } from "../../src/symmetry/proved-order.ts";
import { runNow } from "../../src/base/progress.ts";
import { schreierSims } from "../../src/symmetry/schreier-sims.ts";
import { compose, type Permutation } from "../../src/symmetry/permutation.ts";
import {
  closure,
  fromCycles,
  published,
  publishedGenerators,
  wreathOfPairs,
  type Published,
} from "./cycles.ts";

const names = Object.keys(published) as Published[];

/** Two or three generators, often of small support, so that all kinds of groups come up. */
const generators = fc
  .tuple(fc.integer({ min: 2, max: 7 }), fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([n, seeds, split]) => {
    const list = seeds.map((s, i) => {
      const g = Int32Array.from({ length: n }, (_, j) => j);
      const m = split ? Math.ceil(n / 2) : n;
      const from = split && i % 2 === 1 ? n - m : 0;
      permutation(keyFor("generators", s), m).forEach((image, j) => (g[from + j] = from + image));
      return g;
    });
    return { n, list };
  });

describe("Schreier-Sims", () => {
  it.each(names)("finds the published order of %s", (name) => {
    const chain = schreierSims(publishedGenerators(name), published[name].degree);
    expect(chainOrder(chain)).toBe(published[name].order);
  });

  it("agrees with closure on random generators: order, members, others", () => {
    fc.assert(
      fc.property(generators, ({ n, list }) => {
        const all = closure(n, list);
        const inside = new Set(all.map((g) => g.join()));
        const chain = schreierSims(list, n);
        expect(chainOrder(chain)).toBe(BigInt(all.length));
        const listed = new Set<string>();
        forEachElement(chain, (g) => listed.add(g.join()));
        expect(listed).toEqual(inside);
        for (let s = 0; s < 20; s++) {
          const g = permutation(keyFor("candidate", s), n);
          expect(contains(chain, g)).toBe(inside.has(g.join()));
        }
      }),
      { numRuns: 150 },
    );
  });

  it("needs no luck: Schreier generators alone give the same groups", () => {
    fc.assert(
      fc.property(generators, ({ n, list }) => {
        const chain = schreierSims(list, n, { quietRounds: 0 });
        expect(chainOrder(chain)).toBe(BigInt(closure(n, list).length));
      }),
      { numRuns: 60 },
    );
    for (const name of names)
      expect(chainOrder(schreierSims(publishedGenerators(name), published[name].degree, { quietRounds: 0 }))).toBe(published[name].order); // prettier-ignore
  });

  it("handles many short orbits: 2^20, and 20 times that with a rotation of the pairs", () => {
    const n = 40;
    const flips = Array.from({ length: 20 }, (_, i) => fromCycles(n, `(${2 * i + 1},${2 * i + 2})`));
    expect(chainOrder(schreierSims(flips, n))).toBe(2n ** 20n);
    const rotate = Int32Array.from({ length: n }, (_, i) => (i + 2) % n);
    expect(chainOrder(schreierSims([flips[0], rotate], n))).toBe(20n * 2n ** 20n);
  });

  it("proves a wreath product of pairs with few steps: nested strong generators took over four hundred million", () => {
    const pairs = 50;
    const chain = schreierSims(wreathOfPairs(pairs), 2 * pairs, { workLimit: 1e8 });
    expect(chainOrder(chain)).toBe(2n ** BigInt(pairs) * factorial(pairs));
  });

  it("proves the order whatever it is thought to be", () => {
    const { degree, order } = published.M24;
    const base = Int32Array.from({ length: degree }, (_, i) => i);
    const work = { limit: 1e9, spent: 0, cached: 0 };
    for (const length of [1, 24])
      for (const quietRounds of [0, 3, 16]) {
        const options = { base, expected: Array.from({ length: degree }, () => length), quietRounds, work };
        expect(runNow(provedOrder(publishedGenerators("M24"), options))).toBe(order);
      }
  });

  it("accepts any base, with the same order", () => {
    const list = publishedGenerators("M12");
    for (let s = 0; s < 5; s++) {
      const base = permutation(keyFor("base", s), 12);
      const chain = schreierSims(list, 12, { base });
      expect(chainOrder(chain)).toBe(95040n);
      expect(chain.levels[0].point).toBe(base[0]);
      expect(list.every((g) => contains(chain, g))).toBe(true);
    }
  });

  it("recognises symmetric and alternating groups of large degree", () => {
    const n = 500;
    const cycle = Int32Array.from({ length: n }, (_, i) => (i + 1) % n);
    const swap = fromCycles(n, "(1,2)");
    expect(chainOrder(schreierSims([cycle, swap], n))).toBe(factorial(n));
    const even = fromCycles(501, "(1,2,3)");
    const long = Int32Array.from({ length: 501 }, (_, i) => (i + 1) % 501);
    const chain = schreierSims([even, long], 501, {
      base: Int32Array.from({ length: 501 }, (_, i) => 500 - i),
    });
    expect(chainOrder(chain)).toBe(factorial(501) / 2n);
    expect(contains(chain, long)).toBe(true);
    expect(contains(chain, fromCycles(501, "(1,2)"))).toBe(false);
  });

  it("does not take other groups for giants (negative control)", () => {
    // M24 is transitive and not A_24: none of its elements may have a cycle of length 13 or 17.
    const chain = schreierSims(publishedGenerators("M24"), 24);
    for (let s = 0; s < 2000; s++)
      expect(hasJordanCycle(randomElement(chain, keyFor("jordan", s)), 24)).toBe(false);
    expect(hasJordanCycle(fromCycles(24, "(1,2,3,4,5,6,7,8,9,10,11,12,13)"), 24)).toBe(true);
  });

  it("tells non-members of the Rubik group: a single flipped edge, a twisted corner, a swap", () => {
    const list = publishedGenerators("Rubik's cube");
    const chain = schreierSims(list, 48);
    let word: Permutation = list[0];
    for (let i = 0; i < 200; i++) word = compose(list[(i * 7 + (i % 5)) % 6], word);
    expect(contains(chain, word)).toBe(true);
    // An edge's two stickers are moved by the same two faces: 7 with 18, in this numbering.
    expect(contains(chain, compose(word, fromCycles(48, "(7,18)")))).toBe(false);
    expect(contains(chain, compose(word, fromCycles(48, "(6,11,17)")))).toBe(false);
    expect(contains(chain, fromCycles(48, "(1,2)"))).toBe(false);
    // Two flipped edges are reachable.
    expect(contains(chain, fromCycles(48, "(7,18)(5,26)"))).toBe(true);
  });

  it("gives up beyond its work limit, in words", () => {
    expect(() => schreierSims(publishedGenerators("Rubik's cube"), 48, { workLimit: 1000 })).toThrow(
      InputError,
    );
  });
});

describe("random elements", () => {
  /** Pearson's statistic over all elements, in standard deviations above its mean. */
  function excess(all: readonly Permutation[], draw: (s: number) => Permutation): number {
    const counts = new Map(all.map((g) => [g.join(), 0]));
    const draws = 40 * all.length;
    for (let s = 0; s < draws; s++) {
      const name = draw(s).join();
      const before = counts.get(name);
      if (before === undefined) throw new Error(`${name} is not in the group`);
      counts.set(name, before + 1);
    }
    let statistic = 0;
    for (const count of counts.values()) statistic += (count - 40) ** 2 / 40;
    return (statistic - (all.length - 1)) / Math.sqrt(2 * (all.length - 1));
  }

  it("are uniform", () => {
    for (const cycles of [
      ["(1,2,3,4,5)", "(2,5)(3,4)"],
      ["(1,2,3)", "(3,4,5)"],
      ["(1,2,3,4)(5,6)", "(1,3)"],
    ]) {
      const list = cycles.map((text) => fromCycles(6, text));
      const chain = schreierSims(list, 6);
      const key = keyFor("uniform", cycles);
      expect(Math.abs(excess(closure(6, list), (s) => randomElement(chain, foldIn(key, s))))).toBeLessThan(4);
    }
  });

  it("would be caught if they were not (negative control)", () => {
    const list = ["(1,2,3)", "(3,4,5)"].map((text) => fromCycles(6, text));
    const all = closure(6, list);
    const chain = schreierSims(list, 6);
    const biased = (s: number): Permutation =>
      s % 10 === 0 ? all[s % 7] : randomElement(chain, keyFor("biased", s));
    expect(excess(all, biased)).toBeGreaterThan(10);
  });
});
