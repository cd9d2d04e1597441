import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyFor, normals } from "../../src/base/random.ts";
import { aggregation } from "../../src/network/aggregate.ts";

describe("sums over neighbours", () => {
  it("are those of the definition, in float64 before they are rounded", () => {
    const graphs = fc
      .integer({ min: 1, max: 9 })
      .chain((n) =>
        fc.array(fc.array(fc.integer({ min: 0, max: n - 1 }), { maxLength: n }), { minLength: n, maxLength: n }),
      );
    fc.assert(
      fc.property(graphs, fc.integer({ min: 1, max: 21 }), fc.integer({ min: 0, max: 3 }), (lists, features, count) => {
        const size = lists.length * features;
        const examples = normals(keyFor("examples", size), new Float32Array(count * size));
        const out = new Float32Array(count * size).fill(7);
        aggregation(lists, features, 1 / 3)(examples, out);
        const expected = out.map((_, at) => {
          const [example, node, feature] = [Math.floor(at / size), Math.floor((at % size) / features), at % features];
          return lists[node].reduce((sum, j) => sum + examples[example * size + j * features + feature], 0) * (1 / 3);
        });
        expect(out).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  }); // prettier-ignore
});
