import { describe, expect, it } from "vitest";
import { keyFor } from "../../src/base/random.ts";
import { gnnDegreeParity as family } from "../../src/family/gnn-degree-parity/index.ts";
import { eliminate, learnByElimination } from "../../src/learner/f2-elimination.ts";

const draw = (n: number, seed: number, edges = "undirected") =>
  family.draw(family.parse({ n, edges }), keyFor("elimination", n, seed, edges));

describe("eliminate", () => {
  it("solves a small system and rejects a contradiction", () => {
    // columns: x0, x1, 1 | y
    const system = [0b1011, 0b0110].map((w) => Uint32Array.of(w));
    const { rank, solution } = eliminate(system, 3);
    expect(rank).toBe(2);
    const [x0, x1, one] = solution!;
    expect(x0 ^ x1).toBe(1);
    expect(x1 ^ one).toBe(0);
    expect(
      eliminate(
        [0b0001, 0b1001].map((w) => Uint32Array.of(w)),
        3,
      ).solution,
    ).toBeNull();
  });
});

describe("learnByElimination", () => {
  it("keeps the expected error below dim/(m+1) on average over draws", () => {
    for (const [n, samples] of [[8, 30], [12, 100], [15, 50]] as const) {
      const errors = Array.from({ length: 15 }, (_, seed) => {
        const r = learnByElimination(family.parities!, draw(n, seed), { samples, testSamples: 1000 });
        expect(r.consistent).toBe(true);
        return 1 - r.testAccuracy!;
      });
      const mean = errors.reduce((a, b) => a + b, 0) / errors.length;
      const sd = Math.sqrt(errors.reduce((a, e) => a + (e - mean) ** 2, 0) / errors.length);
      expect(mean - (4 * sd) / Math.sqrt(errors.length)).toBeLessThan((n - 1) / (samples + 1));
    }
  }); // prettier-ignore

  it("identifies S from many samples at small n, directed too", () => {
    expect(learnByElimination(family.parities!, draw(6, 1), { samples: 20_000, testSamples: 1000 })).toMatchObject({ exact: true, testAccuracy: 1 });
    expect(learnByElimination(family.parities!, draw(6, 1, "directed"), { samples: 20_000, testSamples: 1000 })).toMatchObject({ exact: true });
  }); // prettier-ignore

  it("breaks under label noise and says so (negative control)", () => {
    expect(
      learnByElimination(family.parities!, draw(10, 0), { samples: 2000, testSamples: 100, noise: 0.05 }),
    ).toMatchObject({
      consistent: false,
      found: null,
      expectedErrorBound: 1,
    });
  });
});
