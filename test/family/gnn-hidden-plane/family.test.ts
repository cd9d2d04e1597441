import { describe, expect, it } from "vitest";
import { keyFor } from "../../../src/base/random.ts";
import type { Samples } from "../../../src/distribution/law.ts";
import { studentOf, type StudentOptions } from "../../../src/family/family.ts";
import type { Instance } from "../../../src/family/instance.ts";
import { gnnHiddenPlane as family } from "../../../src/family/gnn-hidden-plane/index.ts";
import { buildGraph, edgesOf } from "../../../src/family/parameter/graph-parameter.ts";
import { correlationsOf } from "../../../src/family/plane/node-correlations.ts";
import { invarianceError } from "../../../src/network/equivariance.ts";
import { directions } from "../../../src/family/plane/polygon.ts";
import type { HiddenPlaneInstance } from "../../../src/family/gnn-hidden-plane/family.ts";
import { teacherOutputs } from "../teacher-outputs.ts";

const instanceOf = (params: Record<string, unknown>, seed = 0) =>
  family.draw(family.parse(params), keyFor("test", params, seed));

const edgesIn = (instance: Instance): number[][] => instance.facts["edges"] as number[][];

/** sum_i sum_m a_m relu(w_m . U (A X)_i), written out. */
function byDefinition(
  instance: HiddenPlaneInstance,
  { count, shape, data }: Samples,
  easy: boolean,
): number[] {
  const [n, d] = shape;
  const { u, v } = instance.hidden;
  const k = instance.params.values.k;
  const w = directions(k);
  return Array.from({ length: count }, (_, s) => {
    const x = (j: number, f: number): number => data[(s * n + j) * d + f];
    let label = 0;
    for (let i = 0; i < n; i++) {
      const sums = Array.from({ length: d }, (__, f) =>
        edgesIn(instance).reduce(
          (sum, [a, b]) => sum + (a === i ? x(b, f) : 0) + (b === i && a !== b ? x(a, f) : 0),
          0,
        ),
      );
      const [p, q] = [u, v].map((row) => row.reduce((sum, value, f) => sum + value * sums[f], 0));
      for (let m = 1; m <= 2 * k; m++) {
        const coefficient = easy ? Math.cos((2 * Math.PI * m) / k) : (-1) ** m;
        label += coefficient * Math.max(0, w[2 * m - 2] * p + w[2 * m - 1] * q);
      }
    }
    return label;
  });
}

const cases = [
  { n: 1, d: 6, k: 4 },
  { d: 6, k: 4 },
  { n: 6, d: 5, k: 6, graph: "er:0.5" },
  { n: 5, d: 8, k: 2, graph: "path" },
  { n: 4, d: 3, k: 10, graph: "star" },
  { n: 7, d: 4, k: 4, graph: "cycle" },
  { n: 3, d: 4, k: 4, graph: { edges: [[0, 0], [0, 2]] } },
]; // prettier-ignore

describe("target and twin", () => {
  it("are the definition, and their second moments and means are those of samples", () => {
    for (const params of cases) {
      const instance = instanceOf(params);
      const few = instance.law.sample(keyFor("few"), 50);
      for (const [target, easy] of [[instance.hard, false], [instance.easy, true]] as const) {
        const labels = target.label(few);
        byDefinition(instance, few, easy).forEach((y, i) => expect(Math.abs(labels[i] - y)).toBeLessThan(1e-13 * 50)); // prettier-ignore
        const many = target.label(instance.law.sample(keyFor("many", params), 4000));
        const mean = many.reduce((a, b) => a + b, 0) / many.length;
        const second = many.reduce((a, b) => a + b * b, 0) / many.length;
        const fourth = many.reduce((a, b) => a + b ** 4, 0) / many.length;
        expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(second / many.length));
        expect(Math.abs(second - target.secondMoment.value)).toBeLessThan(
          4 * Math.sqrt((fourth - second * second) / many.length),
        );
      }
    }
  }); // prettier-ignore

  it("at k = 2 are the same function, and it is said", () => {
    const { hard, easy, facts, law } = instanceOf({ d: 4, k: 2 });
    const samples = law.sample(keyFor("twin"), 20);
    hard.label(samples).forEach((y, i) => expect(easy.label(samples)[i]).toBeCloseTo(y, 12));
    expect(facts["easyEqualsHard"]).toBe(true);
    expect(instanceOf({ d: 4, k: 4 }).facts["easyEqualsHard"]).toBe(false);
  });
});

describe("the teacher", () => {
  it("computes the target at every depth, readout and pooling, to float tolerance", async () => {
    for (const [c, params] of cases.entries())
      for (const [layers, readoutLayers, pool] of [[1, 0, "sum"], [1, 0, "mean"], [2, 1, "mean"], [3, 2, "sum"]] as const) {
        const instance = instanceOf(params, c);
        const samples = instance.law.sample(keyFor("teacher", c), 40);
        const labels = instance.hard.label(samples);
        const found = await teacherOutputs(family, instance, { layers, width: 23, readoutLayers, pool }, samples);
        const scale = Number(params.n ?? 5) * 8;
        found.forEach((y, i) => expect(Math.abs(y - labels[i])).toBeLessThan(2e-6 * scale));
      }
  }); // prettier-ignore

  it("is refused below 2 k units and above 10^5", () => {
    const instance = instanceOf({ d: 4, k: 6 });
    const options = { layers: 2, width: 11, readoutLayers: 1, pool: "sum" } as const;
    expect(() => family.teacher!(instance, options)).toThrow(/width: 11 units .* at least 2 k = 12/);
    expect(() => family.teacher!(instance, { ...options, width: 50_000 })).toThrow(/150000 units .* at most 100000/); // prettier-ignore
  });
});

describe("the student", () => {
  it("does not see the names of a complete graph's nodes, but those of a path's", async () => {
    const rename = ({ count, shape, data }: Samples): Samples => {
      // swaps the first two nodes of every example
      const moved = data.slice();
      const [n, d] = shape;
      for (let s = 0; s < count; s++)
        for (let f = 0; f < d; f++) {
          const at = s * n * d + f;
          [moved[at], moved[at + d]] = [data[at + d], data[at]];
        }
      return { count, shape, data: moved };
    };
    for (const [graph, invariant] of [["complete", true], ["path", false]] as const) {
      const instance = instanceOf({ n: 4, d: 3, k: 4, graph });
      const options: StudentOptions = { layers: 2, width: 8, readoutLayers: 1, pool: "mean" };
      const weights = family.teacher!(instance, options);
      weights["layer2.neighbour"].fill(0.1);
      const error = await invarianceError(studentOf(family, instance, options), weights, instance.law.sample(keyFor("s"), 30), rename); // prettier-ignore
      if (invariant) expect(error).toBeLessThan(1e-5);
      else expect(error).toBeGreaterThan(1e-2);
    }
  }); // prettier-ignore
});

describe("graphs", () => {
  it("are what their names say", () => {
    const edges = (n: number, graph: string): number[][] => edgesOf(buildGraph(n, graph, keyFor("g")));
    expect(edges(4, "cycle")).toHaveLength(4);
    expect(edges(2, "cycle")).toEqual([[0, 1]]);
    expect(edges(4, "path")).toEqual([[0, 1], [1, 2], [2, 3]]); // prettier-ignore
    expect(edges(4, "star")).toEqual([[0, 1], [0, 2], [0, 3]]); // prettier-ignore
    expect(edges(5, "complete")).toHaveLength(10);
    expect(edges(5, "er:1")).toHaveLength(10);
    expect(edges(1, "complete")).toEqual([[0, 0]]);
    expect(edges(2, "er:0.05")).toEqual([[0, 1]]);
  });

  it("give correlations whose weights sum to those of A A^T", () => {
    const graph = buildGraph(6, "er:0.6", keyFor("c"));
    const { n, adjacency: A } = graph;
    const C = (i: number, j: number): number => {
      let sum = 0;
      for (let l = 0; l < n; l++) sum += A[i * n + l] * A[j * n + l];
      return sum;
    };
    for (const power of [0, 2, 4]) {
      let [expected, found] = [0, 0];
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) {
          const scale = Math.sqrt(C(i, i) * C(j, j));
          if (C(i, j) > 0) expected += scale * (C(i, j) / scale) ** power;
        }
      for (const { correlation, weight } of correlationsOf(graph)) found += weight * correlation ** power;
      expect(found).toBeCloseTo(expected, 10);
    }
  });
});

describe("the list of planes", () => {
  it("has members of norm 1, and correlations as the closed form says", async () => {
    const { values, law, count, hidden } = family.members!(family.parse({ n: 3, d: 3, k: 2, graph: "path" }), { count: 4, seed: 1 }); // prettier-ignore
    expect(count).toBe(4);
    expect(hidden(2)).not.toEqual(hidden(3));
    const samples = law.sample(keyFor("list"), 8000);
    const all = values(samples, 0, 4);
    for (let i = 0; i < 4; i++) {
      let sum = 0;
      for (let s = 0; s < samples.count; s++) sum += all[i * samples.count + s] ** 2;
      expect(Math.abs(sum / samples.count - 1)).toBeLessThan(0.12);
    }
    expect(() => family.members!(family.parse({ d: 3, k: 2 }), { seed: 0 })).toThrow(/count: missing/);
    expect(() => family.members!(family.parse({ d: 1_000_000, k: 2, n: 1 }), { seed: 0, count: 100 })).toThrow(/at most 33/); // prettier-ignore
  });
});

describe("parse", () => {
  const read = (name: string): string => {
    const files: Record<string, string> = { "g.json": '{"n":3,"edges":[[0,1]]}', "none.json": '{"n":3,"edges":[]}', "bad.json": "x", "far.json": '{"n":3,"edges":[[0,3]]}', "twice.json": '{"n":3,"edges":[[0,1],[1,0]]}' }; // prettier-ignore
    return files[name];
  };
  it("reads a graph's file into the parameters", () => {
    const params = family.parse({ d: 4, k: 2, graph: "file:g.json" }, read);
    expect(params.json).toEqual({ n: 3, d: 4, k: 2, graph: { edges: [[0, 1]] } });
    expect(family.parse(params.json)).toEqual(params);
  });
  it.each([
    [{ d: 4, k: 3 }, /k: 3 is odd, .* 0 everywhere/],
    [{ d: 4, k: 1 }, /k: 1 is odd/],
    [{ d: 4, k: 102 }, /k: 102 is too large/],
    [{ d: 1, k: 2 }, /d: 1 is too small/],
    [{ k: 2 }, /d: missing/],
    [{ d: 4, k: 2, n: 0 }, /n: 0 is too small/],
    [{ d: 4, k: 2, n: 1000 }, /n: 1000 is too large/],
    [{ d: 4, k: 2, graph: "cycl" }, /graph: "cycl" is unknown.*did you mean "cycle"/],
    [{ d: 4, k: 2, graph: "er:0" }, /graph: has no edge/],
    [{ d: 4, k: 2, graph: "er:2" }, /graph: "er:2" is unknown/],
    [{ d: 4, k: 2, graph: "er:" }, /graph: "er:" is unknown/],
    [{ d: 4, k: 2, graph: "file:none.json" }, /graph: has no edge/],
    [{ d: 4, k: 2, graph: "file:bad.json" }, /bad.json: is not JSON/],
    [{ d: 4, k: 2, graph: "file:far.json" }, /leaves the graph/],
    [{ d: 4, k: 2, graph: "file:twice.json" }, /listed twice/],
    [{ d: 4, k: 2, n: 4, graph: "file:g.json" }, /n: 4, but the graph of g.json has 3 nodes/],
    [{ d: 4, k: 2, count: 1 }, /count: 1 is too small/],
  ])("rejects %j", (params, message) => {
    expect(() => family.parse(params, read)).toThrow(message);
  });
  it("refuses to draw examples that are too large", () => {
    expect(() => instanceOf({ n: 10, d: 1_000_000, k: 2 })).toThrow(/d: 10 x 1000000 numbers/);
  });
});
