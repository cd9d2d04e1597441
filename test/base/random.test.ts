import { expect, it, describe } from "vitest";
import {
  bits,
  foldIn,
  keyFor,
  normals,
  permutation,
  split,
  stream,
  uniforms,
} from "../../src/base/random.ts";
import { defaultDevice, init, random } from "../../src/engine/jax.ts";

describe("bits", () => {
  it("are bit-identical to jax-js random.bits", async () => {
    await init("cpu");
    defaultDevice("cpu");
    for (const seed of [0, 1, 42, 0xffffffff]) {
      const theirs = random.bits(random.key(seed), [1000]).dataSync();
      expect(Array.from(bits([0, seed], new Uint32Array(1000)))).toEqual(Array.from(theirs));
    }
  });

  it("pin the stream of seed 42", () => {
    // jax.random.bits(jax.random.key(42), (4,)), as jax-js 0.1.25 prints it
    expect(Array.from(bits([0, 42], new Uint32Array(4)))).toMatchInlineSnapshot(`
      [
        2098992034,
        2919706841,
        2646866425,
        2409546199,
      ]
    `);
  });

  it("continue at any offset", () => {
    const whole = bits([1, 2], new Uint32Array(10));
    expect(bits([1, 2], new Uint32Array(4), 6)).toEqual(whole.subarray(6));
  });
});

describe("keys", () => {
  it("differ for different names, whatever their lengths", () => {
    const names = Array.from({ length: 2000 }, (_, i) => keyFor("x".repeat(i % 50), i).join());
    expect(new Set(names).size).toBe(2000);
    expect(keyFor({ a: 1, b: 2 })).toEqual(keyFor({ b: 2, a: 1 }));
    expect(foldIn([1, 2], "train")).not.toEqual(foldIn([1, 2], "test"));
    expect(new Set(split([1, 2], 1000).map(String)).size).toBe(1000);
  });
});

describe("draws", () => {
  const mean = (x: Iterable<number>) => Array.from(x).reduce((a, b) => a + b, 0) / 1e5;

  it("have the moments of their laws within 5 standard errors", () => {
    const u = uniforms(keyFor("u"), new Float64Array(1e5));
    const z = normals(keyFor("z"), new Float64Array(1e5));
    expect(Math.abs(mean(u) - 0.5)).toBeLessThan((5 * Math.sqrt(1 / 12)) / Math.sqrt(1e5));
    expect(Math.abs(mean(z))).toBeLessThan(5 / Math.sqrt(1e5));
    expect(Math.abs(mean(z.map((x) => x * x)) - 1)).toBeLessThan((5 * Math.SQRT2) / Math.sqrt(1e5));
    expect(Math.abs(mean(z.map((x) => x ** 4)) - 3)).toBeLessThan((5 * Math.sqrt(96)) / Math.sqrt(1e5));
  });

  it("below(3) is uniform and permutations are permutations", () => {
    const s = stream(keyFor("b"));
    const counts = [0, 0, 0];
    for (let i = 0; i < 3e4; i++) counts[s.below(3)]++;
    for (const c of counts) expect(Math.abs(c - 1e4)).toBeLessThan(5 * Math.sqrt((3e4 * 2) / 9));
    expect(Array.from(permutation([3, 4], 50)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 50 }, (_, i) => i),
    );
  });
});
