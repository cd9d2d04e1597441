import fc from "fast-check";
import { expect, it } from "vitest";
import { keyFor, normals } from "../../../src/base/random.ts";
import { gramRoom } from "../../../src/query/oracle/gram-room.ts";

const sizes = fc
  .record({
    tile: fc.constantFrom(4, 8, 52),
    blocks: fc.integer({ min: 1, max: 3 }),
    part: fc.integer({ min: 1, max: 13 }),
    parts: fc.integer({ min: 1, max: 3 }),
    some: fc.integer({ min: 1, max: 4 }),
  })
  .chain((s) =>
    fc.record({
      s: fc.constant(s),
      size: fc.integer({ min: 1, max: s.part }),
      held: fc.nat(s.parts - 1),
      first: fc.nat(s.tile * s.blocks - s.some),
      seed: fc.nat(),
    }),
  );

it("values are rounded, and products added, as number by number, and nothing else is touched", () => {
  fc.assert(
    fc.property(sizes, ({ s, size, held, first, seed }) => {
      const { tile, part, some } = s;
      const room = gramRoom(s);
      const all = room.parts.flat();
      for (const [i, values] of all.entries()) normals(keyFor("there", seed, i), values);
      const wanted = all.map((values) => values.slice());
      normals(keyFor("values", seed), room.some);
      normals(keyFor("roots", seed), room.roots);
      for (let i = 0; i < some; i++)
        for (let x = 0; x < size; x++) {
          const [block, row] = [Math.floor((first + i) / tile), (first + i) % tile];
          wanted[held * s.blocks + block][row * part + x] = room.some[i * size + x] * room.roots[x];
        }
      room.round(held, first, some, size);
      expect(all).toEqual(wanted);

      for (const [i, product] of room.products.entries()) normals(keyFor("products", seed, i), product);
      const sum = normals(keyFor("sum", seed), new Float64Array(tile * tile));
      const total = sum.slice();
      for (let p = 0; p <= held; p++)
        for (let at = 0; at < total.length; at++) total[at] += room.products[p][at];
      room.addProducts(held + 1, sum);
      expect(sum).toEqual(total);
    }),
    { numRuns: 60 },
  );
});
