/** Graphs as text, against the examples of the format's own description. */

import { describe, expect, it } from "vitest";
import { digraph6, graph6 } from "../../src/dataset/graph6.ts";

function matrix(n: number, edges: readonly (readonly [number, number])[], both: boolean): Uint8Array {
  const a = new Uint8Array(n * n);
  for (const [i, j] of edges) {
    a[i * n + j] = 1;
    if (both) a[j * n + i] = 1;
  }
  return a;
}

describe("graph6 and digraph6", () => {
  it("write the examples of McKay's formats.txt", () => {
    const undirected = matrix(5, [[0, 2], [0, 4], [1, 3], [3, 4]], true); // prettier-ignore
    expect(graph6(undirected, 5)).toBe("DQc");
    const directed = matrix(5, [[0, 2], [0, 4], [3, 1], [3, 4]], false); // prettier-ignore
    expect(digraph6(directed, 5)).toBe("&DI?AO?");
  });

  it("write the number of nodes in four characters from 63 on", () => {
    expect(graph6(new Uint8Array(62 * 62), 62).slice(0, 1)).toBe("}");
    expect(graph6(new Uint8Array(63 * 63), 63).slice(0, 4)).toBe("~??~");
    expect(graph6(new Uint8Array(63 * 63), 63)).toHaveLength(4 + Math.ceil((63 * 62) / 12));
  });
});
