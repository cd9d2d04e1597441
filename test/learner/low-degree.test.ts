import { describe, expect, it } from "vitest";
import { keyFor } from "../../src/base/random.ts";
import { drawInstance } from "../../src/family/draw.ts";
import { familyById } from "../../src/family/registry.ts";
import { elements, groupKernel, kernelRidge } from "../../src/learner/kernel-ridge.ts";
import type { Learner, LearnFinal } from "../../src/learner/learner.ts";
import { lowDegree } from "../../src/learner/low-degree.ts";
import { lowDegreeFeatures } from "../../src/learner/low-degree-features.ts";
import { kappa } from "../../src/numeric/arc-cosine.ts";
import { directions, easyCoefficients } from "../../src/family/plane/polygon.ts";
import type { Instance } from "../../src/family/instance.ts";

const instanceOf = (id: string, params: Record<string, unknown>, seed = 0): Instance => {
  const family = familyById(id);
  return drawInstance(family, family.parse(params), seed);
};
async function learn(learner: Learner, id: string, params: Record<string, unknown>, options: Record<string, unknown> = {}, easy = false): Promise<LearnFinal> {
  const instance = instanceOf(id, params);
  const job = { family: familyById(id), instance, easy, seed: 0, options };
  return (await learner.learn(job)).final;
} // prettier-ignore

const frame = { group: "cyclic:8", k: 4 };

describe("low-degree features", () => {
  it.each([
    ["invariant-polynomial", { variables: 4, invariants: "power-spectrum" }, 35],
    ["gnn-hidden-plane", { n: 3, d: 4, k: 2, graph: "path" }, 35],
    ["frame-parity", frame, 60],
    ["cnn-hidden-plane", { group: "cyclic:8", k: 4, columns: 2 }, 60],
  ] as const)("of %s are orthogonal between orbits and as many as promised", (id, params, limit) => {
    const instance = instanceOf(id, params);
    const vectors = familyById(instance.family).vectors!(instance);
    const features = lowDegreeFeatures(vectors, limit);
    expect(features.count).toBeLessThanOrEqual(limit);
    expect(features.degree).toBeGreaterThanOrEqual(2);
    const count = 20_000;
    const values = features.values(vectors.read(instance.law.sample(keyFor("features"), count)));
    for (let f = 1; f < features.count; f++) {
      let [sum, squares] = [0, 0];
      for (let i = 0; i < count; i++) {
        sum += values[f * count + i];
        squares += values[f * count + i] ** 2;
      }
      expect(Math.abs(sum)).toBeLessThan(6 * Math.sqrt(squares));
      expect(squares).toBeGreaterThan(0);
    }
  }); // prettier-ignore

  it("under a group do not change when it acts, and without it do", () => {
    const instance = instanceOf("frame-parity", frame);
    const vectors = familyById(instance.family).vectors!(instance);
    const x = vectors.read(instance.law.sample(keyFor("act"), 1));
    const moved = Float64Array.from(x, (_, i) => x[(i + 3) % 8]);
    const difference = (of: ReturnType<typeof lowDegreeFeatures>): number =>
      Math.max(...of.values(x).map((v, i) => Math.abs(v - of.values(moved)[i])));
    expect(difference(lowDegreeFeatures(vectors, 100))).toBeLessThan(1e-12);
    expect(difference(lowDegreeFeatures({ ...vectors, generators: [] }, 100))).toBeGreaterThan(0.01);
  });
});

describe("low-degree", () => {
  it("learns a target within its degree exactly, and not one beyond it (negative control)", async () => {
    const within = await learn(lowDegree, "invariant-polynomial", { variables: 8, degree: 3 }, { samples: 3000 });
    expect(within.explainedVariance).toBeGreaterThan(0.9999);
    const beyond = await learn(lowDegree, "invariant-polynomial", { variables: 24, degree: 3 }, { samples: 3000 });
    expect(Math.abs(beyond.explainedVariance!)).toBeLessThan(0.05);
    const twin = await learn(lowDegree, "invariant-polynomial", { variables: 24, degree: 3 }, { samples: 3000 }, true);
    expect(twin.explainedVariance).toBeGreaterThan(0.999);
  }); // prettier-ignore

  it("learns the easy twins of a hidden plane and a frame parity by degree 2, not the targets", async () => {
    const plane = { n: 2, d: 20, k: 4 };
    const [w, c] = [directions(4), easyCoefficients(4)];
    // the twin's share of degree 2: kappa's coefficient of c^2 is 1/(4 pi)
    let [square, all] = [0, 0];
    for (let m = 0; m < 8; m++)
      for (let l = 0; l < 8; l++) {
        const cosine = w[2 * m] * w[2 * l] + w[2 * m + 1] * w[2 * l + 1];
        square += (c[m] * c[l] * cosine ** 2) / (4 * Math.PI);
        all += c[m] * c[l] * kappa(Math.max(-1, Math.min(1, cosine)));
      }
    const twin = await learn(lowDegree, "gnn-hidden-plane", plane, { samples: 10_000 }, true);
    expect(Math.abs(twin.explainedVariance! - square / all)).toBeLessThan(0.02);
    expect(Math.abs((await learn(lowDegree, "gnn-hidden-plane", plane, { samples: 6000 })).explainedVariance!)).toBeLessThan(0.05);
    const large = { group: "cyclic:12", k: 6 };
    expect((await learn(lowDegree, "frame-parity", large, { samples: 5000 }, true)).explainedVariance).toBeGreaterThan(0.5);
    expect(Math.abs((await learn(lowDegree, "frame-parity", large, { samples: 5000 })).explainedVariance!)).toBeLessThan(0.1);
  }); // prettier-ignore

  it("reads degree counts: the threshold, not the parity", async () => {
    const params = { n: 10, degrees: [3, 4, 6] };
    const [hard, easy] = [await learn(lowDegree, "gnn-degree-parity", params, { samples: 4000 }), await learn(lowDegree, "gnn-degree-parity", params, { samples: 4000 }, true)];
    expect(easy.accuracy).toBeGreaterThan(0.9);
    expect(hard.explainedVariance).toBeLessThan(0.3);
  }); // prettier-ignore
});

describe("kernel-ridge", () => {
  it("has a symmetric kernel with no negative form, unchanged when the group acts on either side", () => {
    const instance = instanceOf("frame-parity", frame);
    const vectors = familyById(instance.family).vectors!(instance);
    const group = elements(vectors.generators, 8)!;
    expect(group).toHaveLength(8);
    const x = vectors.read(instance.law.sample(keyFor("kernel"), 12));
    const moved = Float64Array.from(x, (_, i) => x[8 * Math.floor(i / 8) + ((i + 3) % 8)]);
    const [plain, left, right] = [groupKernel(vectors, group, x, x), groupKernel(vectors, group, moved, x), groupKernel(vectors, group, x, moved)];
    for (let i = 0; i < 12; i++)
      for (let j = 0; j < 12; j++) {
        expect(plain[i * 12 + j]).toBeCloseTo(plain[j * 12 + i], 10);
        expect(left[i * 12 + j]).toBeCloseTo(plain[i * 12 + j], 10);
        expect(right[i * 12 + j]).toBeCloseTo(plain[i * 12 + j], 10);
      }
    const without = groupKernel(vectors, group.slice(0, 1), x, moved);
    expect(Math.abs(without[0] - plain[0])).toBeGreaterThan(1e-3);
  }); // prettier-ignore

  it("learns easy twins, and not the hard target (negative control)", async () => {
    const params = { variables: 20, degree: 4 };
    expect((await learn(kernelRidge, "invariant-polynomial", params, { samples: 500 }, true)).explainedVariance).toBeGreaterThan(0.99);
    expect(Math.abs((await learn(kernelRidge, "invariant-polynomial", params, { samples: 500 })).explainedVariance!)).toBeLessThan(0.15);
  }); // prettier-ignore

  it("lists no group beyond its limit", () => {
    const swap = Int32Array.from({ length: 9 }, (_, i) => (i < 2 ? 1 - i : i));
    const turn = Int32Array.from({ length: 9 }, (_, i) => (i + 1) % 9);
    expect(elements([swap, turn], 9)).toBeNull();
  });
});
