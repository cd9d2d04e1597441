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
import { InputError } from "../../src/base/errors.ts";
import { random } from "../../src/engine/lower/jax.ts";
import { useInterpreter } from "../engine/lower/equality.ts";

describe("bits", () => {
  it("are bit-identical to jax-js random.bits", async () => {
    const setBack = await useInterpreter();
    for (const seed of [0, 1, 42, 0xffffffff]) {
      const theirs = random.bits(random.key(seed), [1000]).dataSync();
      expect(Array.from(bits([0, seed], new Uint32Array(1000)))).toEqual(Array.from(theirs));
    }
    setBack();
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

it("a stream's words are the same one by one and many at once", () => {
  const [single, several] = [stream([1, 2]), stream([1, 2])];
  const out = new Uint32Array(1000);
  for (const count of [1, 0, 300, 7, 256, 1000]) {
    several.words(out, count);
    expect(Array.from(out.subarray(0, count))).toEqual(Array.from({ length: count }, () => single.word()));
    expect(several.word()).toBe(single.word());
  }
});

describe("keys", () => {
  it("differ for different names, whatever their lengths", () => {
    const names = Array.from({ length: 2000 }, (_, i) => keyFor("x".repeat(i % 50), i).join());
    expect(new Set(names).size).toBe(2000);
    expect(keyFor({ a: 1, b: 2 })).toEqual(keyFor({ b: 2, a: 1 }));
    expect(foldIn([1, 2], "train")).not.toEqual(foldIn([1, 2], "test"));
    expect(new Set(split([1, 2], 1000).map(String)).size).toBe(1000);
  });

  it("are integers, and so are their parts: a fraction would name the same stream as another", () => {
    for (const part of [0.5, -1, NaN, 2 ** 53]) expect(() => foldIn([1, 2], part)).toThrow(InputError);
    for (const key of [
      [0.5, 0],
      [0, -1],
      [0, 2 ** 32],
      [NaN, 0],
    ] as const) {
      expect(() => foldIn(key, 0)).toThrow(/is no key; allowed: two integers/);
      expect(() => stream(key).word()).toThrow(InputError);
      expect(() => normals(key, new Float32Array(4))).toThrow(InputError);
    }
    expect(() => split([1, 2], 1.5)).toThrow(InputError);
    for (const bound of [0, 2.5, -1, 2 ** 33])
      expect(() => stream([1, 2]).below(bound)).toThrow(/the bound is/);
  });
});

/** Phi(x), by the series of erf near 0 and the continued fraction of erfc (Lentz) in the tails. */
function normalCdf(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  if (z < 2) {
    let [term, sum] = [z, z];
    for (let k = 1; Math.abs(term) > 1e-17; k++) {
      term *= (-z * z) / k;
      sum += term / (2 * k + 1);
    }
    return 0.5 + (Math.sign(x) * sum) / Math.sqrt(Math.PI);
  }
  let fraction = 0;
  for (let k = 200; k > 0; k--) fraction = k / 2 / (z + fraction);
  const upper = Math.exp(-z * z) / Math.sqrt(Math.PI) / (z + fraction) / 2;
  return x < 0 ? upper : 1 - upper;
}

const sum = (x: ArrayLike<number>, f: (v: number) => number): number => {
  let total = 0;
  for (let i = 0; i < x.length; i++) total += f(x[i]);
  return total;
};

const count = 1e6;
const fromStream = (): Float64Array => {
  const { normal } = stream(keyFor("z", 2));
  return Float64Array.from({ length: count }, normal);
};

describe.each([
  ["float32", () => normals(keyFor("z", 0), new Float32Array(count))],
  ["float64", () => normals(keyFor("z", 1), new Float64Array(count))],
  ["a stream", fromStream],
])("normals of %s", (_, draw) => {
  const z = draw();
  const doubleFactorials = [1, 1, 3, 15, 105, 945, 10395, 135135, 2027025]; // E z^(2k)

  it.each([1, 2, 3, 4, 5, 6, 7, 8])("have moment %i within 5 standard errors", (power) => {
    const expected = power % 2 ? 0 : doubleFactorials[power / 2];
    const error = Math.sqrt((doubleFactorials[power] - expected ** 2) / count);
    expect(Math.abs(sum(z, (v) => v ** power) / count - expected)).toBeLessThan(5 * error);
  });

  it("follow Phi: Kolmogorov-Smirnov at level 1e-6", () => {
    const sorted = Float64Array.from(z).sort();
    let distance = 0;
    sorted.forEach((v, i) => {
      const phi = normalCdf(v);
      distance = Math.max(distance, (i + 1) / count - phi, phi - i / count);
    });
    expect(distance * Math.sqrt(count)).toBeLessThan(Math.sqrt(Math.log(2e6) / 2));
  });

  it("have the tails and the centre of the law, either side", () => {
    for (const edge of [0.01, 0.1, 0.272, 1, 2, 3, 3.4, 3.4426, 3.5, 4, 4.3])
      for (const side of [-1, 1]) {
        const p = normalCdf(-edge);
        const beyond = sum(z, (v) => Number(side * v > edge));
        expect(Math.abs(beyond - count * p)).toBeLessThan(5.5 * Math.sqrt(count * p));
      }
  });

  it("are uncorrelated with their neighbours in value, square and sign", () => {
    for (const lag of [1, 2, 3, 128, 512, 1024])
      for (const [of, deviation] of [[(v: number) => v, 1], [(v: number) => v * v - 1, 2], [Math.sign, 1]] as const) {
        let total = 0;
        for (let i = lag; i < count; i++) total += of(z[i]) * of(z[i - lag]);
        expect(Math.abs(total)).toBeLessThan(5.5 * deviation * Math.sqrt(count));
      } // prettier-ignore
  });
});

describe("draws", () => {
  it("are functions of key and index, whatever the length", () => {
    for (const [draw, kind] of [
      [normals, Float32Array],
      [normals, Float64Array],
      [uniforms, Float32Array],
      [uniforms, Float64Array],
    ] as const)
      expect(draw([5, 6], new kind(700))).toEqual(draw([5, 6], new kind(5000)).subarray(0, 700));
  });

  it("uniforms have mean, variance and range of their law", () => {
    for (const kind of [Float32Array, Float64Array]) {
      const u = uniforms(keyFor("u"), new kind(count));
      expect(Math.abs(sum(u, (v) => v) / count - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / count));
      expect(Math.abs(sum(u, (v) => v * v) / count - 1 / 3)).toBeLessThan(5 * Math.sqrt(4 / 45 / count));
      expect(u.every((v) => v >= 0 && v < 1)).toBe(true);
    }
  });

  it("pin the draws of seed 42", () => {
    expect(Array.from(normals([0, 42], new Float32Array(3)))).toMatchInlineSnapshot(`
      [
        2.080833911895752,
        -1.9924358129501343,
        -0.7286291122436523,
      ]
    `);
    expect(Array.from(normals([0, 42], new Float64Array(3)))).toMatchInlineSnapshot(`
      [
        2.0808341007932163,
        -0.02016132378377956,
        0.5172725359246896,
      ]
    `);
    expect(Array.from(uniforms([0, 42], new Float64Array(3)))).toMatchInlineSnapshot(`
      [
        0.6456031871281362,
        0.9953664197421738,
        0.25312799413690923,
      ]
    `);
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
