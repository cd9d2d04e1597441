import { describe, expect, it } from "vitest";
import { encodeFloats } from "../../src/base/base64.ts";
import { runNow } from "../../src/base/progress.ts";
import { foldIn, keyFor, normals } from "../../src/base/random.ts";
import { certify as certifyFamily, verify } from "../../src/family/certify.ts";
import { forge } from "../../src/family/forge.ts";
import { viewsOf } from "../../src/prover/class.ts";
import type { OrbitEvidence } from "../../src/prover/evidence.ts";
import { networkClass } from "../../src/prover/network-class.ts";
import { parse } from "../../src/prover/params.ts";
import { searched } from "./honest.ts";
import { polygon } from "./polygon.ts";

const failing = async (document: unknown): Promise<string[]> =>
  (await verify(document, { families: [networkClass] })).checks.filter((c) => !c.ok).map((c) => c.name);

describe("all rotations of an average over a group", () => {
  it.each(["frame-averaged", "group-linear"])(
    "have the dimension of averaged polygons where the network is one: %s",
    async (student) => {
      const [group, k] = ["cyclic:16", 4];
      const honest = await searched({ student, group, width: 2 * k, orbit: true }, { steps: 0 });
      const members = encodeFloats(polygon(16, k));
      const evidence = honest.evidence as OrbitEvidence;
      const again = networkClass.certifier.again?.(parse(honest.family.params), { ...evidence, members });
      const { dimension } = runNow(again as Generator<never, OrbitEvidence>);
      const known = Number((await certifyFamily("cnn-hidden-plane", { group, k })).dimension.spectral);
      // the family's certificate adds up the norm to degree 304, this one to 60
      expect(dimension).toBeLessThan(known);
      expect(dimension).toBeGreaterThan(known * (1 - 2e-3));
      const claiming = (claimed: number) =>
        failing(forge(honest, { members, dimension: claimed }, {}, {}, networkClass));
      expect(await failing(honest)).toEqual([]);
      expect(await claiming(dimension)).toEqual([]);
      expect(await claiming(dimension * (1 + 1e-6))).toEqual(["dimension"]);
    },
  );

  it("are what the Gram matrix of drawn rotations shows, which has no harmonics", async () => {
    const params = { student: "frame-averaged", group: "cyclic:4", width: 4, orbit: true };
    const honest = await searched(params, { steps: 0 });
    const weights = Float32Array.from(polygon(4, 2), (x, at) => x + 0.2 * Math.sin(at));
    const members = encodeFloats(weights);
    const { values, ...checked } = parse(params);
    const again = networkClass.certifier.again?.(
      { values, ...checked },
      { ...(honest.evidence as OrbitEvidence), members },
    );
    const { dimension } = runNow(again as Generator<never, OrbitEvidence>);
    const moves = viewsOf(values.setting, 0).views.map((view) => view.map(([{ at }]) => at));
    const found = dimensionOfSample(weights, moves, 160);
    // so few functions look less hard, or harder, by chance
    expect(found / dimension).toBeGreaterThan(0.8);
    expect(found / dimension).toBeLessThan(1.05);
  });

  it("are searched to a dimension far above a random network's", async () => {
    const params = { student: "frame-averaged", group: "cyclic:8", width: 6, orbit: true };
    const { search } = await searched(params, { steps: 250, restarts: 1 });
    expect(search?.end).toBeGreaterThan(10 * (search?.start ?? NaN));
  });

  it.each([
    [{ student: "deep-sets" }, /means that mix the degrees of harmonics: no closed form; allowed: mlp, gnn/],
    [{ student: "group-linear", group: "dihedral:5" }, /two points of a group-linear network/],
    [{ student: "gnn", layers: 2 }, /rotations of a deep network have no closed form/],
    [{ student: "gin" }, /rotations of a deep network have no closed form/],
    [{ student: "frame-averaged", group: "cyclic:2" }, /hidden units see 2 numbers; allowed: at least 3/],
    [{ student: "mlp", d: 2 }, /hidden units see 2 numbers/],
    [{ student: "mlp", members: 4 }, /--members: not read/],
  ])("are refused where no closed form exists: %o", (params, message) => {
    expect(() => parse({ ...params, orbit: true })).toThrow(message);
  });
});

/** Trace over largest eigenvalue of the Gram matrix of `count` rotations, averaged over the moves, less their mean. */
function dimensionOfSample(weights: Float32Array, moves: readonly number[][], count: number): number {
  const d = moves[0].length;
  const width = weights.length / (d + 1);
  const members = Array.from({ length: count }, (_, i) => {
    const q = rotation(d, i);
    return Array.from({ length: width }, (__, m) =>
      q.map((row) => row.reduce((sum, x, k) => sum + x * weights[m * d + k], 0)),
    );
  });
  const gram = members.map((f) =>
    members.map((g) => {
      let sum = 0;
      for (const [m, u] of f.entries())
        for (const [l, v] of g.entries())
          for (const move of moves) {
            const product = weights[width * d + m] * weights[width * d + l];
            sum +=
              product *
              arcCosine(
                u,
                move.map((at) => v[at]),
              );
          }
      return sum;
    }),
  );
  const mean = gram.flat().reduce((a, b) => a + b, 0) / count ** 2;
  const rows = gram.map((row) => row.reduce((a, b) => a + b, 0) / count);
  const centred = gram.map((row, i) => row.map((x, j) => x - rows[i] - rows[j] + mean));
  let vector = Array.from(normals(keyFor("start"), new Float64Array(count)));
  let lambda = 0;
  for (let step = 0; step < 60; step++) {
    vector = centred.map((row) => row.reduce((sum, x, j) => sum + x * vector[j], 0));
    lambda = Math.hypot(...vector);
    vector = vector.map((x) => x / lambda);
  }
  return centred.reduce((sum, row, i) => sum + row[i], 0) / lambda;
}

function arcCosine(u: readonly number[], v: readonly number[]): number {
  const [a, b] = [Math.hypot(...u), Math.hypot(...v)];
  const angle = Math.acos(Math.max(-1, Math.min(1, u.reduce((sum, x, k) => sum + x * v[k], 0) / (a * b))));
  return (a * b * (Math.sin(angle) + (Math.PI - angle) * Math.cos(angle))) / (2 * Math.PI);
}

/** Gram and Schmidt's rows of normal vectors. */
function rotation(d: number, draw: number): number[][] {
  const rows: number[][] = [];
  for (let i = 0; i < d; i++) {
    let v = Array.from(normals(foldIn(foldIn(keyFor("rotation"), draw), i), new Float64Array(d)));
    for (const row of rows) {
      const along = row.reduce((sum, x, k) => sum + x * v[k], 0);
      v = v.map((x, k) => x - along * row[k]);
    }
    const length = Math.hypot(...v);
    rows.push(v.map((x) => x / length));
  }
  return rows;
}
