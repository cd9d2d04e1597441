/**
 * Compiles pure jax-js functions: natively through ONNX where onnxruntime-node is installed, else by jax-js itself
 * (WebAssembly). Both give the same numbers up to rounding.
 */

import { formatProblem, reject } from "../../base/errors.ts";
import { lazy } from "../../base/lazy.ts";
import { type DType, defaultDevice, init, jit, numpy as np } from "../lower/jax.ts";
import { completeGlobals } from "../lower/jax-shim.ts";
import { breather } from "./breath.ts";
import { engines } from "./engines.ts";
import { startGraphics } from "./graphics.ts";
import { inNode, loadNative, nativeProblem } from "./native.ts";
import type { Passes } from "../lower/passes.ts";
import { nextOf } from "../lower/scan.ts";
import { unfused } from "../lower/unfused.ts";
import type { Native, Session, TypedArray } from "./session.ts";
import { sharedSession } from "./session-cache.ts";
import type { Arrays, PureFunction, Specs } from "../lower/trace.ts";

export type { TypedArray } from "./session.ts";
export type { PureFunction, Specs } from "../lower/trace.ts";

export const backends = ["auto", ...engines] as const;

/** An engine; `auto` takes ONNX Runtime where it can. */
export type Backend = (typeof backends)[number];

/** What jax-js computes on here: `cpu`, its interpreter, only where there is no WebAssembly. */
export type JaxDevice = "wasm" | "webgpu" | "cpu";

/** Named arrays of numbers, row-major. */
export type Values = Readonly<Record<string, TypedArray>>;

/** A compiled function of named arrays, row-major; truth values are bytes. */
export interface Executable {
  readonly backend: "onnx" | JaxDevice;
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
  /**
   * `auto` (the default): ONNX where onnxruntime-node is installed and loads, else WebAssembly with one warning.
   * `webgpu`: numbers are those of the others up to rounding, and not the same from card to card.
   */
  readonly backend?: Backend;
  /** ONNX only: writes an execution profile to a file that starts with this name. */
  readonly profile?: string;
  /** ONNX only: optimisations of the lowering to leave out, for comparison. */
  readonly passes?: Partial<Passes>;
}

/** Which engine computes, its version, and the graphics card that it computes on. */
export interface EngineInUse {
  readonly engine: "onnxruntime" | "jax-js-wasm" | "jax-js-webgpu";
  readonly version: string;
  readonly adapter?: string;
}

export const jaxVersion = "0.1.25";

/**
 * The engine that a choice comes to here.
 * @throws InputError where it is not there
 */
export async function engineInUse(backend: Backend = "auto"): Promise<EngineInUse> {
  const module = await nativeFor(backend);
  if (module !== null) return { engine: "onnxruntime", version: module.runtimeVersion };
  const { device, adapter } = await placeOf(backend);
  if (device !== "webgpu") return { engine: "jax-js-wasm", version: jaxVersion };
  return { engine: "jax-js-webgpu", version: jaxVersion, ...(adapter === undefined ? {} : { adapter }) };
}

let warn: (message: string) => void = (message) => console.warn(message);
let warned = false;

/** Replaces what is done, once, when `auto` has to do without onnxruntime-node. By default: `console.warn`. */
export function onSlowEngine(callback: (message: string) => void): void {
  warn = callback;
}

/** Makes jax-js usable: WebAssembly, or its interpreter where there is none. */
export const startJax = lazy(async (): Promise<"wasm" | "cpu"> => {
  completeGlobals();
  const devices = await init("cpu", "wasm");
  const device = devices.includes("wasm") ? "wasm" : "cpu";
  if (device === "wasm") unfused();
  defaultDevice(device);
  return device;
});

/**
 * Has jax-js compute on the graphics card from here on wherever no engine is chosen and ONNX Runtime is not there, as
 * in a browser; false where there is none, and nothing is changed.
 */
export async function useGraphicsCard(): Promise<boolean> {
  await startJax();
  if ("what" in (await startGraphics())) return false;
  defaultDevice("webgpu");
  return true;
}

/**
 * Compiles `fn` for these input shapes. Throws `UnsupportedPrimitive` where ONNX is used and lacks a lowering.
 * @throws InputError where the engine asked for is not there
 */
export async function compile(
  fn: PureFunction,
  inputs: Specs,
  options: CompileOptions = {},
): Promise<Executable> {
  const { passes } = options;
  const session = await nativeSession((native) => native.modelOf(fn, inputs, { passes }), options);
  if (session === null) return byJax(fn, inputs, (await placeOf(options.backend)).device);
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
  if (session === null) return repeatedByJax(fn, inputs, state, (await placeOf(options.backend)).device);
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

/** ONNX Runtime, or null where jax-js computes: because it is asked for, or because there is nothing else. */
async function nativeFor(backend: Backend): Promise<Native | null> {
  if (backend === "wasm" || backend === "webgpu") return null;
  const module = await loadNative();
  const problem = await nativeProblem();
  if (backend === "onnx" && problem !== null) reject(problem);
  return module;
}

/** The session of a model, or null where jax-js is to run the function itself. */
async function nativeSession(
  model: (native: Native) => Uint8Array,
  { backend = "auto", profile }: CompileOptions,
): Promise<Session | null> {
  await startJax();
  const module = await nativeFor(backend);
  if (module !== null)
    return profile === undefined
      ? sharedSession(module, model(module))
      : module.createSession(model(module), { profile });
  const problem = await nativeProblem();
  if (backend === "auto" && problem !== null && inNode() && !warned) {
    warned = true;
    const what = `${problem.what}: training runs on WebAssembly, several times slower`;
    warn(formatProblem({ ...problem, what }));
  }
  return null;
}

/** Where jax-js computes: on its default device where none is asked for. */
async function placeOf(backend: Backend = "auto"): Promise<{ device: JaxDevice; adapter?: string }> {
  const own = await startJax();
  if (backend === "wasm") return { device: own };
  if (backend === "auto" && defaultDevice() !== "webgpu") return { device: own };
  const found = await startGraphics();
  return "what" in found ? reject(found) : { device: "webgpu", ...found };
}

/** What one call of the function in jax-js takes and gives; arrays stay on the device between calls. */
function jitted(fn: PureFunction, specs: Specs, device: JaxDevice) {
  const compiled = jit(fn as (inputs: Arrays) => Arrays);
  return {
    /** Uses its arguments up. */
    call: (args: Arrays): Arrays => compiled(args),
    load(name: string, data: TypedArray): np.Array {
      const { shape, type = "float32" } = specs[name];
      const elements = type === "bool" ? Int32Array.from(data) : (data as Float32Array);
      // jax-js keeps small constant arrays symbolic, which would be traced into the function: copy, never alias
      return np.array(elements, { shape: [...shape], dtype: type as DType, device });
    },
    /** Uses the array up. */
    async read(array: np.Array): Promise<TypedArray> {
      const isBool = array.dtype === "bool";
      const data = (await array.data()) as TypedArray;
      return isBool ? Uint8Array.from(data) : data;
    },
    dispose: () => Promise.resolve(compiled.dispose()),
  };
}

/** The function as jax-js itself runs it. */
function byJax(fn: PureFunction, specs: Specs, device: JaxDevice): Executable {
  const { call, load, read, dispose } = jitted(fn, specs, device);
  return {
    backend: device,
    async run(inputs) {
      const args = Object.keys(specs).map((name) => [name, load(name, inputs[name])]);
      const results: Record<string, TypedArray> = {};
      for (const [name, array] of Object.entries(call(Object.fromEntries(args))))
        results[name] = await read(array);
      return results;
    },
    dispose,
  };
}

/** The state stays on the device from step to step; reading what else a step gives has it computed. */
function repeatedByJax(
  fn: PureFunction,
  specs: Specs,
  state: readonly string[],
  device: JaxDevice,
): RepeatedExecutable {
  const { call, load, read, dispose } = jitted(fn, specs, device);
  const own = Object.keys(specs).filter((name) => !state.includes(name));
  const breathe = breather();
  return {
    backend: device,
    async run(start, each, count) {
      let now = state.map((name) => load(name, start[name]));
      const collected: Record<string, TypedArray>[] = [];
      for (let i = 0; i < count; i++) {
        const args = own.map((name) => {
          const size = each[name].length / count;
          return [name, load(name, each[name].subarray(i * size, (i + 1) * size))];
        });
        const results = call(Object.fromEntries([...state.map((name, s) => [name, now[s]]), ...args]));
        now = state.map((name) => results[nextOf(name)]);
        const outputs: Record<string, TypedArray> = {};
        for (const [name, array] of Object.entries(results))
          if (!state.some((s) => nextOf(s) === name)) outputs[name] = await read(array);
        collected.push(outputs);
        await breathe();
      }
      const end: Record<string, TypedArray> = {};
      for (const [s, name] of state.entries()) end[name] = await read(now[s]);
      return { state: end, outputs: stack(collected) };
    },
    dispose,
  };
}
