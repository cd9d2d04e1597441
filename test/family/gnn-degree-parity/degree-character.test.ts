import { describe, expect, it } from "vitest";
import { stream } from "../../../src/base/random.ts";
import {
  characterMean,
  characterMeans,
  directedCharacterMean,
} from "../../../src/family/gnn-degree-parity/degree-character.ts";
import { degreeParityLaw } from "../../../src/family/gnn-degree-parity/degree-law.ts";
import { characterOf, lawAt, parityCounts } from "./enumeration.ts";

const randomSets = (n: number, count: number): number[] => {
  const { below } = stream([n, 11]);
  return Array.from({ length: count }, () => below(2 ** n));
};

describe("E chi_S of undirected graphs", () => {
  it("is the mean over all graphs for every S, up to n = 6", () => {
    for (let n = 3; n <= 6; n++) {
      const counts = parityCounts(n, "undirected");
      for (const p of [0.5, 0.3]) {
        const law = lawAt(counts, p);
        const sets = Array.from({ length: 2 ** n }, (_, s) => s);
        const { values, absoluteError } = characterMeans(n, p, sets);
        for (const s of sets)
          expect(Math.abs(values[s] - characterOf(law, s))).toBeLessThanOrEqual(absoluteError + 1e-14);
      }
    }
  });

  it("is the Fourier coefficient of the law, within both error bounds", () => {
    for (const [n, p] of [
      [8, 0.5],
      [11, 0.5],
      [11, 0.23],
      [12, 0.9],
    ]) {
      const law = degreeParityLaw(n, p);
      const listed = Array.from(law.vectors, (v, i): [number, number] => [v, law.probabilities[i]]);
      const sets = randomSets(n, 100);
      const { values, absoluteError } = characterMeans(n, p, sets);
      expect(absoluteError).toBeLessThan(1e-12);
      sets.forEach((s, i) =>
        expect(Math.abs(values[i] - characterOf(listed, s))).toBeLessThanOrEqual(
          absoluteError + law.relativeError + 1e-14,
        ),
      );
    }
  });

  it("does not follow the directed product formula: {1,3,5} at n = 6 has mean 1", () => {
    expect(characterMean({ n: 6, edges: "undirected", p: 0.5 }, [1, 3, 5])).toBeCloseTo(1, 13);
    expect(characterMean({ n: 6, edges: "directed", p: 0.5 }, [1, 3, 5])).toBeCloseTo(0, 13);
  });

  it("agrees up to sign on the four equivalent sets", () => {
    const [n, all, odd] = [11, 2 ** 11 - 1, 0b01010101010];
    for (const s of randomSets(n, 20)) {
      const { values } = characterMeans(n, 0.4, [s, s ^ all, s ^ odd, s ^ odd ^ all]);
      expect(values[1]).toBeCloseTo(-values[0], 13); // n is odd
      expect(values[2]).toBeCloseTo(values[0], 13);
      expect(values[3]).toBeCloseTo(-values[0], 13);
    }
  });

  it("gives way to sampling for large graphs", () => {
    expect(characterMean({ n: 40, edges: "undirected", p: 0.5 }, [20])).toBeNull();
    expect(characterMean({ n: 5, edges: "undirected", p: 0.5 }, [])).toBeCloseTo(1, 14);
  });
});

describe("E chi_S of directed graphs", () => {
  it("is the mean over all graphs for n = 3, 4, with and without loops", () => {
    for (const edges of ["directed", "directed-loops"] as const)
      for (const n of [3, 4]) {
        const counts = parityCounts(n, edges);
        for (const p of [0.5, 0.3]) {
          const law = lawAt(counts, p);
          const degrees = edges === "directed" ? n : n + 1;
          for (let s = 0; s < 2 ** degrees; s++) {
            const set = Array.from({ length: degrees }, (_, j) => j).filter((j) => (s >> j) % 2 === 1);
            const { value, absoluteError } = directedCharacterMean({ n, edges, p }, set);
            expect(Math.abs(value - characterOf(law, s))).toBeLessThanOrEqual(absoluteError + 1e-13);
            expect(absoluteError).toBeLessThan(1e-13);
          }
        }
      }
  });

  it("works at n = 10,000", () => {
    const law = { n: 10_000, edges: "directed", p: 0.5 } as const;
    expect(directedCharacterMean(law, [0]).value).toBe(1);
    const { value, absoluteError } = directedCharacterMean(law, [4999, 5000]);
    // (1 - 2 * 0.016)^10000
    expect(value).toBeGreaterThan(1e-142);
    expect(value).toBeLessThan(1e-139);
    expect(absoluteError).toBeLessThan(1e-8);
  });
});
