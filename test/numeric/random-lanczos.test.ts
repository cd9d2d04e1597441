import { describe, expect, it } from "vitest";
import { keyFor, normals } from "../../src/base/random.ts";
import { lanczosBounds } from "../../src/numeric/random-lanczos.ts";

/** Applies B diag(eigenvalues) B^T, B a product of Householder reflections. */
function applier(eigenvalues: readonly number[], starts: number) {
  const n = eigenvalues.length;
  const reflections = [0, 1, 2].map((i) => {
    const v = normals(keyFor("reflection", n, i), new Float64Array(n));
    const norm = Math.sqrt(v.reduce((s, x) => s + x * x, 0));
    return v.map((x) => x / norm);
  });
  const reflect = (x: Float64Array, v: Float64Array): Float64Array => {
    const c = x.reduce((s, xi, i) => s + xi * v[i], 0);
    return x.map((xi, i) => xi - 2 * c * v[i]);
  };
  return (vectors: Float64Array): Promise<Float64Array> => {
    const out = new Float64Array(starts * n);
    for (let r = 0; r < starts; r++) {
      let x: Float64Array = vectors.slice(r * n, (r + 1) * n);
      for (const v of reflections) x = reflect(x, v);
      x = x.map((xi, i) => xi * eigenvalues[i]);
      for (const v of reflections.toReversed()) x = reflect(x, v);
      out.set(x, r * n);
    }
    return Promise.resolve(out);
  };
}

const options = { starts: 2, steps: 16, confidence: 0.99, relativeError: 1e-9 };

describe("Lanczos bounds", () => {
  it.each([
    ["one above a bulk", Array.from({ length: 500 }, (_, i) => (i === 0 ? 3 : 1 + i / 1000))],
    ["no gap at all", Array.from({ length: 500 }, (_, i) => i / 500)],
    ["few distinct", Array.from({ length: 500 }, (_, i) => (i % 3) + 1)],
    ["rank one", Array.from({ length: 500 }, (_, i) => (i === 7 ? 2 : 0))],
    ["small", [0.5, 2, 1]],
  ])("hold: %s", async (_, eigenvalues) => {
    const truth = Math.max(...eigenvalues);
    for (let seed = 0; seed < 20; seed++) {
      const { lower, upper } = await lanczosBounds(eigenvalues.length, applier(eigenvalues, 2), { ...options, key: keyFor("lanczos", seed) }); // prettier-ignore
      expect(lower).toBeLessThanOrEqual(truth * (1 + 1e-8));
      expect(upper).toBeGreaterThanOrEqual(truth * (1 - 1e-8));
      expect(upper).toBeLessThan(truth * 1.1);
    }
  });

  it("are wide, not wrong, after few steps", async () => {
    const eigenvalues = Array.from({ length: 500 }, (_, i) => i / 500);
    const at = (steps: number) => lanczosBounds(500, applier(eigenvalues, 2), { ...options, steps, key: keyFor("few") }); // prettier-ignore
    expect((await at(1)).upper).toBe(Infinity);
    expect((await at(4)).upper).toBeGreaterThan((await at(16)).upper);
    const many = await lanczosBounds(500, applier(eigenvalues, 8), { ...options, starts: 8, steps: 5, key: keyFor("many") }); // prettier-ignore
    expect(many.upper).toBeGreaterThan(499 / 500);
    expect(many.upper).toBeLessThan(1.8);
  });
});
