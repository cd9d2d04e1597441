import { describe, expect, it } from "vitest";
import { keyFor, stream } from "../../src/base/random.ts";
import { fitThresholdGnn, program } from "../../src/reduction/fit.ts";
import { isProper, randomHypergraph, type Hypergraph } from "../../src/reduction/hypergraph.ts";
import { fault, reduce } from "../../src/reduction/reduce.ts";
import { colouringOf, dataSetOf, graphForms, networkOf, weightRange } from "../../src/reduction/set-splitting.ts"; // prettier-ignore
import { evaluate, misfits, type ThresholdGnn } from "../../src/reduction/threshold-gnn.ts";

const fano: Hypergraph = { vertices: 7, edges: [[0, 1, 2], [0, 3, 4], [0, 5, 6], [1, 3, 5], [1, 4, 6], [2, 3, 6], [2, 4, 5]] }; // prettier-ignore
const withoutOneLine: Hypergraph = { ...fano, edges: fano.edges.slice(1) };

/** Some proper colouring, by trying all. */
function exhaustive(hypergraph: Hypergraph): number[] | null {
  const { vertices } = hypergraph;
  for (let mask = 0; mask < 2 ** (vertices - 1); mask++) {
    const colouring = Array.from({ length: vertices }, (_, i) => (mask >> i) & 1);
    if (isProper(hypergraph, colouring)) return colouring;
  }
  return null;
}

/** Up to 12 vertices, hyperedges of 2 to 5, about as many with a colouring as without. */
function randomSmall(i: number): Hypergraph {
  const s = stream(keyFor("small", i));
  const vertices = 5 + s.below(8);
  const parts = [2, 3, 4, 5].map((size) => {
    const most = Math.ceil(vertices * [0.6, 4, 4, 3][size - 2]);
    return randomHypergraph(keyFor("part", i, size), vertices, s.below(most + 1), size).edges;
  });
  return { vertices, edges: parts.flat() };
}

describe("reduce", () => {
  it("agrees with exhaustive colouring on 100 random hypergraphs of up to 12 vertices, in both graph forms", async () => {
    let colourable = 0;
    for (let i = 0; i < 100; i++) {
      const hypergraph = randomSmall(i);
      const expected = exhaustive(hypergraph);
      const form = graphForms[i % 2];
      const { fittable, colouring, network } = await reduce(hypergraph, { form, timeLimit: 60 });
      expect([i, fittable]).toEqual([i, expected !== null]);
      if (expected === null) {
        expect([colouring, network]).toEqual([null, null]);
        continue;
      }
      colourable++;
      expect(isProper(hypergraph, colouring!)).toBe(true);
      for (const other of graphForms) expect(misfits(network!, dataSetOf(hypergraph, other))).toEqual([]);
    }
    expect(colourable).toBeGreaterThan(25);
    expect(colourable).toBeLessThan(75);
  });

  it("finds the Fano plane not fittable, and fittable without one of its lines", async () => {
    for (const form of graphForms) {
      expect(await reduce(fano, { form, timeLimit: 60 })).toEqual({ schema: "equihard.reduce/1", fittable: false, colouring: null, network: null }); // prettier-ignore
      expect((await reduce(withoutOneLine, { form, timeLimit: 60 })).fittable).toBe(true);
    }
  });

  it("without hyperedges everything fits", async () => {
    expect((await reduce({ vertices: 1, edges: [] }, { form: "stars", timeLimit: 60 })).fittable).toBe(true);
  });

  it("says that it has no answer when time is up", async () => {
    const hard = randomHypergraph(keyFor("hard"), 200, 460, 3);
    const { fittable, network } = await reduce(hard, { form: "stars", timeLimit: 0.01 });
    expect([fittable, network]).toEqual([null, null]);
  });
});

describe("round trips", () => {
  it("colouring to network to colouring, over every proper colouring", () => {
    for (let mask = 0; mask < 128; mask++) {
      const colouring = Array.from({ length: 7 }, (_, i) => (mask >> i) & 1);
      const network = networkOf(withoutOneLine, colouring);
      const fits = misfits(network, dataSetOf(withoutOneLine, "stars")).length === 0;
      expect(fits).toBe(isProper(withoutOneLine, colouring));
      expect(colouringOf(withoutOneLine, network)).toEqual(colouring);
    }
  });

  it("any fit with other weights gives a proper colouring", () => {
    // random integer networks around fits: whenever one fits, its colouring is proper
    const data = dataSetOf(withoutOneLine, "stars");
    const s = stream(keyFor("networks"));
    let fits = 0;
    for (let trial = 0; trial < 20_000; trial++) {
      const colouring = Array.from({ length: 7 }, () => s.below(2));
      const { units } = networkOf(withoutOneLine, colouring);
      const shaken = { units: units.map((u) => ({ bias: 1, weights: u.weights.map((w) => w + s.below(3) - 1) })) } as unknown as ThresholdGnn; // prettier-ignore
      if (misfits(shaken, data).length > 0) continue;
      fits++;
      expect(isProper(withoutOneLine, colouringOf(withoutOneLine, shaken)!)).toBe(true);
    }
    expect(fits).toBeGreaterThan(50);
  });
});

describe("the check", () => {
  const data = dataSetOf(withoutOneLine, "stars");

  it("rejects every network broken in one weight or bias that matters (negative control)", async () => {
    const fit = await fitThresholdGnn(data, { range: weightRange(withoutOneLine), timeLimit: 60 });
    if (fit.outcome !== "fitted") throw new Error(fit.outcome);
    expect(fault(withoutOneLine, data, fit.network)).toBeNull();
    const [unit, other] = fit.network.units;
    for (const i of unit.weights.keys()) {
      const weights = unit.weights.map((w, j) => (j === i ? (w < 0 ? 1 : -20) : w));
      expect(fault(withoutOneLine, data, { units: [{ ...unit, weights }, other] })).toMatch(/mislabels/);
    }
    expect(fault(withoutOneLine, data, { units: [{ ...unit, bias: 0 }, other] })).toMatch(/mislabels graph 0/); // prettier-ignore
  });

  it("a label read over all nodes of a star would fail, as the docstring says", () => {
    const network = networkOf(withoutOneLine, exhaustive(withoutOneLine)!);
    const graph = data.graphs[1]; // the star of vertex 0, labelled 0
    const leaf = { ...graph, ones: [graph.ones[1], graph.ones[0]] }; // seen from its leaf
    expect([evaluate(network, graph), evaluate(network, leaf)]).toEqual([0, 1]);
  });

  it("the program speaks of every graph", () => {
    const text = program(dataSetOf({ vertices: 2, edges: [[0, 1]] }, "stars"), { low: -2, high: 2, bias: 1 });
    expect(text).toContain("1 a0_0 + 1 a0_1 >= 0");
    expect(text).toContain("1 a1_0 + 4 r1_1 <= 2"); // a + 1 <= -1 + 4 (1 - r)
    expect(text).toContain("r0_2 + r1_2 >= 1");
    expect(() => program(dataSetOf(fano, "stars"), { low: -2, high: 4, bias: 0 })).toThrow(/bias of 1/);
  });
});
