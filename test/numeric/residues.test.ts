import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chineseRemainder, coprimeModuli } from "../../src/numeric/residues.ts";

function* from(largest: bigint): Generator<bigint> {
  for (let m = largest; ; m--) yield m;
}

describe("residues", () => {
  it("are taken modulo the first candidates that are coprime in pairs", () => {
    // by their factors: 12 = 2 2 3, 11, 10 = 2 5, 9 = 3 3, 8 = 2 2 2, 7, 6, 5
    expect(coprimeModuli(12n * 11n * 7n * 5n - 1n, from(12n))).toEqual([12n, 11n, 7n, 5n]);
    expect(coprimeModuli(12n * 11n - 1n, from(12n))).toEqual([12n, 11n]);
    expect(coprimeModuli(12n * 11n, from(12n))).toEqual([12n, 11n, 7n]);
    expect(coprimeModuli(0n, from(12n))).toEqual([]);
    const many = coprimeModuli(10n ** 400n, from(2n ** 41n));
    expect(many.reduce((product, m) => product * m, 1n)).toBeGreaterThan(10n ** 400n);
    expect(many.slice(0, -1).reduce((product, m) => product * m, 1n)).toBeLessThanOrEqual(10n ** 400n);
    const common = (a: bigint, b: bigint): bigint => (b === 0n ? a : common(b, a % b));
    many.forEach((m, i) => many.slice(0, i).forEach((k) => expect(common(m, k)).toBe(1n)));
  });

  it("give the integer back", () => {
    for (const [value, largest] of [[2n ** 400n, 2n ** 41n], [10n ** 30n, 100n], [1n, 2n]]) {
      const moduli = coprimeModuli(value, from(largest));
      const combine = chineseRemainder(moduli);
      fc.assert(
        fc.property(fc.bigInt({ min: 0n, max: value }), fc.constantFrom(0n, 1n), (x, more) => {
          expect(combine(moduli.map((m) => (x % m) + more * m))).toBe(x);
        }),
      );
    }
  }); // prettier-ignore
});
