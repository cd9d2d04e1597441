import { describe, expect, it } from "vitest";
import { keyFor } from "../../src/base/random.ts";
import { isProper, limits, parseHypergraph, randomHypergraph } from "../../src/reduction/hypergraph.ts";

const parse = (text: string) => parseHypergraph(text, "file");
const json = (value: unknown) => parse(JSON.stringify(value));

describe("files", () => {
  it("both forms give the same hypergraph", () => {
    const text = parse("c a comment\nc\n\np hyper 4 2\n1 2 3 0\n 2  4 0 \n");
    expect(text).toEqual({ vertices: 4, edges: [[0, 1, 2], [1, 3]] }); // prettier-ignore
    expect(json(text)).toEqual(text);
  });

  it.each([
    ["", /no header; allowed: p hyper V E/],
    ["p cnf 3 1\n1 2 0", /line 1: "p cnf 3 1" is no header/],
    ["p hyper 3 1\n1 2", /line 2: "1 2" is no hyperedge/],
    ["p hyper 3 1\n1 -2 0", /line 2: "1 -2 0" is no hyperedge/],
    ["p hyper 3 1\n1 4 0", /line 2: vertex 4 is out of range; allowed: 1 to 3/],
    ["p hyper 3 1\n0 1 0", /line 2: vertex 0 is out of range/],
    ["p hyper 3 1\n1 0", /line 2: a hyperedge of 1 vertex; allowed: at least 2/],
    ["p hyper 3 1\n1 2 1 0", /line 2: vertex 1 is listed twice/],
    ["p hyper 3 2\n1 2 0", /1 hyperedges; allowed: 2, by the header/],
    ["p hyper 3 1\n1 2 0\n2 3 0", /line 3: one hyperedge too many/],
    ["p hyper 999999 1\n1 2 0", /999999 vertices; allowed: 1 to 5000/],
    ["p hyper 3 99999999\n1 2 0", /99999999 hyperedges/],
    ["{", /is not JSON/],
    ['{"vertices":3}', /edges: missing/],
    ['{"vertices":3,"edges":[[0,1]],"x":1}', /"x" is unknown/],
    ['{"vertices":3,"edges":[[0,1.5]]}', /1.5 does not fit/],
    ['{"vertices":3,"edges":[[0,1],[0,3]]}', /edges.1: vertex 3 is out of range; allowed: 0 to 2/],
    ['{"vertices":3,"edges":[[]]}', /edges.0: a hyperedge of 0 vertices/],
    ['{"vertices":3,"edges":[[1,1]]}', /edges.0: vertex 1 is listed twice/],
    ['{"vertices":0,"edges":[]}', /0 vertices/],
  ])("rejects %j in one line", (text, message) => {
    expect(() => parse(text)).toThrow(message);
    expect(() => parse(text)).toThrow(/^[^\n]*$/);
  });

  it("bounds the vertices of all hyperedges together", () => {
    const edge = Array.from({ length: 5000 }, (_, i) => i);
    expect(() => json({ vertices: 5000, edges: Array.from({ length: 41 }, () => edge) })).toThrow(
      new RegExp(`205000 vertices in all; allowed: at most ${limits.incidences}`),
    );
  });
});

it("isProper wants two colours on every hyperedge", () => {
  const hypergraph = { vertices: 3, edges: [[0, 1, 2], [0, 1]] }; // prettier-ignore
  expect(isProper(hypergraph, [0, 1, 1])).toBe(true);
  expect(isProper(hypergraph, [0, 0, 1])).toBe(false);
  expect(isProper(hypergraph, [0, 1])).toBe(false);
  expect(isProper(hypergraph, [0, 1, 2])).toBe(false);
});

it("random hyperedges are uniform subsets", () => {
  const { edges } = randomHypergraph(keyFor("test"), 5, 20_000, 3);
  const counts = new Map<string, number>();
  for (const e of edges) counts.set(e.join(), (counts.get(e.join()) ?? 0) + 1);
  expect(counts.size).toBe(10);
  for (const c of counts.values()) expect(Math.abs(c - 2000)).toBeLessThan(200); // 4.7 standard deviations
  expect(() => randomHypergraph(keyFor("test"), 2, 1, 3)).toThrow(/hyperedges of 3 among 2/);
});
