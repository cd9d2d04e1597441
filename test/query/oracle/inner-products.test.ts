import fc from "fast-check";
import { expect, it } from "vitest";
import { keyFor, normals } from "../../../src/base/random.ts";
import { addInnerProducts } from "../../../src/query/oracle/inner-products.ts";
import { CHUNK } from "../../../src/query/oracle/population.ts";

const counts = fc.record({
  count: fc.integer({ min: 1, max: 11 }),
  queries: fc.integer({ min: 1, max: 70 }),
  size: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(CHUNK - 1, CHUNK)),
});

it.each([Float32Array, Float64Array])(
  "are to the last bit sums from the first point to the last, of %s",
  (kind) => {
    fc.assert(
      fc.property(counts, fc.nat(), (sizes, seed) => {
        const { count, queries, size } = sizes;
        const f = normals(keyFor("members", seed), new Float32Array(count * size));
        const h = normals(keyFor("queries", seed), new kind(queries * size));
        const before = normals(keyFor("sums", seed), new Float64Array(queries * count));
        const sums = before.slice();
        addInnerProducts(f, h, sizes, sums);
        const wanted = before.map((start, at) => {
          const [q, i] = [Math.floor(at / count), at % count];
          let sum = 0;
          for (let x = 0; x < size; x++) sum += f[i * size + x] * h[q * size + x];
          return start + sum;
        });
        expect(sums).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  },
);
