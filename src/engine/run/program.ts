/**
 * Compiles pure jax-js functions: natively through ONNX where onnxruntime-node is installed, else by jax-js itself
 * (WebAssembly). Both give the same numbers up to rounding.
 */

import { formatProblem, reject } from "../../base/errors.ts";
import { lazy } from "../../base/lazy.ts";
import { type DType, defaultDevice, init, jit, numpy as np } from "../lower/jax.ts";
import { completeGlobals } from "../lower/jax-shim.ts";
import { inNode, loadNative, nativeProblem } from "./native.ts";
import type { Passes } from "../lower/passes.ts";
import { nextOf } from "../lower/scan.ts";
import type { Native, Session, TypedArray } from "./session.ts";
import { sharedSession } from "./session-cache.ts";
import type { Arrays, PureFunction, Specs } from "../lower/trace.ts";

export type { TypedArray } from "./session.ts";
export type { PureFunction, Specs } from "../lower/trace.ts";

export const backends = ["auto", "onnx", "wasm"] as const;

/** The engines to choose from; `auto` takes ONNX Runtime where it can. */
export type Backend = (typeof backends)[number];

/** Named arrays of numbers, row-major. */
export type Values = Readonly<Record<string, TypedArray>>;

/** A compiled function of named arrays, row-major; truth values are bytes. */
export interface Executable {
  readonly backend: "onnx" | "wasm" | "webgpu" | "cpu";
  run(inputs: Values): Promise<Record<string, TypedArray>>;
  dispose(): Promise<void>;
}

/** A compiled step, run several times in one call. */
export interface RepeatedExecutable {
  readonly backend: Executable["backend"];
  /**
   * Applies the step `count` times to `state`. The arrays of `each` hold one input a step, along a first axis; so do
   * those of the outputs other than the state.
   */
  run(state: Values, each: Values, count: number): Promise<{ state: Values; outputs: Values }>;
  dispose(): Promise<void>;
}

/** What a function is compiled for. */
export interface CompileOptions {
  /** `auto` (the default): ONNX where onnxruntime-node is installed and loads, else WebAssembly with one warning. */
  readonly backend?: Backend;
  /** ONNX only: writes an execution profile to a file that starts with this name. */
  readonly profile?: string;
  /** ONNX only: optimisations of the lowering to leave out, for comparison. */
  readonly passes?: Partial<Passes>;
}

/** Which engine computes, and its version. */
export interface EngineInUse {
  readonly engine: "onnxruntime" | "jax-js-wasm";
  readonly version: string;
}

export const jaxVersion = "0.1.25";

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

/** Makes jax-js usable: WebAssembly, or its interpreter where there is none. */
export const startJax = lazy(async (): Promise<void> => {
  completeGlobals();
  const devices = await init("cpu", "wasm");
  defaultDevice(devices.includes("wasm") ? "wasm" : "cpu");
});

/**
 * Has jax-js compute on the graphics card from here on, in a browser that has one to give; false where there is none,
 * and nothing is changed. Numbers are then those of WebAssembly up to rounding, and not the same from card to card.
 */
export async function useGraphicsCard(): Promise<boolean> {
  await startJax();
  // asked before jax-js is: its own start complains on the console where there is no adapter
  const adapter = inNode() ? null : await (globalThis.navigator as Partial<Navigator>).gpu?.requestAdapter();
  if (!adapter || !(await init("webgpu")).includes("webgpu")) return false;
  defaultDevice("webgpu");
  return true;
}

/** Compiles `fn` for these input shapes. Throws `UnsupportedPrimitive` where ONNX is used and lacks a lowering. */
export async function compile(
  fn: PureFunction,
  inputs: Specs,
  options: CompileOptions = {},
): Promise<Executable> {
  const { passes } = options;
  const session = await nativeSession((native) => native.modelOf(fn, inputs, { passes }), options);
  if (session === null) return byJax(fn, inputs);
  return { backend: "onnx", run: session.run, dispose: session.release };
}

/**
 * Compiles a step for repetition: `fn` maps each input `x` named in `state` to an output `x_next` of the same shape,
 * from that state and inputs of its own, which have the shapes of one step.
 */
export async function compileRepeated(
  fn: PureFunction,
  inputs: Specs,
  state: readonly string[],
  options: CompileOptions = {},
): Promise<RepeatedExecutable> {
  const { passes } = options;
  const session = await nativeSession((native) => native.modelOf(fn, inputs, { passes, state }), options);
  if (session === null) return repeatedByJax(byJax(fn, inputs), state);
  return {
    backend: "onnx",
    dispose: session.release,
    run: async (now, each) => splitState(await session.run({ ...now, ...each }), state),
  };
}

const splitState = (outputs: Values, state: readonly string[]): { state: Values; outputs: Values } => {
  const rest = Object.entries(outputs).filter(([name]) => !state.some((s) => nextOf(s) === name));
  return {
    state: Object.fromEntries(state.map((name) => [name, outputs[nextOf(name)]])),
    outputs: Object.fromEntries(rest),
  };
};

function repeatedByJax(step: Executable, state: readonly string[]): RepeatedExecutable {
  return {
    ...step,
    async run(start, each, count) {
      let now = start;
      const collected: Record<string, TypedArray>[] = [];
      for (let i = 0; i < count; i++) {
        const own = Object.entries(each).map(([name, all]) => {
          const size = all.length / count;
          return [name, all.subarray(i * size, (i + 1) * size)];
        });
        const result = splitState(await step.run({ ...now, ...Object.fromEntries(own) }), state);
        now = result.state;
        collected.push({ ...result.outputs });
      }
      return { state: now, outputs: stack(collected) };
    },
  };
}

/** Arrays of equal length end to end. */
function stack(parts: readonly Values[]): Values {
  return Object.fromEntries(
    Object.entries(parts[0] ?? {}).map(([name, { length, constructor }]) => {
      const all = new (constructor as new (length: number) => TypedArray)(length * parts.length);
      for (const [i, part] of parts.entries()) all.set(part[name], i * length);
      return [name, all];
    }),
  );
}

/** The session of a model, or null where jax-js is to run the function itself. */
async function nativeSession(
  model: (native: Native) => Uint8Array,
  { backend = "auto", profile }: CompileOptions,
): Promise<Session | null> {
  await startJax();
  const module = backend === "wasm" ? null : await loadNative();
  if (module !== null)
    return profile === undefined
      ? sharedSession(module, model(module))
      : module.createSession(model(module), { profile });
  const problem = await nativeProblem();
  if (backend === "onnx" && problem !== null) reject(problem);
  if (backend === "auto" && problem !== null && inNode() && !warned) {
    warned = true;
    const what = `${problem.what}: training runs on WebAssembly, several times slower`;
    warn(formatProblem({ ...problem, what }));
  }
  return null;
}

const deviceInUse = (): "wasm" | "webgpu" | "cpu" => {
  const device = defaultDevice();
  return device === "webgl" ? "cpu" : device;
};

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
    backend: deviceInUse(),
    async run(inputs) {
      const args = Object.fromEntries(Object.keys(specs).map((name) => [name, load(name, inputs[name])]));
      const results: Record<string, TypedArray> = {};
      for (const [name, array] of Object.entries(compiled(args) as Arrays)) {
        const isBool = array.dtype === "bool";
        const data = (await array.data()) as TypedArray;
        results[name] = isBool ? Uint8Array.from(data) : data;
      }
      return results;
    },
    dispose: () => Promise.resolve(compiled.dispose()),
  };
}
