import { describe, expect, it } from "vitest";
import { decodeFloats, encodeFloats } from "../../src/base/base64.ts";
import { runNow } from "../../src/base/progress.ts";
import { keyFor, normals } from "../../src/base/random.ts";
import {
  certify as certifyFamily,
  gram as gramOf,
  verify as verifyFamily,
} from "../../src/family/certify.ts";
import { forge } from "../../src/family/forge.ts";
import { membersOf, randomMembers, viewsOf, type Members } from "../../src/prover/class.ts";
import { exactGram } from "../../src/prover/exact-gram.ts";
import { networkClass } from "../../src/prover/network-class.ts";
import { parse } from "../../src/prover/params.ts";
import { plainSums } from "../../src/prover/plain-sums.ts";
import { termsOf } from "../../src/prover/terms.ts";
import { unitsOf } from "../../src/prover/unit-vectors.ts";
import type { Certificate } from "../../src/query/certificate.ts";
import type { ListedEvidence, NetworkEvidence } from "../../src/prover/evidence.ts";
import { searched, searchedNetworks } from "./honest.ts";
import { polygon } from "./polygon.ts";

const verify = (document: unknown) => verifyFamily(document, { families: [networkClass] });
const failing = async (document: unknown): Promise<string[]> =>
  (await verify(document)).checks.filter((c) => !c.ok).map((c) => c.name);
const evidenceOf = ({ evidence }: Certificate): ListedEvidence => evidence as ListedEvidence;

const settings: readonly object[] = [
  { student: "mlp", d: 3, width: 4, members: 3 },
  { student: "gnn", n: 5, d: 3, graph: "star", width: 2, members: 3 },
  { student: "gnn", n: 4, d: 2, graph: "cycle", width: 3, members: 3 },
  { student: "group-linear", group: "cyclic:4", columns: 2, width: 2, members: 3 },
  { student: "group-linear", group: "dihedral:5", width: 3, members: 3 },
  { student: "deep-sets", n: 4, columns: 2, width: 3, members: 3 },
  { student: "frame-averaged", group: "symmetric:3xcyclic:2", width: 2, members: 3 },
];

/** Members on one input, as their definition has them, without the means. */
function valuesAt(
  { views }: ReturnType<typeof viewsOf>,
  { count, width, unitInputs: p, weights }: Members,
  x: Float64Array,
) {
  return Array.from({ length: count }, (_, i) => {
    let f = 0;
    for (const view of views) {
      const z = view.map((row) => row.reduce((sum, { at, times }) => sum + times * x[at], 0));
      for (let m = 0; m < width; m++) {
        const from = i * width * (p + 1);
        const along = z.reduce((sum, v, k) => sum + v * weights[from + m * p + k], 0);
        f += weights[from + width * p + m] * Math.max(0, along);
      }
    }
    return f;
  });
}

describe("the Gram matrix of searched networks", () => {
  it.each(settings)("is that of their values on samples, and of the verifier's sums: %o", (params) => {
    const { values } = parse(params);
    const views = viewsOf(values.setting, 0);
    const members = randomMembers(values, 1);
    const terms = termsOf(views);
    const exact = runNow(exactGram(unitsOf(members, terms.deviations), terms, views.inputs));
    const plain = runNow(plainSums(members, views));
    const samples = 6000;
    const x = normals(keyFor("test"), new Float64Array(samples * views.inputs));
    const drawn = Array.from({ length: samples }, (_, s) =>
      valuesAt(views, members, x.subarray(s * views.inputs, (s + 1) * views.inputs)),
    );
    const means = drawn[0].map((__, i) => drawn.reduce((sum, f) => sum + f[i], 0) / samples);
    const product = (i: number, j: number): number =>
      drawn.reduce((sum, f) => sum + (f[i] - means[i]) * (f[j] - means[j]), 0);
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < i; j++) {
        const at = i * 3 + j;
        expect(Math.abs(exact.matrix[at] - plain.entries[at])).toBeLessThan(exact.entryError);
        expect(exact.matrix[at]).toBeCloseTo(product(i, j) / Math.sqrt(product(i, i) * product(j, j)), 1);
      }
    expect(plain.entryError).toBeLessThan(exact.entryError);
    expect(exact.entryError).toBeLessThan(1e-9);
  });

  it("of polygons on planes is that of the families, over a graph and over a group", () => {
    const planes = [1, 2, 3].map((seed) => {
      const [u, v] = [0, 1].map((row) =>
        Array.from(normals(keyFor("plane", seed, row), new Float64Array(6))),
      );
      const unit = (w: number[]): number[] => w.map((y) => y / Math.hypot(...w));
      const first = unit(u);
      const along = v.reduce((sum, y, k) => sum + y * first[k], 0);
      return { u: first, v: unit(v.map((y, k) => y - along * first[k])) };
    });
    const k = 4;
    const polygons = Float32Array.from(
      planes.flatMap(({ u, v }) => {
        const angles = Array.from({ length: 2 * k }, (_, m) => (Math.PI * (m + 1)) / k);
        const vectors = angles.flatMap((t) => u.map((y, i) => Math.cos(t) * y + Math.sin(t) * v[i]));
        return [...vectors, ...angles.map((_, m) => (m % 2 === 0 ? -1 : 1))];
      }),
    );
    const sizes = { width: 2 * k, members: 3 };
    const graph = { n: 4, edges: [[0, 1], [1, 2], [2, 3]] }; // prettier-ignore
    const cases = [
      [
        { student: "gnn", n: 4, d: 6, graph: "path", ...sizes },
        "gnn-hidden-plane",
        { k, graph, members: planes },
      ],
      [
        { student: "frame-averaged", group: "cyclic:6", ...sizes },
        "cnn-hidden-plane",
        { group: "cyclic:6", k, columns: 1, members: planes },
      ],
    ] as const;
    for (const [params, family, document] of cases) {
      const { values } = parse(params);
      const views = viewsOf(values.setting, 0);
      const terms = termsOf(views);
      const members = membersOf(values, encodeFloats(polygons));
      const { matrix } = runNow(exactGram(unitsOf(members, terms.deviations), terms, views.inputs));
      const { gram } = gramOf(family, document);
      for (let i = 0; i < 3; i++)
        for (let j = 0; j < 3; j++)
          expect(matrix[i * 3 + j]).toBeCloseTo(gram[i][j] / Math.sqrt(gram[i][i] * gram[j][j]), 5);
    }
  });
});

describe("certificates of searched networks", () => {
  it("verify for every architecture, and the search has made their members harder", async () => {
    for (const { certificate } of await searchedNetworks()) {
      const what = certificate.statement.class;
      expect(await failing(JSON.parse(JSON.stringify(certificate))), what).toEqual([]);
      const { steps, start, end } = certificate.search ?? { steps: NaN, start: NaN, end: NaN };
      expect(end).toBe(certificate.dimension.spectral);
      // of deep networks so few samples prove nothing
      if (certificate.evidence["kind"] === "lipschitz") expect(start).toBeGreaterThan(end);
      else if (steps > 0) expect(end, what).toBeGreaterThan(1.15 * start);
      else expect(end).toBeCloseTo(start, 5);
    }
  });

  it("of the same seed are the same", async () => {
    const params = { student: "gnn", n: 4, d: 4, graph: "path", width: 2, members: 10 };
    expect(await searched(params, { steps: 5 })).toEqual(await searched(params, { steps: 5 }));
  });

  it("of members that are alike have dimension 1", async () => {
    const honest = await searched({ student: "mlp", d: 6, width: 3, members: 12 }, { steps: 5 });
    const weights = decodeFloats(evidenceOf(honest).members, 12 * 3 * 7, "members");
    const nearly = weights.map((_, at) => weights[at % 21] * (1 + 1e-3 * Math.sin(at)));
    const alike = forge(honest, { members: encodeFloats(nearly) }, {}, {}, networkClass);
    expect(await failing(alike)).toContain("largest eigenvalue");
    const { values } = parse(honest.family.params);
    const again = networkClass.certifier.again?.(parse(honest.family.params), evidenceOf(alike));
    const { lambdaUpper } = runNow(again as Generator<never, ListedEvidence>);
    expect(values.members / lambdaUpper).toBeLessThan(1.001);
  });

  it("are refused where a weight was changed, a bound lowered or the start told otherwise", async () => {
    const honest = await searched(
      { student: "gnn", n: 4, d: 4, graph: "path", width: 2, members: 10 },
      { steps: 30 },
    );
    const evidence = evidenceOf(honest);
    const forged = (change: Partial<ListedEvidence>): Certificate =>
      forge(honest, change, {}, {}, networkClass);
    const weights = decodeFloats(evidence.members, 10 * 2 * 5, "members");
    weights[3] += 0.5;
    expect(await failing(forged({ members: encodeFloats(weights) }))).not.toEqual([]);
    const { lambdaLower, lambdaUpper } = evidence;
    const lower = { lambdaLower: Math.max(1, lambdaLower - 1e-5), lambdaUpper: lambdaUpper - 1e-6 };
    expect(await failing(forged(lower))).toEqual(["largest eigenvalue"]);
    expect(await failing(forged({ start: evidence.start * (1 - 1e-4) }))).toEqual(["start of the search"]);
    expect(await failing(forged({ seed: 1 }))).toEqual(["start of the search"]);
    expect(await failing({ ...honest, search: { ...honest.search, start: 1 } })).toEqual(["search"]);
    const { search: _search, ...without } = honest;
    expect(await failing(without)).toEqual(["search"]);
  });

  it("are refused where weights are missing or no numbers, in one line", async () => {
    const honest = await searched({ student: "mlp", d: 4, width: 2, members: 6 }, { steps: 0 });
    const forged = forge(honest, { members: "AAAA" }, {}, {}, networkClass);
    expect(await failing(forged)).toEqual(["evidence.members"]);
  });
});

describe("parameters of searched networks", () => {
  it("that an architecture does not read are refused, and those that fit no class", () => {
    expect(() => parse({ student: "mlp", n: 5 })).toThrow(/--n: not read by a mlp/);
    expect(() => parse({ student: "group-linear", group: "trivial:3" })).toThrow(/several orbits/);
    expect(() => parse({ student: "frame-averaged", group: "symmetric:9" })).toThrow(/362880 elements/);
    expect(() => parse({ members: 2000, width: 256, d: 256 })).toThrow(/at most 1048576 weights/);
    expect(() => parse({ student: "gnn", law: "cube" })).toThrow(/law/);
  });
});

describe("all rotations of one network", () => {
  it("have the polygon's dimension where the network is one, by the families' own certificate", async () => {
    const [d, k] = [16, 4];
    const honest = await searched({ student: "mlp", d, width: 2 * k, orbit: true }, { steps: 0 });
    const members = encodeFloats(polygon(d, k));
    const params = parse(honest.family.params);
    const again = networkClass.certifier.again?.(params, {
      ...(honest.evidence as NetworkEvidence),
      members,
    });
    const evidence = runNow(again as Generator<never, NetworkEvidence>);
    const known = Number((await certifyFamily("gnn-hidden-plane", { n: 1, d, k })).dimension.spectral);
    const { dimension } = evidence as { dimension: number };
    expect(Math.abs(dimension / known - 1)).toBeLessThan(1e-6);
    expect(dimension).toBeCloseTo(6570, 0);
  });

  it("of a sum over a graph have that of polygons there", async () => {
    const [setting, k] = [{ n: 4, d: 12, graph: "path" }, 4];
    const honest = await searched({ student: "gnn", ...setting, width: 2 * k, orbit: true }, { steps: 0 });
    const members = encodeFloats(polygon(setting.d, k));
    const again = networkClass.certifier.again?.(parse(honest.family.params), {
      ...(honest.evidence as NetworkEvidence),
      members,
    });
    const { dimension } = runNow(again as Generator<never, NetworkEvidence & { dimension: number }>);
    const known = Number((await certifyFamily("gnn-hidden-plane", { ...setting, k })).dimension.spectral);
    expect(Math.abs(dimension / known - 1)).toBeLessThan(1e-6);
    const checked = await failing(forge(honest, { members, dimension, start: 1 }, {}, {}, networkClass));
    expect(checked).toEqual(["start of the search"]);
  });

  it("are searched to a dimension far above a random network's, and of what is claimed more is refused", async () => {
    const honest = await searched({ student: "mlp", d: 16, orbit: true }, { steps: 600 });
    expect(honest.search?.start).toBeLessThan(40);
    expect(honest.search?.end).toBeGreaterThan(1000);
    expect(await failing(honest)).toEqual([]);
    const { dimension } = honest.evidence as { dimension: number };
    const more = forge(honest, { dimension: dimension * (1 + 1e-6) }, {}, {}, networkClass);
    expect(await failing(more)).toEqual(["dimension"]);
    const weights = decodeFloats(evidenceOf(honest).members, 8 * 17, "members");
    weights[0] += 1;
    expect(await failing(forge(honest, { members: encodeFloats(weights) }, {}, {}, networkClass))).toEqual([
      "dimension",
    ]);
  });
});
