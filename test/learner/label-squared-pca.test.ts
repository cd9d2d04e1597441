import { describe, expect, it } from "vitest";
import { keyFor } from "../../src/base/random.ts";
import { drawInstance } from "../../src/family/draw.ts";
import { drawPlane } from "../../src/family/plane/plane.ts";
import { families, familyById } from "../../src/family/registry.ts";
import { labelSquaredPca, planeOverlap } from "../../src/learner/label-squared-pca.ts";

const learn = (id: string, params: Record<string, unknown>, seed: number, options: Record<string, unknown>, easy = false) => {
  const family = familyById(id);
  const instance = drawInstance(family, family.parse(params), seed);
  return labelSquaredPca.learn({ family, instance, easy, seed, options });
}; // prettier-ignore

describe("label-squared-pca", () => {
  it.each([
    [{ n: 1, d: 20, k: 4 }, 100_000, false],
    [{ n: 4, d: 10, k: 4, graph: "cycle" }, 60_000, false],
    [{ n: 1, d: 12, k: 4 }, 40_000, true],
  ])("finds the plane of %j", async (params, samples, easy) => {
    const { final } = await learn("gnn-hidden-plane", params, 1, { samples }, easy);
    expect(final["overlap"]).toBeGreaterThan(0.99);
    expect(final.explainedVariance).toBeGreaterThan(0.9);
  });

  it("needs more examples than a few per dimension (negative control), and is deterministic", async () => {
    const params = { n: 1, d: 40, k: 4 };
    const few = await learn("gnn-hidden-plane", params, 1, { samples: 200 });
    expect(few.final["overlap"]).toBeLessThan(0.7);
    expect(few.final.explainedVariance).toBeLessThan(0.3);
    expect(await learn("gnn-hidden-plane", params, 1, { samples: 200 })).toEqual(few);
  });

  it("loses the plane under a cyclic average, but not under the trivial group", async () => {
    const averaged = await learn("cnn-hidden-plane", { group: "cyclic:12", k: 4 }, 1, { samples: 60_000 });
    expect(averaged.final["overlap"]).toBeLessThan(0.7);
    expect(averaged.final.explainedVariance).toBeLessThan(0.5);
    const plain = await learn("cnn-hidden-plane", { group: "trivial:12", k: 4, columns: 2 }, 1, { samples: 60_000 }); // prettier-ignore
    expect(plain.final["overlap"]).toBeGreaterThan(0.97);
  });

  it("tolerates label noise", async () => {
    const noisy = await learn("gnn-hidden-plane", { n: 1, d: 10, k: 4 }, 2, { samples: 60_000, noise: 0.5 });
    expect(noisy.final["overlap"]).toBeGreaterThan(0.97);
  });

  it("refuses families without a plane", () => {
    for (const family of families)
      expect(labelSquaredPca.refusal(family) === null, family.id).toBe(family.id.endsWith("hidden-plane"));
  });
});

describe("the overlap of planes", () => {
  it("is 1 for a plane with itself however turned, 0 with one that holds a direction at right angles", () => {
    const plane = drawPlane(keyFor("plane"), 7);
    const turned = plane.map((_, i) => 0.6 * plane[i % 7] + (i < 7 ? 0.8 : 0) * plane[7 + (i % 7)]);
    for (let i = 0; i < 7; i++) turned[7 + i] = 0.6 * plane[7 + i] - 0.8 * plane[i];
    expect(planeOverlap(plane, turned)).toBeCloseTo(1, 12);
    expect(planeOverlap(Float64Array.of(1, 0, 0, 0, 1, 0), Float64Array.of(1, 0, 0, 0, 0, 1))).toBe(0);
    expect(planeOverlap(Float64Array.of(1, 0, 0, 0, 1, 0), Float64Array.of(1, 0, 0, 0, 0.6, 0.8))).toBeCloseTo(0.6, 12);
  }); // prettier-ignore
});
