import { describe, expect, it } from "vitest";
import { keyFor } from "../../../src/base/random.ts";
import { gaussian } from "../../../src/distribution/gaussian.ts";
import { gnnHiddenPlane as family } from "../../../src/family/gnn-hidden-plane/index.ts";
import { drawPlane, rowsOf } from "../../../src/family/plane/plane.ts";
import { gram } from "../../../src/family/certify.ts";

const id = "gnn-hidden-plane";
const plane = (seed: number, d = 4) => rowsOf(drawPlane(keyFor("member", seed), d));
const path = {
  n: 3,
  edges: [
    [0, 1],
    [1, 2],
  ],
};

describe("gram of gnn-hidden-plane", () => {
  it("is the mean of products of labels, not normalised", () => {
    const params = family.parse({ n: 3, d: 4, k: 2, graph: "path" });
    const drawn = [0, 1, 2].map((seed) => family.draw(params, keyFor("gram", seed)));
    const members = drawn.map(({ hidden }) => hidden);
    const result = gram(id, { k: 2, graph: path, members });
    expect(result.method).toBe("closed-form");
    const samples = gaussian([3, 4]).sample(keyFor("samples"), 40_000);
    const labels = drawn.map(({ hard }) => hard.label(samples));
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++) {
        const products = labels[i].map((y, s) => y * labels[j][s]);
        const mean = products.reduce((a, b) => a + b, 0) / samples.count;
        const square = products.reduce((a, b) => a + b * b, 0) / samples.count;
        const error = Math.sqrt((square - mean * mean) / samples.count);
        expect(Math.abs(result.gram[i][j] - mean)).toBeLessThan(4.5 * error);
      }
    expect(result.gram[0][0]).toBe(drawn[0].hard.secondMoment.value);
  });

  it("of a single node is g(K) itself, and keeps tiny correlations", () => {
    // two planes at angles near a right angle: overlap 1e-8 on one axis
    const e = 1e-8;
    const c = Math.sqrt(1 - e * e);
    const members = [
      { u: [1, 0, 0, 0], v: [0, 1, 0, 0] },
      { u: [e, 0, c, 0], v: [0, e, 0, c] },
    ];
    const { gram: g } = gram(id, { k: 4, graph: { n: 1, edges: [] }, members });
    expect(g[0][0]).toBeCloseTo(0.1167867, 6);
    // kappa_4 S_4 at A = e, B = 0: (2k)^2 2^(1-k) e^4 / (48 pi)
    expect(g[0][1] / ((64 / 8 / (48 * Math.PI)) * e ** 4)).toBeCloseTo(1, 11);
  });

  it.each([
    [{ k: 3, graph: path, members: [plane(0)] }, /k: 3 is odd/],
    [{ k: 200, graph: path, members: [plane(0)] }, /k: 200 does not fit; allowed: even numbers from 2 to 100/],
    [{ k: 2, graph: path, members: [] }, /members/],
    [{ k: 2, graph: path, members: [plane(0), plane(1, 5)] }, /members.1: is a plane in dimension 5, members.0 one in dimension 4/],
    [{ k: 2, graph: path, members: [{ u: [1, 0], v: [0.1, 1] }] }, /members.0: the rows are not orthonormal/],
    [{ k: 2, graph: path, members: [{ u: [1], v: [1] }] }, /members.0: u has 1 entries/],
    [{ k: 2, graph: path, members: [{ u: [1, 0], v: [0, 1, 0] }] }, /u has 2 entries, v has 3/],
    [{ k: 2, graph: { n: 3, edges: [] }, members: [plane(0)] }, /has no edge/],
    [{ k: 2, graph: { n: 3, edges: [[0, 3]] }, members: [plane(0)] }, /leaves the graph/],
    [{ k: 2, members: [plane(0)] }, /graph: missing/],
  ])("rejects %j", (document, message) => {
    expect(() => gram(id, document)).toThrow(message);
  }); // prettier-ignore
});
