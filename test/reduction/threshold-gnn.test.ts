import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { activations, aggregate, evaluate, type LabelledGraph } from "../../src/reduction/threshold-gnn.ts";

/** Row 0 of A X, by dense matrices. */
function denseAggregate({ nodes, edges, ones }: LabelledGraph, features: number): number[] {
  const adjacency = Array.from({ length: nodes }, () => Array.from({ length: nodes }, () => 0));
  for (const [a, b] of edges) adjacency[a][b] = adjacency[b][a] = 1;
  return Array.from({ length: features }, (_, i) =>
    adjacency[0].reduce((sum, a, v) => sum + a * (ones[v].includes(i) ? 1 : 0), 0),
  );
}

describe("message passing", () => {
  it("is row 0 of A X", () => {
    const graph = fc.integer({ min: 1, max: 5 }).chain((nodes) =>
      fc.record({
        nodes: fc.constant(nodes),
        edges: fc.uniqueArray(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const), { selector: (e) => e.join() }), // prettier-ignore
        ones: fc.array(fc.uniqueArray(fc.nat(3)), { minLength: nodes, maxLength: nodes }),
        label: fc.constant(1 as const),
      }),
    );
    fc.assert(
      fc.property(graph, (g) => {
        const z = aggregate(g);
        expect([0, 1, 2, 3].map((i) => z.get(i) ?? 0)).toEqual(denseAggregate(g, 4));
      }),
    );
  });

  it("thresholds strictly and ands the units", () => {
    const graph: LabelledGraph = { nodes: 2, edges: [[0, 1]], ones: [[], [0]], label: 1 };
    const network = (a: number, b: number) => ({
      units: [{ weights: [a], bias: 1 }, { weights: [b], bias: 1 }] as const, // prettier-ignore
    });
    expect(activations(network(-1, 0), graph)).toEqual([false, true]); // -1 + 1 = 0 is not above 0
    expect(evaluate(network(-1, 0), graph)).toBe(0);
    expect(evaluate(network(0, 5), graph)).toBe(1);
    expect(() => evaluate(network(0.5, 0), graph)).toThrow(/no integers/);
    expect(() => evaluate(network(2 ** 53, 0), graph)).toThrow(/too large/);
  });
});
