import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  copyBits,
  onesOf,
  packRows,
  symmetrise,
  unpackRows,
  wordsOf,
} from "../../src/distribution/bit-rows.ts";

/** Numbers of nodes around those where another word begins. */
const nodes = fc.constantFrom(1, 2, 3, 15, 16, 17, 31, 32, 33, 47, 48, 49, 65);

const matrices = nodes.chain((n) =>
  fc.integer({ min: 1, max: 3 }).chain(
    (count) =>
    fc.array(fc.integer({ min: 0, max: 1 }), { minLength: count * n * n, maxLength: count * n * n }).map((bits) => ({ n, data: Uint8Array.from(bits) })), // prettier-ignore
  ),
);

describe("rows of bits", () => {
  it("say where the ones of a matrix are, and give it back", () => {
    fc.assert(
      fc.property(matrices, ({ n, data }) => {
        const rows = packRows(data, n);
        expect(rows).toHaveLength((data.length / n) * wordsOf(n));
        expect(unpackRows(rows, n, new Uint8Array(data.length))).toEqual(data);
        expect(unpackRows(rows, n, new Float32Array(data.length), 0.5)).toEqual(Float32Array.from(data, (x) => x / 2));
        expect(rows.reduce((sum, w) => sum + onesOf(w), 0)).toBe(data.reduce((a, b) => a + b, 0));
      }),
      { numRuns: 50 },
    );
  }); // prettier-ignore

  it("become symmetric by adding the transpose of every matrix", () => {
    fc.assert(
      fc.property(matrices, ({ n, data }) => {
        const upper = data.map((x, at) => (at % n > Math.floor(at / n) % n ? x : 0));
        const rows = packRows(upper, n);
        symmetrise(rows, n);
        const whole = unpackRows(rows, n, new Uint8Array(data.length));
        const mirrored = upper.map((x, at) => {
          const [graph, i, j] = [at - (at % (n * n)), Math.floor(at / n) % n, at % n];
          return x | upper[graph + j * n + i];
        });
        expect(whole).toEqual(mirrored);
      }),
      { numRuns: 50 },
    );
  });
});

it("copyBits takes any stretch of a bit string to any column", () => {
  const string = fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(string, fc.nat(31), fc.nat(60), fc.nat(30), (source, from, length, column) => {
      const rows = new Uint16Array(7);
      copyBits(Uint32Array.from(source), from, length, rows, 1, column);
      const expected = Array.from({ length: 96 }, (_, at) => {
        const bit = from + at - column;
        return at >= column && at < column + length ? (source[bit >>> 5] >>> (bit & 31)) & 1 : 0;
      });
      const taken = Array.from({ length: 96 }, (_, at) => (rows[1 + (at >>> 4)] >>> (at & 15)) & 1);
      expect([rows[0], ...taken]).toEqual([0, ...expected]);
    }),
    { numRuns: 200 },
  );
});
