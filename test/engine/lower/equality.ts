/** Runs one function through ONNX and in jax-js's interpreter, and compares. */

import { expect } from "vitest";
import { normals, type Key } from "../../../src/base/random.ts";
import { defaultDevice, type DType, numpy as np, valueAndGrad } from "../../../src/engine/lower/jax.ts";
import { compile, startJax, type TypedArray } from "../../../src/engine/run/program.ts";
import type { Arrays, PureFunction, Spec, Specs } from "../../../src/engine/lower/trace.ts";

export type Real = "float32" | "float64";
export const reals: readonly Real[] = ["float32", "float64"];

export const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/**
 * The interpreter computes float64 in full; WebAssembly computes exp, sin and the like in float32. What is given back
 * ends it, as vitest does with what a `beforeAll` gives: other files of the process want the device that was set.
 */
export async function useInterpreter(): Promise<() => void> {
  await startJax();
  const before = defaultDevice();
  defaultDevice("cpu");
  return () => void defaultDevice(before);
}

/** Normal numbers for real arrays, bytes 0 and 1 for truth values. */
export function draw(key: Key, { shape, type = "float32" }: Spec): TypedArray {
  const z = normals(key, new Float64Array(size(shape)));
  if (type === "float64") return z;
  if (type === "float32") return Float32Array.from(z);
  if (type === "bool") return Uint8Array.from(z, (x) => (x > 0 ? 1 : 0));
  return Int32Array.from(z, (x) => Math.round(3 * x));
}

export function expectClose(actual: TypedArray, expected: TypedArray, tolerance: number, what = ""): void {
  expect(actual.length, what).toBe(expected.length);
  const scale = Math.max(1, ...Array.from(expected, Math.abs).filter(Number.isFinite));
  for (let i = 0; i < actual.length; i++)
    if (!(Object.is(actual[i], expected[i]) || Math.abs(actual[i] - expected[i]) <= tolerance * scale))
      expect.fail(`${what}[${i}]: ${actual[i]} is not ${expected[i]} (scale ${scale})`);
}

/**
 * The function in jax-js, one operation after the other. Its `jit` will not do: it refuses scatter of computed values, and
 * in 0.1.25 it drops the zeros around padded constants (jit(grad(sum of slices)) differs from grad).
 */
export function evaluate(
  fn: PureFunction,
  specs: Specs,
  values: Readonly<Record<string, TypedArray>>,
): Results {
  const load = (name: string): np.Array => {
    const { shape, type = "float32" } = specs[name];
    const data = type === "bool" ? Int32Array.from(values[name]) : (values[name] as Float32Array);
    return np.array(data, { shape: [...shape], dtype: type as DType });
  };
  const outputs = fn(Object.fromEntries(Object.keys(specs).map((name) => [name, load(name)])));
  return Object.fromEntries(
    Object.entries(outputs).map(([name, array]) => {
      const isBool = array.dtype === "bool";
      const data = array.dataSync() as TypedArray;
      return [name, isBool ? Uint8Array.from(data) : data];
    }),
  );
}

type Results = Record<string, TypedArray>;

export async function expectSame(
  fn: PureFunction,
  specs: Specs,
  values: Readonly<Record<string, TypedArray>>,
  tolerance: number,
): Promise<void> {
  const compiled = await compile(fn, specs, { backend: "onnx" });
  const actual = await compiled.run(values);
  await compiled.dispose();
  const expected = evaluate(fn, specs, values);
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  for (const name of Object.keys(expected)) expectClose(actual[name], expected[name], tolerance, name);
}

/** The gradients, with respect to all real inputs, of a fixed random combination of the function's real outputs. */
export function gradients(fn: PureFunction, specs: Specs): PureFunction {
  const names = Object.keys(specs).filter((name) => (specs[name].type ?? "float32").startsWith("float"));
  const combine = (outputs: Arrays): np.Array =>
    Object.values(outputs)
      .filter((out) => out.dtype.startsWith("float"))
      .map((out) => {
        const weights = Array.from({ length: size(out.shape) }, (_, i) => Math.sin(1 + 3 * i));
        const w = np.array(weights, { shape: out.shape, dtype: out.dtype });
        return np.sum(out.mul(w));
      })
      .reduce((a, b) => a.add(b));
  return (inputs) => {
    const active = Object.fromEntries(names.map((name) => [name, inputs[name]]));
    const objective = (given: Arrays): np.Array => {
      const all = Object.keys(specs).map((name) => [name, given[name] ?? inputs[name]]);
      return combine(fn(Object.fromEntries(all) as Arrays));
    };
    const [value, grads] = valueAndGrad(objective)(active);
    const named = Object.entries(grads as unknown as Arrays).map(([name, g]) => [`d ${name}`, g]);
    return { value, ...Object.fromEntries(named) };
  };
}
