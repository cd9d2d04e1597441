import fc from "fast-check";
import { expect, it } from "vitest";
import { keyFor, normals } from "../../src/base/random.ts";
import { MOST_COLUMNS, solveColumns } from "../../src/query/tile-solve.ts";

/** Each number by itself. */
function oneByOne(b: Float64Array, l: Float64Array, size: number, from: number, to: number): void {
  for (let r = 0; r < size; r++)
    for (let c = from; c < to; c++) {
      let sum = 0;
      for (let k = from; k < c; k++) sum += b[r * size + k] * l[c * size + k];
      b[r * size + c] = (b[r * size + c] - sum) / l[c * size + c];
    }
}

it("columns are solved as number by number, to the last bit, and nothing else is touched", () => {
  const places = fc
    .oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(MOST_COLUMNS, MOST_COLUMNS + 7))
    .chain((size) =>
      fc.record({ size: fc.constant(size), from: fc.nat(size - 1), width: fc.nat(MOST_COLUMNS - 1) }),
    );
  fc.assert(
    fc.property(places, fc.nat(), ({ size, from, width }, seed) => {
      const l = normals(keyFor("factor", seed), new Float64Array(size * size));
      for (let i = 0; i < size; i++) l[i * (size + 1)] = 3 + Math.abs(l[i * (size + 1)]);
      const b = normals(keyFor("rows", seed), new Float64Array(size * size));
      const wanted = b.slice();
      const to = Math.min(size, from + width + 1);
      solveColumns(b, l, size, from, to);
      oneByOne(wanted, l, size, from, to);
      expect(b).toEqual(wanted);
    }),
    { numRuns: 60 },
  );
});
