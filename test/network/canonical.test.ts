/** Perceptrons on canonical graphs: exactly invariant, complete, and what is no renaming is seen. */

import { describe, expect, it } from "vitest";
import { keyFor, permutation } from "../../src/base/random.ts";
import type { Samples } from "../../src/distribution/law.ts";
import { erdosRenyi } from "../../src/distribution/erdos-renyi.ts";
import { canonicalMlp } from "../../src/network/canonical.ts";
import { permuteNodes } from "../../src/network/equivariance.ts";

const graphsOf = (n: number, count: number): Samples =>
  erdosRenyi({ n, edges: "undirected", p: 0.5 }).sample(keyFor("canonical", n), count);
const formsOf = (n: number, samples: Samples): Float32Array =>
  canonicalMlp({ n, layers: 1, width: 4 }).encode(samples)["x"];

describe("canonical graphs as inputs", () => {
  it.each([7, 17])("are the same, bit for bit, after renaming (n = %i), and others of other graphs", (n) => {
    const samples = graphsOf(n, 60);
    const forms = formsOf(n, samples);
    expect(formsOf(n, permuteNodes(samples, permutation(keyFor("names", n), n)))).toEqual(forms);
    expect(formsOf(n, graphsOf(n, 61)).slice(0, forms.length)).toEqual(forms);
    const other = Uint8Array.from(samples.data);
    [other[1], other[n]] = [1 - other[1], 1 - other[n]]; // the first graph, one edge changed
    expect(formsOf(n, { ...samples, rows: undefined, data: other } as Samples)).not.toEqual(forms);
  });

  it("are as many as graphs up to isomorphism: 11 on 4 nodes", () => {
    const data = Uint8Array.from({ length: 64 * 16 }, (_, at) => {
      const [code, i, j] = [Math.floor(at / 16), Math.floor(at / 4) % 4, at % 4];
      const [high, low] = [Math.max(i, j), Math.min(i, j)];
      return i === j ? 0 : (code >> ((high * (high - 1)) / 2 + low)) & 1;
    });
    const forms = formsOf(4, { count: 64, shape: [4, 4], data });
    const seen = new Set(Array.from({ length: 64 }, (_, g) => forms.slice(6 * g, 6 * g + 6).join()));
    expect(seen.size).toBe(11);
  });

  it("keep the number of edges, and refuse more nodes than the search takes", () => {
    const samples = graphsOf(6, 30);
    const edges = (of: ArrayLike<number>, size: number): number[] =>
      Array.from({ length: 30 }, (_, g) => {
        let sum = 0;
        for (let at = g * size; at < (g + 1) * size; at++) sum += of[at];
        return sum;
      });
    expect(edges(formsOf(6, samples), 15)).toEqual(edges(samples.data, 36).map((sum) => sum / 2));
    expect(() => canonicalMlp({ n: 32, layers: 1, width: 4 })).toThrow(/at most 31/);
  });
});
