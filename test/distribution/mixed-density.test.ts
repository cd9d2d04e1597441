/** Graphs of many densities: with p uniform each number of edges is as likely as any other. */

import { describe, expect, it } from "vitest";
import { keyFor } from "../../src/base/random.ts";
import { degreesOf, erdosRenyi } from "../../src/distribution/erdos-renyi.ts";
import type { Law } from "../../src/distribution/law.ts";
import { mixedDensity } from "../../src/distribution/mixed-density.ts";

const [n, count] = [6, 16_000];
const graphs = { n, edges: "undirected" } as const;
const pairs = (n * (n - 1)) / 2;

/** Of 0 to 15 edges, sum of (seen - expected)^2 / expected: 15 degrees of freedom. */
function chiSquared(law: Law, expected: (edges: number) => number): number {
  const seen = new Float64Array(pairs + 1);
  const degrees = degreesOf(law.sample(keyFor("mixed"), count));
  for (let g = 0; g < count; g++) seen[degrees.subarray(g * n, (g + 1) * n).reduce((a, b) => a + b, 0) / 2]++;
  return seen.reduce((sum, x, m) => sum + (x - count * expected(m)) ** 2 / (count * expected(m)), 0);
}

const uniform = (): number => 1 / (pairs + 1);
const choose = (m: number): number => (m === 0 ? 1 : (choose(m - 1) * (pairs - m + 1)) / m);
const half = (m: number): number => choose(m) / 2 ** pairs;

describe("graphs of many densities", () => {
  it("have each number of edges alike, and a share of them those of p = 1/2", () => {
    expect(chiSquared(mixedDensity(graphs, 0), uniform)).toBeLessThan(45);
    expect(chiSquared(mixedDensity(graphs, 0.3), (m) => 0.3 * half(m) + 0.7 * uniform())).toBeLessThan(45);
    // another share, another law (negative controls)
    expect(chiSquared(mixedDensity(graphs, 0.3), uniform)).toBeGreaterThan(100);
    expect(chiSquared(erdosRenyi({ ...graphs, p: 0.5 }), uniform)).toBeGreaterThan(100);
  });

  it("are the same for equal keys, and have no loops and symmetric matrices", () => {
    const law = mixedDensity(graphs, 0.3);
    const { data, shape } = law.sample([1, 2], 20);
    expect([shape, data]).toEqual([[n, n], law.sample([1, 2], 20).data]);
    const transposed = data.map((_, at) => {
      const [g, i, j] = [Math.floor(at / n ** 2), Math.floor(at / n) % n, at % n];
      return i === j ? 0 : data[g * n * n + j * n + i];
    });
    expect(transposed).toEqual(data);
  });
});
