import { describe, expect, it } from "vitest";
import { numpy as np } from "../../../src/engine/lower/jax.ts";
import { lowerToOnnx } from "../../../src/engine/lower/lower.ts";
import { compile, compileRepeated, engineInUse, startJax } from "../../../src/engine/run/program.ts";
import { createSession } from "../../../src/engine/run/session.node.ts";
import type { PureFunction } from "../../../src/engine/lower/trace.ts";

const specs = { x: { shape: [2, 3] }, flag: { shape: [3], type: "bool" } } as const;
const fn: PureFunction = ({ x, flag }) => ({
  y: np.where(flag.ref, x, 0),
  not: np.where(flag, false, true),
});
const values = { x: Float32Array.of(1, 2, 3, 4, 5, 6), flag: Uint8Array.of(1, 0, 1) };

describe("compile", () => {
  for (const backend of ["onnx", "wasm"] as const)
    it(`runs named arrays through ${backend}, truth values as bytes`, async () => {
      const program = await compile(fn, specs, { backend });
      expect(program.backend).toBe(backend);
      const { y, not } = await program.run(values);
      expect(y).toEqual(Float32Array.of(1, 0, 3, 4, 0, 6));
      expect(not).toEqual(Uint8Array.of(0, 1, 0));
      await program.dispose();
    });

  for (const backend of ["onnx", "wasm"] as const)
    it(`repeats a step through ${backend}: state carried, other outputs stacked, any number of times`, async () => {
      // a_next = 2 a + x; seen = a, a constant and an output that no step changes included
      const step: PureFunction = ({ a, b, x }) => ({
        b_next: b.ref.add(b),
        a_next: a.ref.mul(np.array([2, 2])).add(x),
        seen: a,
      });
      const specs = { a: { shape: [2] }, b: { shape: [] }, x: { shape: [2] } };
      const program = await compileRepeated(step, specs, ["a", "b"], { backend });
      const [a, b] = [Float32Array.of(1, -1), Float32Array.of(1)];
      const three = await program.run({ a, b }, { x: Float32Array.of(1, 2, 3, 4, 5, 6) }, 3);
      expect(three.state).toEqual({ a: Float32Array.of(23, 14), b: Float32Array.of(8) });
      expect(three.outputs).toEqual({ seen: Float32Array.of(1, -1, 3, 0, 9, 4) });
      const one = await program.run(three.state, { x: Float32Array.of(0, 0) }, 1);
      expect(one.state).toEqual({ a: Float32Array.of(46, 28), b: Float32Array.of(16) });
      await program.dispose();
    });

  it("says which engine is in use", async () => {
    expect(await engineInUse()).toMatchObject({ engine: "onnxruntime" });
  });
});

describe("jax-js arrays", () => {
  it("do not pile up while a program runs on WebAssembly", async () => {
    const fn: PureFunction = ({ x }) => ({ y: np.exp(x.ref).mul(x) });
    const program = await compile(fn, { x: { shape: [1 << 18] } }, { backend: "wasm" });
    const run = async (times: number): Promise<number> => {
      for (let i = 0; i < times; i++) await program.run({ x: new Float32Array(1 << 18).fill(i) });
      return process.memoryUsage().rss;
    };
    const before = await run(20);
    const grown = (await run(200)) - before;
    expect(grown).toBeLessThan(100 * 2 ** 20); // 200 leaked results would be 200 MiB
    await program.dispose();
  });
});

describe("lowerToOnnx", () => {
  it("gives a model that runs by itself, inputs and outputs named as in the function", async () => {
    await startJax();
    const model = lowerToOnnx(fn, specs, { title: "test" });
    const text = new TextDecoder("latin1").decode(model);
    expect(text).toContain("title");
    const session = await createSession(model);
    expect(await session.run(values)).toMatchObject({ y: Float32Array.of(1, 0, 3, 4, 0, 6) });
    await session.release();
  });

  it("writes outputs that are inputs or constants too", async () => {
    await startJax();
    const odd: PureFunction = ({ x }) => ({ same: x.ref, twice: x, one: np.ones([2]) });
    const program = await compile(odd, { x: { shape: [2] } }, { backend: "onnx" });
    const pair = Float32Array.of(3, 4);
    expect(await program.run({ x: pair })).toEqual({ same: pair, twice: pair, one: Float32Array.of(1, 1) });
    await program.dispose();
  });
});
