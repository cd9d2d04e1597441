import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyFor, normals } from "../../../src/base/random.ts";
import { useCores } from "../../../src/base/cores.ts";
import { transposed } from "../../../src/base/transposed.ts";
import { matmul32, matmul64 } from "../../../src/engine/run/matmul.ts";

type Reals = Float32Array | Float64Array;

/** The definition, with the error bound of each entry. */
function naive(a: Reals, b: Reals, m: number, k: number, n: number, transposeB: boolean) {
  const [product, magnitude] = [new Float64Array(m * n), new Float64Array(m * n)];
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++)
      for (let l = 0; l < k; l++) {
        const term = a[i * k + l] * b[transposeB ? j * k + l : l * n + j];
        product[i * n + j] += term;
        magnitude[i * n + j] += Math.abs(term);
      }
  return { product, magnitude };
}

const dim = fc.integer({ min: 1, max: 70 });

describe.each(["auto", "plain"] as const)("products (%s)", (backend) => {
  it.each([
    ["float64", matmul64, Float64Array, 2 ** -53],
    ["float32", matmul32, Float32Array, 2 ** -24],
  ] as const)("agree with the definition in %s", async (_, matmul, kind, unit) => {
    await fc.assert(
      fc.asyncProperty(
        dim,
        dim,
        dim,
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        async (m, k, n, transposeA, transposeB, given) => {
          const a = normals(keyFor("a", m, k), new kind(m * k));
          const b = normals(keyFor("b", k, n), new kind(k * n));
          const { product, magnitude } = naive(a, b, m, k, n, transposeB);
          const into = given ? { into: new kind(m * n).fill(7) } : {};
          const left = transposeA ? transposed(a, m, k) : a;
          const c = await (matmul as (...args: unknown[]) => Promise<Reals>)(left, b, m, k, n, { transposeA, transposeB, backend, ...into }); // prettier-ignore
          if (given) expect(c).toBe(into.into);
          expect(c).toBeInstanceOf(kind);
          for (let i = 0; i < m * n; i++)
            expect(Math.abs(c[i] - product[i])).toBeLessThanOrEqual(2 * k * unit * magnitude[i]);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("refuse matrices of other sizes, and accept empty ones", async () => {
    const three = new Float64Array(3);
    await expect(matmul64(three, three, 2, 2, 2, { backend })).rejects.toThrow("not 2 x 2 and 2 x 2");
    await expect(matmul64(three, three, 1, 3, 1, { backend, into: three })).rejects.toThrow("3 entries do not hold a matrix of 1 x 1"); // prettier-ignore
    expect(await matmul64(new Float64Array(0), new Float64Array(0), 2, 0, 2, { backend })).toEqual(new Float64Array(4)); // prettier-ignore
  });
});

it("into a given array leave no copy to the collector of garbage", async () => {
  const side = 256;
  const [a, b, into] = [1, 2, 3].map(() => new Float64Array(side * side).fill(0.5));
  expect(await matmul64(a, b, side, side, side, { into })).toBe(into);
  const before = process.memoryUsage().arrayBuffers;
  for (let i = 0; i < 8; i++) await matmul64(a, b, side, side, side, { into });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(into.byteLength);
});

it.each([
  [512, 512, 512],
  [300, 1000, 77],
  [7, 9000, 301],
  [60, 3000, 120],
  [300, 200, 700],
  [17, 40_000, 33],
])("of %i x %i x %i are the same to the last bit on any number of cores", async (m, k, n) => {
  const a = normals(keyFor("a", m, k), new Float64Array(m * k));
  const b = normals(keyFor("b", k, n), new Float64Array(k * n));
  const both = async () => [
    await matmul64(a, b, m, k, n),
    await matmul32(Float32Array.from(a), Float32Array.from(b), m, k, n),
  ];
  const bytes = (of: Awaited<ReturnType<typeof both>>): Buffer =>
    Buffer.concat(of.map((x) => Buffer.from(x.buffer)));
  const alone = bytes(await both());
  try {
    for (const cores of [2, 3, 16]) {
      useCores(cores);
      expect(Buffer.compare(bytes(await both()), alone)).toBe(0);
    }
  } finally {
    useCores(1);
  }
});
