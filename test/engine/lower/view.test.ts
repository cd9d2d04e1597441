import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { keyFor, permutation, stream, type Key } from "../../../src/base/random.ts";
import { numpy as np } from "../../../src/engine/lower/jax.ts";
import { lowerProgram } from "../../../src/engine/lower/lower.ts";
import { trace, type PureFunction, type Specs } from "../../../src/engine/lower/trace.ts";
import { draw, expectSame, gradients, size, useInterpreter } from "./equality.ts";

beforeAll(useInterpreter);

/** A random way to write `total` as a product. */
function randomShape(below: (bound: number) => number, total: number): number[] {
  const shape: number[] = [];
  let rest = total;
  while (rest > 1) {
    const divisors = Array.from({ length: rest }, (_, i) => i + 1).filter((d) => rest % d === 0 && d <= 12);
    const d = divisors[below(divisors.length)] ?? rest;
    shape.push(d);
    rest /= d;
    if (shape.length > 4) break;
  }
  if (rest > 1) shape.push(rest);
  return shape;
}

/** A random chain of movements of x, with sums, products and contractions in between. */
function chain(key: Key, length: number): PureFunction {
  return ({ x, y }) => {
    const { below } = stream(key);
    let a = x;
    const other = (shape: readonly number[]): np.Array => {
      const kept = shape.map((d) => (below(3) === 0 ? 1 : d)).slice(below(2));
      return y.ref.slice([0, size(kept)]).reshape(kept);
    };
    for (let i = 0; i < length; i++) {
      const shape = a.shape;
      const rank = shape.length;
      const choice = below(10);
      if (choice <= 1) a = a.transpose(Array.from(permutation(keyFor(key, i), rank)));
      else if (choice <= 3) a = a.reshape(randomShape(below, size(shape)));
      else if (choice === 4 && size(shape) < 200) {
        const at = below(rank + 1);
        a = np.broadcastTo(a.reshape(shape.toSpliced(at, 0, 1)), shape.toSpliced(at, 0, 2 + below(2)));
      } else if (choice === 5) a = a.add(other(shape));
      else if (choice === 6) a = a.mul(other(shape));
      else if (choice === 7 && rank > 1) a = np.sum(a, below(rank));
      else if (choice === 8 && rank > 0 && shape[rank - 1] > 1)
        a = a.slice(...shape.slice(1).map((): [] => []), [1]);
      else if (choice === 9 && rank > 0) {
        const inner = shape[rank - 1];
        a = np.matmul(
          a,
          y.ref
            .slice([0, inner * 3])
            .reshape(below(2) === 0 ? [inner, 3] : [3, inner])
            .transpose(below(2) === 0 || inner === 3 ? undefined : [0, 1])
            .reshape([inner, 3]),
        );
      }
    }
    y.dispose();
    return { z: a };
  };
}

describe("chains of movements", () => {
  it("agree with jax-js, forward and backward", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.constantFrom([2, 3, 4], [6, 2], [12], [4, 1, 5], [3, 3, 2, 2]),
        async (seed, shape) => {
          const key = keyFor("chain", seed);
          const specs: Specs = { x: { shape, type: "float64" }, y: { shape: [2000], type: "float64" } };
          const values = { x: draw(keyFor(seed, "x"), specs.x), y: draw(keyFor(seed, "y"), specs.y) };
          const fn = chain(key, 8);
          await expectSame(fn, specs, values, 1e-12);
          await expectSame(gradients(fn, specs), specs, values, 1e-11);
        },
      ),
      { numRuns: 80 },
    );
  });
});

describe("the lowering", () => {
  const nodes = (fn: PureFunction, specs: Specs): string[] =>
    lowerProgram(trace(fn, specs)).nodes.map((n) => n.op);

  it("moves nothing for a matrix product with transposed operands", () => {
    const specs = { x: { shape: [4, 6, 5] }, w: { shape: [7, 5] } };
    const ops = nodes(({ x, w }) => ({ y: np.matmul(x, w.transpose()) }), specs);
    expect(ops.filter((op) => op !== "Reshape")).toEqual(["Gemm"]);
  });

  it("computes on the small side of a broadcast", () => {
    const specs = { x: { shape: [3] } };
    const model = lowerProgram(
      trace(({ x }) => ({ y: np.sum(np.exp(np.broadcastTo(x, [1000, 3]))) }), specs),
    );
    expect(model.nodes.map((n) => n.op)).not.toContain("Expand");
  });

  it("writes out what repeats between short runs, and only that", async () => {
    const gate: PureFunction = ({ x, g }) => ({ y: x.mul(g) });
    for (const [width, repeats, expected] of [
      [24, [3, 1, 24], true],
      [32, [3, 1, 32], false],
      [24, [24], false],
    ] as const) {
      const specs: Specs = { x: { shape: [3, 5, width] }, g: { shape: [...repeats] } };
      expect(nodes(gate, specs).includes("Expand")).toBe(expected);
      const values = { x: draw(keyFor("runs", "x"), specs.x), g: draw(keyFor("runs", "g"), specs.g) };
      await expectSame(gate, specs, values, 0);
    }
  });

  it("shares equal computations and drops unused ones", () => {
    const specs = { x: { shape: [4] } };
    const ops = nodes(({ x }) => {
      np.cos(x.ref);
      return { y: np.exp(x.ref).mul(np.exp(x)) };
    }, specs);
    expect(ops.sort()).toEqual(["Exp", "Mul"]);
  });

  it("adds products inside Gemm, with the bias", () => {
    const specs = { x: { shape: [4, 5] }, z: { shape: [4, 5] }, w: { shape: [5, 3] }, b: { shape: [3] } };
    const ops = nodes(({ x, z, w, b }) => ({ y: np.matmul(x, w.ref).add(np.matmul(z, w)).add(b) }), specs);
    expect(ops).toEqual(["Gemm", "Gemm"]);
  });

  it("takes a large outer product for a matrix product, and a small one entry by entry", async () => {
    const outer: PureFunction = ({ x, w, b }) => ({ y: x.reshape([8, -1, 1]).mul(w).add(b) });
    for (const [rows, expected] of [[16, ["Reshape", "Mul", "Add"]], [512, ["Reshape", "Gemm"]]] as const) {
      const specs = { x: { shape: [8, rows / 8] }, w: { shape: [64] }, b: { shape: [64] } };
      expect(nodes(outer, specs).filter((op, i) => op !== "Reshape" || i === 0)).toEqual(expected);
      const values = { x: draw(keyFor("x"), specs.x), w: draw(keyFor("w"), specs.w), b: draw(keyFor("b"), specs.b) };
      await expectSame(outer, specs, values, 1e-6);
      await expectSame(gradients(outer, specs), specs, values, 1e-5);
    }
  }); // prettier-ignore
});
