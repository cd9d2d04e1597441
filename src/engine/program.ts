/**
 * Compiles pure jax-js functions: natively through ONNX where onnxruntime-node is installed, else by jax-js itself
 * (WebAssembly). Both give the same numbers up to rounding.
 */

import { reject } from "../base/errors.ts";
import { type DType, defaultDevice, init, jit, numpy as np } from "./jax.ts";
import { lowerToOnnx } from "./lower.ts";
import { inNode, loadNative } from "./native.ts";
import type { Session, TypedArray } from "./session.ts";
import type { Arrays, PureFunction, Specs } from "./trace.ts";

export type { TypedArray } from "./session.ts";
export type { PureFunction, Spec, Specs } from "./trace.ts";

export type Backend = "auto" | "onnx" | "wasm";
export type Values = Readonly<Record<string, TypedArray>>;

/** A compiled function of named arrays, row-major; truth values are bytes. */
export interface Executable {
  readonly backend: "onnx" | "wasm" | "cpu";
  /** Runs it; outputs are written into the arrays of `into` where it names them. */
  run(inputs: Values, into?: Values): Promise<Record<string, TypedArray>>;
  dispose(): Promise<void>;
}

export interface CompileOptions {
  /** `auto` (the default): ONNX where onnxruntime-node is installed, else WebAssembly with one warning. */
  readonly backend?: Backend;
  /** ONNX only: writes an execution profile to a file that starts with this name. */
  readonly profile?: string;
}

export interface EngineInUse {
  readonly engine: "onnxruntime" | "jax-js-wasm";
  readonly version: string;
}

const jaxVersion = "0.1.25";

/** The engine that `auto` chooses here. */
export async function engineInUse(): Promise<EngineInUse> {
  const module = await loadNative();
  if (module === null) return { engine: "jax-js-wasm", version: jaxVersion };
  return { engine: "onnxruntime", version: module.runtimeVersion };
}

let warn: (message: string) => void = (message) => console.warn(message);
let warned = false;

/** Replaces what is done, once, when `auto` has to do without onnxruntime-node. By default: `console.warn`. */
export function onSlowEngine(callback: (message: string) => void): void {
  warn = callback;
}

let ready: Promise<void> | undefined;

/** Makes jax-js usable: WebAssembly, or its interpreter where there is none. */
export function startJax(): Promise<void> {
  ready ??= init("cpu", "wasm").then(
    (devices) => void defaultDevice(devices.includes("wasm") ? "wasm" : "cpu"),
  );
  return ready;
}

/** Compiles `fn` for these input shapes. Throws `UnsupportedPrimitive` where ONNX is used and lacks a lowering. */
export async function compile(
  fn: PureFunction,
  inputs: Specs,
  { backend = "auto", profile }: CompileOptions = {},
): Promise<Executable> {
  await startJax();
  const module = backend === "wasm" ? null : await loadNative();
  if (module !== null) {
    const session = await module.createSession(
      lowerToOnnx(fn, inputs),
      profile === undefined ? {} : { profile },
    );
    return fromSession(session);
  }
  if (backend === "onnx")
    reject({ what: "onnxruntime-node is not installed", next: "npm install onnxruntime-node" });
  if (backend === "auto" && inNode() && !warned) {
    warned = true;
    warn("onnxruntime-node is not installed: training runs on WebAssembly, several times slower (npm install onnxruntime-node)"); // prettier-ignore
  }
  return byJax(fn, inputs);
}

function fromSession(session: Session): Executable {
  return {
    backend: "onnx",
    run: (inputs, into) => session.run(inputs, into),
    dispose: () => session.release(),
  };
}

/** The function as jax-js itself runs it, on its default device. */
export function byJax(fn: PureFunction, specs: Specs): Executable {
  const compiled = jit(fn as (inputs: Arrays) => Arrays);
  const load = (name: string, data: TypedArray): np.Array => {
    const { shape, type = "float32" } = specs[name];
    const elements = type === "bool" ? Int32Array.from(data) : (data as Float32Array);
    // jax-js keeps small constant arrays symbolic, which would be traced into the function: copy, never alias
    return np.array(elements, { shape: [...shape], dtype: type as DType });
  };
  return {
    backend: defaultDevice() === "cpu" ? "cpu" : "wasm",
    async run(inputs, into = {}) {
      const args = Object.fromEntries(Object.keys(specs).map((name) => [name, load(name, inputs[name])]));
      const results: Record<string, TypedArray> = {};
      for (const [name, array] of Object.entries(compiled(args) as Arrays)) {
        const isBool = array.dtype === "bool";
        const data = (await array.data()) as TypedArray;
        results[name] = isBool ? Uint8Array.from(data) : data;
        if (into[name] !== undefined) {
          into[name].set(results[name]);
          results[name] = into[name];
        }
      }
      return results;
    },
    dispose: () => Promise.resolve(compiled.dispose()),
  };
}
