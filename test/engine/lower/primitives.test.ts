import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { keyFor } from "../../../src/base/random.ts";
import { lax, numpy as np } from "../../../src/engine/lower/jax.ts";
import { relu } from "../../../src/engine/train/loss.ts";
import { UnsupportedPrimitive } from "../../../src/engine/lower/lowering.ts";
import { compile } from "../../../src/engine/run/program.ts";
import { trace, type Arrays, type PureFunction, type Spec } from "../../../src/engine/lower/trace.ts";
import { draw, expectSame, gradients, reals, useInterpreter, type Real } from "./equality.ts";

beforeAll(useInterpreter);

interface Case {
  /** Primitives that must occur, so that the case tests what it says. */
  readonly covers: readonly string[];
  readonly shapes: fc.Arbitrary<readonly (readonly number[])[]>;
  readonly fn: (...arrays: np.Array[]) => np.Array | np.Array[];
  /** Types of inputs that are not the real type under test. */
  readonly types?: readonly (Spec["type"] | undefined)[];
  /** Maps a normal number into the function's domain. */
  readonly domain?: (x: number) => number;
  readonly gradient?: false;
  /** ONNX Runtime or jax-js compute it in float32 throughout. */
  readonly coarse?: true;
}

const dim = fc.integer({ min: 1, max: 5 });
const shape = (min = 1, max = 4): fc.Arbitrary<number[]> => fc.array(dim, { minLength: min, maxLength: max });
const one = shape(0, 4).map((s) => [s]);
/** Two shapes that broadcast to one another. */
const two = fc
  .tuple(shape(1, 4), fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), fc.nat(3))
  .map(([s, flags, drop]) => [
    s.map((size, i) => (flags[i] ? 1 : size)),
    s.map((size, i) => (flags[i + 4] ? 1 : size)).slice(Math.min(drop, s.length - 1)),
  ]);
const positive = (x: number): number => 0.5 + Math.abs(x);
const unary = (name: string, fn: (x: np.Array) => np.Array, rest: Partial<Case> = {}): [string, Case] => [
  name,
  { covers: [name], shapes: one, fn, ...rest },
];
const binary = (name: string, fn: Case["fn"], rest: Partial<Case> = {}): [string, Case] => [
  name,
  { covers: [name], shapes: two, fn, ...rest },
];

const cases: Record<string, Case> = Object.fromEntries([
  unary("neg", np.negative),
  unary("reciprocal", np.reciprocal, { domain: positive }),
  unary("floor", np.floor),
  unary("ceil", np.ceil),
  unary("sqrt", np.sqrt, { domain: positive }),
  unary("exp", np.exp),
  unary("log", np.log, { domain: positive }),
  unary("sin", np.sin),
  unary("cos", np.cos),
  unary("asin", np.asin, { domain: (x) => 0.9 * Math.sin(x), coarse: true }),
  unary("atan", np.atan, { coarse: true }),
  unary("erf", (x) => lax.erf(x), { coarse: true }),
  unary("erfc", (x) => lax.erfc(x), { coarse: true }),
  unary("stop_gradient", (x) => lax.stopGradient(x.ref).mul(x)),
  binary("add", np.add),
  binary("mul", np.multiply),
  binary("min", (x, y) => np.minimum(x, y)),
  binary("max", (x, y) => np.maximum(x, y)),
  binary("mod", (x, y) => x.mod(y), { domain: (x) => 3 * x + Math.sign(x), gradient: false }),
  [
    "division and subtraction",
    {
      covers: ["reciprocal", "neg"],
      shapes: two,
      fn: (x, y) => np.subtract(np.divide(x.ref, y.ref), y.mul(x).neg()),
      domain: positive,
    },
  ],
  [
    "compare",
    {
      covers: ["compare", "cast"],
      shapes: two,
      domain: (x) => Math.round(x),
      fn: (x, y) =>
        ["less", "lessEqual", "equal", "notEqual", "greater"].map((op) =>
          x.ref[op as "less"](y.ref).astype(x.dtype),
        ),
    },
  ],
  [
    "truth values",
    {
      covers: ["where", "mul", "add", "reduce"],
      shapes: two,
      types: ["bool", "bool"],
      gradient: false,
      fn: (x, y) => [
        x.ref.mul(y.ref),
        x.ref.add(y.ref),
        np.maximum(x.ref, y.ref),
        np.where(x.ref, y.ref, x.ref),
        x.ref.max(0),
        y.min(0),
        x.astype(np.int32),
      ],
    },
  ],
  [
    "where",
    {
      covers: ["where"],
      shapes: two.map(([a, b]) => [a, b, a]),
      types: ["bool"],
      fn: (c, x, y) => np.where(c, x, y),
    },
  ],
  ["where against 0", { covers: ["where"], shapes: two, fn: (x, y) => np.where(np.less(x, 0.25), y, 0) }],
  [
    "relu",
    {
      covers: ["where", "compare"],
      shapes: one,
      domain: (x) => (Math.abs(x) < 0.4 ? 0 : x),
      fn: (x) => relu(x),
    },
  ],
  [
    "reduce add",
    {
      covers: ["reduce"],
      shapes: shape().map((s) => [s]),
      fn: (x) => [np.sum(x.ref), np.sum(x.ref, 0), np.sum(x, -1)],
    },
  ],
  [
    "reduce mul",
    {
      covers: ["reduce"],
      shapes: shape().map((s) => [s]),
      domain: positive,
      fn: (x) => [np.prod(x.ref, 0), np.prod(x, -1)],
    },
  ],
  [
    "reduce min and max",
    {
      covers: ["reduce"],
      shapes: shape().map((s) => [s]),
      fn: (x) => [np.min(x.ref, 0), np.max(x.ref, -1), np.max(x)],
    },
  ],
  [
    "reduction of repeated entries",
    {
      covers: ["reduce", "broadcast"],
      shapes: shape(1, 3).map((s) => [s]),
      domain: positive,
      fn: (x) => {
        const y = np.broadcastTo(x.ref.reshape([...x.shape, 1]), [3, ...x.shape, 2]);
        return [
          np.sum(y.ref, 0),
          np.prod(y.ref, -1),
          np.max(y.ref, 0),
          np.sum(np.broadcastTo(x.ref.reshape([1, ...x.shape]), [4, ...x.shape]), [0, 1]),
        ];
      },
    },
  ],
  [
    "matrix product",
    {
      covers: ["dot"],
      shapes: fc.tuple(dim, dim, dim, shape(0, 2)).map(([m, k, n, b]) => [
        [...b, m, k],
        [...b, k, n],
      ]),
      fn: (x, y) => np.matmul(x, y),
    },
  ],
  [
    "matrix product with shared weights",
    {
      covers: ["dot"],
      shapes: fc.tuple(dim, dim, dim, shape(1, 2)).map(([m, k, n, b]) => [
        [...b, m, k],
        [k, n],
      ]),
      fn: (x, y) => np.matmul(x, y),
    },
  ],
  [
    "vector products",
    {
      covers: ["dot"],
      shapes: fc.tuple(dim, dim).map(([m, k]) => [[m, k], [k]]),
      fn: (x, y) => [np.dot(x.ref, y.ref), np.vdot(y.ref, y), np.dot(x.ref, x.transpose())],
    },
  ],
  [
    "contraction over a repeated axis",
    {
      covers: ["dot"],
      shapes: fc.tuple(dim, dim, dim).map(([a, b, c]) => [[a, b + 1], [c, 1, 1], [b + 1]]),
      fn: (x, y, z) => {
        const s = [...y.shape.slice(0, 1), ...x.shape];
        return [
          np.vecdot(x.ref, np.broadcastTo(y.ref, s)),
          np.vecdot(np.broadcastTo(y.ref, s), np.broadcastTo(y, s)),
          np.vecdot(np.broadcastTo(z, s), x),
        ];
      },
    },
  ],
  [
    "einsum",
    {
      covers: ["dot"],
      shapes: fc.tuple(dim, dim, dim, dim, dim).map(([a, b, c, d, e]) => [
        [a, b, c, d],
        [b, d, e, a],
      ]),
      fn: (x, y) => [np.einsum("abcd,bdea->cea", x.ref, y.ref), np.einsum("abcd,bdea->ebc", x, y)],
    },
  ],
  [
    "integer matrix product",
    {
      covers: ["dot"],
      shapes: fc.tuple(dim, dim, dim).map(([m, k, n]) => [
        [m, k],
        [n, k],
      ]),
      types: ["int32", "int32"],
      domain: (x) => Math.round(2 * x),
      gradient: false,
      fn: (x, y) => np.matmul(x, y.transpose()),
    },
  ],
  [
    "transpose, reshape, broadcast",
    {
      covers: ["transpose", "reshape", "broadcast"],
      shapes: shape(2, 4).map((s) => [s]),
      fn: (x) => {
        const y = x.transpose();
        return [y.ref.reshape([-1]), np.broadcastTo(y, [2, ...x.shape.toReversed()])];
      },
    },
  ],
  [
    "flip",
    { covers: ["flip"], shapes: shape(1, 3).map((s) => [s]), fn: (x) => [np.flip(x.ref), np.flip(x, 0)] },
  ],
  [
    "shrink",
    {
      covers: ["shrink"],
      shapes: shape(1, 3).map((s) => [s.map((d) => d + 2)]),
      fn: (x) => [x.ref.slice([1, -1]), x.ref.slice(0), x.transpose().slice([2])],
    },
  ],
  [
    "pad",
    {
      covers: ["pad"],
      shapes: shape(1, 3).map((s) => [s]),
      fn: (x) => [np.pad(x.ref, 1), np.pad(x.transpose(), { 0: [2, 0] })],
    },
  ],
  [
    "split and concatenate",
    {
      covers: ["split", "concatenate"],
      shapes: fc.tuple(dim, dim).map(([a, b]) => [
        [a + 3, b],
        [2, b],
      ]),
      fn: (x, y) => {
        const [p, q] = np.split(x, [2]);
        return np.concatenate([q, y.mul(p.ref), np.concatenate([p.ref, p])]);
      },
    },
  ],
  [
    "concatenate along the last axis",
    {
      covers: ["concatenate", "transpose"],
      shapes: fc.tuple(dim, dim).map(([a, b]) => [
        [a, b],
        [b, a],
      ]),
      fn: (x, y) => np.concatenate([x, y.transpose()], 1),
    },
  ],
  [
    "take",
    {
      covers: ["gather"],
      shapes: fc.tuple(dim, dim, dim, dim).map(([a, b, i, j]) => [
        [a + 1, b + 1, 3],
        [i, j],
      ]),
      types: [undefined, "int32"],
      fn: (x, i) => {
        const at = np.where(np.less(i.ref, 0), 0, np.minimum(i, 1)).astype(np.int32);
        return [np.take(x.ref, at.ref, 0), np.take(x, at, 1)];
      },
    },
  ],
  [
    "indexing by two arrays",
    {
      covers: ["gather"],
      shapes: fc.tuple(dim, dim).map(([a, b]) => [[a + 1, 2, b + 1], [4, 1], [3]]),
      types: [undefined, "int32", "int32"],
      fn: (x, i, j) => {
        const clip = (k: np.Array): np.Array =>
          np.where(np.less(k.ref, 0), 0, np.minimum(k, 1)).astype(np.int32);
        return [x.ref.slice(clip(i.ref), [], clip(j.ref)), x.slice(clip(i), 1, clip(j))];
      },
    },
  ],
  [
    "sort and argsort",
    {
      covers: ["sort", "argsort"],
      shapes: shape(1, 3).map((s) => [s]),
      fn: (x) => [np.sort(x.ref), np.sort(x.ref, 0), np.argsort(x).astype(np.float32)],
    },
  ],
  [
    "cumsum",
    { covers: [], shapes: shape(1, 3).map((s) => [s]), fn: (x) => [np.cumsum(x.ref, 0), np.cumsum(x, -1)] },
  ],
  [
    "window sums",
    {
      covers: ["pool"],
      shapes: fc.tuple(dim, dim).map(([a, b]) => [[2, a + 3, b + 2]]),
      fn: (x) => lax.reduceWindow(x, np.sum, [3, 2], [2, 1]),
    },
  ],
  [
    "convolution 1-D",
    {
      covers: ["conv"],
      shapes: fc.tuple(dim, dim, dim, dim).map(([b, c, o, s]) => [
        [b, c, s + 4],
        [o, c, 3],
      ]),
      fn: (x, w) => [
        lax.conv(x.ref, w.ref, [1], "VALID"),
        lax.convGeneralDilated(x, w, [2], [[1, 2]], { rhsDilation: [2] }),
      ],
    },
  ],
  [
    "convolution 2-D",
    {
      covers: ["conv"],
      shapes: fc.tuple(dim, dim, dim).map(([b, c, o]) => [
        [b, c, 5, 6],
        [o, c, 3, 2],
      ]),
      fn: (x, w) => lax.convGeneralDilated(x, w, [2, 1], "SAME"),
    },
  ],
  [
    "convolution in groups",
    {
      covers: ["conv"],
      shapes: fc.tuple(dim, dim, dim).map(([b, c, o]) => [
        [b, 2 * c, 7],
        [2 * o, c, 3],
      ]),
      fn: (x, w) => lax.convGeneralDilated(x, w, [1], "SAME", { featureGroupCount: 2 }),
    },
  ],
  [
    "transposed convolution",
    {
      covers: ["conv"],
      shapes: fc.tuple(dim, dim, dim).map(([b, c, o]) => [
        [b, c, 4, 3],
        [o, c, 2, 2],
      ]),
      fn: (x, w) => lax.convTranspose(x, w, [2, 2], "SAME"),
    },
  ],
] as [string, Case][]);

function setUp(c: Case, shapes: readonly (readonly number[])[], type: Real) {
  const types = shapes.map((_, i) => c.types?.[i] ?? type);
  const specs = Object.fromEntries(shapes.map((s, i) => [`x${i}`, { shape: s, type: types[i] }]));
  const fn: PureFunction = (inputs: Arrays) => {
    const out = c.fn(...Object.values(inputs));
    return Object.fromEntries((Array.isArray(out) ? out : [out]).map((y, i) => [`y${i}`, y]));
  };
  const values = Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => {
      const drawn = draw(keyFor(name, shapes), spec);
      return [name, spec.type === "bool" || c.domain === undefined ? drawn : drawn.map(c.domain)];
    }),
  );
  return { specs, fn, values };
}

describe("the lowering agrees with jax-js", () => {
  for (const [name, c] of Object.entries(cases))
    for (const type of reals)
      it(`${name} (${type})`, async () => {
        const tolerance = type === "float32" || c.coarse ? 3e-6 : 1e-13;
        let covered = new Set<string>();
        await fc.assert(
          fc.asyncProperty(c.shapes, async (shapes) => {
            const { specs, fn, values } = setUp(c, shapes, type);
            covered = new Set([...covered, ...trace(fn, specs).equations.map((e) => e.primitive as string)]);
            await expectSame(fn, specs, values, tolerance);
            if (c.gradient !== false) await expectSame(gradients(fn, specs), specs, values, 10 * tolerance);
          }),
          { numRuns: 5 },
        );
        for (const primitive of c.covers) expect(covered).toContain(primitive);
      });
});

describe("a gate", () => {
  it("keeps what it closes out: where(0 < x, log x, 0) is 0 at 0", async () => {
    const specs = { x: { shape: [4] } };
    const guarded: PureFunction = ({ x }) => ({ y: np.where(np.greater(x.ref, 0), np.log(x), 0) });
    const compiled = await compile(guarded, specs, { backend: "onnx" });
    const { y } = await compiled.run({ x: Float32Array.of(0, 1, -1, 1) });
    expect(y).toEqual(Float32Array.of(0, 0, 0, 0));
    await compiled.dispose();
  });
});

describe("integer division", () => {
  it("goes towards zero, and its remainder has the sign of the numerator", async () => {
    const specs = { x: { shape: [6], type: "int32" }, y: { shape: [6], type: "int32" } } as const;
    const fn: PureFunction = ({ x, y }) => ({ quotient: x.ref.div(y.ref), remainder: x.mod(y) });
    const compiled = await compile(fn, specs, { backend: "onnx" });
    const x = Int32Array.of(7, -7, 7, -7, 3, -3);
    const y = Int32Array.of(2, 2, -2, -2, 5, 5);
    const { quotient, remainder } = await compiled.run({ x, y });
    expect(Array.from(quotient)).toEqual([3, -3, -3, 3, 0, 0]);
    expect(Array.from(remainder)).toEqual([1, -1, 1, -1, 3, -3]);
    await compiled.dispose();
  });
});

describe("a primitive without a lowering", () => {
  it("is named together with its equation", async () => {
    const fn: PureFunction = ({ x }) => ({ y: np.linalg.cholesky(x) });
    const specs = { x: { shape: [3, 3] } };
    await expect(compile(fn, specs)).rejects.toThrow(UnsupportedPrimitive);
    await expect(compile(fn, specs)).rejects.toThrow(/"cholesky".*:float32\[3,3\] = cholesky/);
  });
});
