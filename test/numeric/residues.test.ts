import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chineseRemainder, coprimeModuli } from "../../src/numeric/residues.ts";

describe("residues", () => {
  it("are taken modulo the largest numbers that are coprime in pairs", () => {
    // by their factors: 12 = 2 2 3, 11, 10 = 2 5, 9 = 3 3, 8 = 2 2 2, 7, 6, 5
    expect(coprimeModuli(12n * 11n * 7n * 5n - 1n, 12)).toEqual([12, 11, 7, 5]);
    expect(coprimeModuli(12n * 11n - 1n, 12)).toEqual([12, 11]);
    expect(coprimeModuli(12n * 11n, 12)).toEqual([12, 11, 7]);
    expect(coprimeModuli(0n, 12)).toEqual([]);
    const many = coprimeModuli(10n ** 400n, 2 ** 41).map(BigInt);
    expect(many.reduce((product, m) => product * m, 1n)).toBeGreaterThan(10n ** 400n);
    expect(many.slice(0, -1).reduce((product, m) => product * m, 1n)).toBeLessThanOrEqual(10n ** 400n);
    const common = (a: bigint, b: bigint): bigint => (b === 0n ? a : common(b, a % b));
    many.forEach((m, i) => many.slice(0, i).forEach((k) => expect(common(m, k)).toBe(1n)));
  });

  it("give the integer back", () => {
    for (const [value, limit] of [
      [2n ** 400n, 2 ** 41],
      [10n ** 30n, 100],
      [1n, 2],
    ] as const) {
      const moduli = coprimeModuli(value, limit);
      const combine = chineseRemainder(moduli);
      fc.assert(
        fc.property(fc.bigInt({ min: 0n, max: value }), (x) => {
          expect(combine(moduli.map((m) => Number(x % BigInt(m))))).toBe(x);
        }),
      );
    }
  });
});
