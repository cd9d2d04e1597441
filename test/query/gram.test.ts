import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.ts";
import { gram } from "../../src/family/certify.ts";

type Edges = "undirected" | "directed" | "directed-loops";

/** Inner products by enumeration of all graphs. */
function enumerated(n: number, edges: Edges, p: number, members: number[][]): number[][] {
  const slots: [number, number][] = [];
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      if (edges === "undirected" ? j > i : edges === "directed-loops" || j !== i) slots.push([i, j]);
  const sums = members.map(() => members.map(() => 0));
  for (let graph = 0; graph < 2 ** slots.length; graph++) {
    const degrees = Array.from({ length: n }, () => 0);
    let weight = 1;
    slots.forEach(([i, j], e) => {
      const present = (graph >>> e) & 1;
      weight *= present === 1 ? p : 1 - p;
      degrees[i] += present;
      if (edges === "undirected") degrees[j] += present;
    });
    const values = members.map((s) => degrees.reduce((sign, d) => (s.includes(d) ? -sign : sign), 1));
    values.forEach((a, i) => values.forEach((b, j) => (sums[i][j] += weight * a * b)));
  }
  return sums;
}

describe("gram of gnn-degree-parity", () => {
  const cases: [number, Edges, number, number[][]][] = [
    [6, "undirected", 0.5, [[1, 2], [3], [1, 3, 5], [], [0, 4]]],
    [5, "undirected", 0.3, [[0], [1, 2], [4, 3]]],
    [4, "directed", 0.3, [[1, 2], [3], [0, 3]]],
    [4, "directed-loops", 0.7, [[1, 2], [4], [0, 3]]],
  ];
  it.each(cases)("equals enumeration: n = %i, %s, p = %d", (n, edges, p, members) => {
    const result = gram("gnn-degree-parity", { n, edges, p, members });
    const truth = enumerated(n, edges, p, members);
    expect(result.schema).toBe("equihard.gram/1");
    expect(result.method).toBe(edges === "undirected" ? "exact" : "closed-form");
    truth.forEach((row, i) =>
      row.forEach((x, j) => expect(Math.abs(result.gram[i][j] - x)).toBeLessThan(1e-12)),
    );
  });

  it("shows that the product formula fails for undirected graphs: {1,3,5} at n = 6 is constant", () => {
    const { gram: g } = gram("gnn-degree-parity", { n: 6, members: [[1, 3, 5], []] });
    expect(g[0][1]).toBeCloseTo(1, 12);
    const directed = gram("gnn-degree-parity", { n: 6, edges: "directed", members: [[1, 3, 5], []] });
    expect(Math.abs(directed.gram[0][1])).toBeLessThan(0.1);
  });

  it("samples larger undirected graphs, with standard errors that cover a second sample's method", () => {
    const result = gram("gnn-degree-parity", {
      n: 24,
      members: [[1, 2], [], Array.from({ length: 12 }, (_, i) => 2 * i)],
    });
    expect(result.method).toBe("monte-carlo");
    expect(result.gram[0][0]).toBe(1);
    // all even degrees at even n: every graph has an even number of odd, hence of even, degrees
    expect(result.gram[1][2]).toBe(1);
    expect(result.standardErrors![0][0]).toBe(0);
    expect(result.standardErrors![0][1]).toBeLessThan(0.01);
  });

  it.each([
    ["a degree out of range", { n: 6, members: [[6]] }, /no degree of a graph on 6 nodes/],
    ["a repeated degree", { n: 6, members: [[1, 1]] }, /twice/],
    ["no members", { n: 6, members: [] }, /members/],
    ["an unknown field", { n: 6, members: [[1]], nodes: 3 }, /"nodes" is unknown/],
    ["p = 1", { n: 6, p: 1, members: [[1]] }, /p/],
  ])("rejects %s", (_name, document, message) => {
    expect(() => gram("gnn-degree-parity", document)).toThrow(InputError);
    expect(() => gram("gnn-degree-parity", document)).toThrow(message);
  });

  it("rejects an unknown family, naming the closest", () => {
    expect(() => gram("gnn-degree-party", {})).toThrow(/did you mean "gnn-degree-parity"/);
  });
});
