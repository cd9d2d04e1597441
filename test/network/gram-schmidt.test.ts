/** Perceptrons on Gram-Schmidt forms: invariant under their group, and not under what it leaves out. */

import { describe, expect, it } from "vitest";
import { foldIn, keyFor, normals } from "../../src/base/random.ts";
import type { Samples } from "../../src/distribution/law.ts";
import { drawInstance } from "../../src/family/draw.ts";
import { invariantPolynomial } from "../../src/family/invariant-polynomial/index.ts";
import { gramSchmidtMlp } from "../../src/network/gram-schmidt.ts";
import { euclidean, lorentzian, type Metric } from "../../src/symmetry/minkowski-lengths.ts";

const [points, count] = [5, 20];
const samples: Samples = {
  count,
  shape: [points, 3],
  data: normals(keyFor("points"), new Float64Array(count * points * 3)),
};

/** Every point times a matrix, given by its rows. */
const moved = (rows: readonly (readonly number[])[]): Samples => ({
  ...samples,
  data: samples.data.map((_: number, at: number) => {
    const from = at - (at % 3);
    return rows[at % 3].reduce((sum, m, i) => sum + m * samples.data[from + i], 0);
  }) as Float64Array,
});

const [c, s] = [Math.cos(0.8), Math.sin(0.8)];
const [ch, sh] = [Math.cosh(0.7), Math.sinh(0.7)];
const rotation = [[c, s, 0], [-s, c, 0], [0, 0, 1]]; // prettier-ignore
const mirror = [[1, 0, 0], [0, -1, 0], [0, 0, 1]]; // prettier-ignore
const boost = [[ch, sh, 0], [sh, ch, 0], [0, 0, 1]]; // prettier-ignore
/** Of the space coordinates 1 and 2. */
const turn = [[1, 0, 0], [0, c, s], [0, -s, c]]; // prettier-ignore

type Name = "gram-schmidt" | "oriented-gram-schmidt";

function change(metric: Metric, oriented: boolean, matrix: readonly (readonly number[])[]): number {
  const network = gramSchmidtMlp({ points, metric, oriented, layers: 1, width: 4 });
  const [before, after] = [samples, moved(matrix)].map((of) => network.encode(of)["x"]);
  return before.reduce((worst, x, i) => Math.max(worst, Math.abs(x - after[i]) / (1 + Math.abs(x))), 0);
}

describe("points in their own basis", () => {
  it.each([
    ["O(3)", euclidean(3), false, [rotation, mirror], [boost]],
    ["SO(3)", euclidean(3), true, [rotation], [mirror, boost]],
    ["O(1,2)", lorentzian(3), false, [boost, turn, mirror], [rotation]],
  ] as const)(
    "stay under %s, and not under others (negative control)",
    (_, metric, oriented, own, others) => {
      for (const matrix of own) expect(change(metric, oriented, matrix)).toBeLessThan(1e-4);
      for (const matrix of others) expect(change(metric, oriented, matrix)).toBeGreaterThan(0.1);
    },
  );

  it("are read by a student of invariants of vectors; others refuse it, as do too few points", () => {
    const sizes = { layers: 1, width: 4, readoutLayers: 1, pool: "mean" } as const;
    const student = (invariants: string, variables: number, name: Name = "gram-schmidt") => {
      const params = invariantPolynomial.parse({ invariants, variables, degree: 2 });
      const instance = drawInstance(invariantPolynomial, params, 0);
      const network = invariantPolynomial.students[name].network(instance, sizes);
      return { network, x: network.encode(instance.law.sample(foldIn(instance.key, "x"), 3))["x"] };
    };
    for (const [invariants, d] of [
      ["rotations:3", 3],
      ["lorentz:3", 4],
      ["sign-flips", 1],
    ] as const) {
      const { x, network } = student(invariants, 6);
      expect([x.length, network.inputs["x"]]).toEqual([3 * 6 * d, [6 * d]]);
      expect(x.every(Number.isFinite)).toBe(true);
    }
    // SO(q): the same sizes, with the orientation in its name
    const oriented = student("rotations:3", 6, "oriented-gram-schmidt").network;
    expect([oriented.inputs["x"], oriented.architecture["oriented"]]).toEqual([[18], true]);
    expect(student("rotations:3", 6).network.architecture["oriented"]).toBe(false);
    expect(() => student("hermite", 6)).toThrow(/invariants of no vectors/);
    expect(() => student("rotations:8", 6)).toThrow(/6 points span no space of 8 dimensions/);
  });
});
