/** What separable unitary convolutions are beside their definition (see graph-students.test.ts). */

import { beforeAll, describe, expect, it } from "vitest";
import { keyFor } from "../../src/base/random.ts";
import { compile, type TypedArray } from "../../src/engine/run/program.ts";
import { prediction } from "../../src/engine/train/predictor.ts";
import { drawInstance } from "../../src/family/draw.ts";
import { gnnDegreeParity } from "../../src/family/gnn-degree-parity/index.ts";
import type { Sizes } from "../../src/network/layers.ts";
import { unitary } from "../../src/network/unitary.ts";
import { evaluate, useInterpreter } from "../engine/lower/equality.ts";
import { graphs } from "../engine/lower/graphs.ts";

beforeAll(useInterpreter);

const n = 6;
const count = 5;
const law = { n, expectedDegree: 2.5, degreeSd: 1 };
const sizes: Sizes = { layers: 2, width: 4, readoutLayers: 0, pool: "mean" };

/** Largest entry of C^2 + S^2 - 1 over the graphs: 0 where cos and sin are of one symmetric matrix. */
function offUnitary(c: ArrayLike<number>, s: ArrayLike<number>): number {
  let worst = 0;
  for (let g = 0; g < count; g++)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        let sum = i === j ? -1 : 0;
        const at = (row: number, column: number): number => (g * n + row) * n + column;
        for (let k = 0; k < n; k++) sum += c[at(i, k)] * c[at(k, j)] + s[at(i, k)] * s[at(k, j)];
        worst = Math.max(worst, Math.abs(sum));
      }
  return worst;
}

describe("unitary convolutions as a student", () => {
  it("read an isometry of each graph, the same from matrices as from bits", () => {
    const network = unitary({ ...law, ...sizes });
    const samples = graphs(keyFor("graphs"), n, count);
    const { cosine, sine, degree } = network.encode(samples);
    expect(offUnitary(cosine, sine)).toBeLessThan(1e-6);
    expect(offUnitary(cosine, cosine)).toBeGreaterThan(0.1);
    const traced = evaluate(
      ({ examples }) => network.encodeTraced!(examples),
      { examples: { shape: [count, n, n], type: "float64" } },
      { examples: Float64Array.from(samples.data) },
    );
    for (const [name, expected] of Object.entries({ cosine, sine, degree })) {
      const off = Array.from(expected, (x, i) => Math.abs(x - traced[name][i]));
      expect([name, Math.max(...off) < 1e-6]).toEqual([name, true]);
    }
  });

  it("turn columns by exact rotations, by many turns too", async () => {
    const network = unitary({ n: 1, features: 2, adjacency: new Uint8Array(1), ...sizes, width: 2 });
    const { fn, inputs: specs } = prediction(network, 1);
    const program = await compile(fn, specs);
    for (const angle of [0.7, 3, 28]) {
      const weights: Record<string, number[]> = {
        "layer1.w": [1, 0, 0, 1],
        "layer1.b": [0, 0],
        "layer2.w": [0, angle, -angle, 0],
        "layer2.b": [0, 0],
        "out.w": [1, 0.25],
        "out.b": [0],
      };
      const inputs: Record<string, TypedArray> = {
        weights: Float32Array.from(Object.keys(network.weights).flatMap((name) => weights[name])),
        "inputs.features": Float32Array.of(-0.3, 0.8),
      };
      const { predictions } = await program.run(inputs);
      // without edges exp(i A) is 1; sorted: (0.8, -0.3), turned, sorted again
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      const turned = [0.8 * c + 0.3 * s, 0.8 * s - 0.3 * c];
      expect(predictions[0]).toBeCloseTo(Math.max(...turned) + 0.25 * Math.min(...turned), 4);
    }
    await program.dispose();
  });

  it("refuse an odd width, and graphs with directions", () => {
    expect(() => unitary({ ...law, ...sizes, width: 5 })).toThrow(/^width: 5 columns have no halves/);
    const directed = drawInstance(gnnDegreeParity, gnnDegreeParity.parse({ n: 5, edges: "directed" }), 0);
    expect(() => gnnDegreeParity.students["unitary"].network(directed, sizes)).toThrow(/directed graphs/);
  });
});
