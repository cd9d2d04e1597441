/** Traces a pure jax-js function once into the list of primitive operations it performs. */

import { type DType, type Jaxpr, makeJaxpr, type numpy as np } from "./jax.ts";
import { completeGlobals } from "./jax-shim.ts";

/** The element types that both engines have. */
export type ArrayType = "float32" | "float64" | "int32" | "bool";

/** Shape and element type of an array. */
export interface Spec {
  readonly shape: readonly number[];
  /** `float32` unless given. */
  readonly type?: ArrayType;
}

/** The shapes and element types of named arrays. */
export type Specs = Readonly<Record<string, Spec>>;

/** Named jax-js arrays. */
export type Arrays = Record<string, np.Array>;

/**
 * A pure function of named arrays; no output has an input's name. It consumes its arguments' references, as jax-js
 * functions do.
 */
export type PureFunction = (inputs: Arrays) => Arrays;

export type Equation = Jaxpr["eqns"][number];
export type Atom = Jaxpr["outs"][number];
export type Variable = Jaxpr["inBinders"][number];
export type Literal = Exclude<Atom, Variable>;

export interface Constant {
  readonly shape: readonly number[];
  readonly type: DType;
  readonly data: Float32Array | Float64Array | Int32Array | Uint32Array;
}

/** A traced function: straight-line code over variables. */
export interface Program {
  readonly inputs: readonly { readonly name: string; readonly variable: Variable }[];
  readonly constants: ReadonlyMap<Variable, Constant>;
  readonly equations: readonly Equation[];
  readonly outputs: readonly { readonly name: string; readonly atom: Atom }[];
}

/** What `makeJaxpr` takes for an argument: anything with these fields that is not a plain object. */
class AbstractArray {
  readonly shape: number[];
  readonly dtype: string;
  readonly weakType = false;
  constructor({ shape, type = "float32" }: Spec) {
    this.shape = [...shape];
    this.dtype = type;
  }
}

export const isLiteral = (atom: Atom): atom is Literal => "value" in atom;

/** @throws what `fn` throws, and jax-js for operations on shapes that do not fit */
export function trace(fn: PureFunction, inputs: Specs): Program {
  completeGlobals();
  const names = Object.keys(inputs);
  let outputNames: string[] = [];
  const flat = (...args: np.Array[]): np.Array[] => {
    const outputs = fn(Object.fromEntries(names.map((name, i) => [name, args[i]])));
    outputNames = Object.keys(outputs);
    return Object.values(outputs);
  };
  const args = names.map((name) => new AbstractArray(inputs[name]) as np.Array);
  const { jaxpr: closed } = makeJaxpr(flat)(...args);
  const jaxpr = closed.jaxpr.flatten().simplify();
  const captured = closed.consts as np.Array[];
  const constants = new Map<Variable, Constant>();
  for (const [i, array] of captured.entries()) {
    const { shape, dtype: type } = array;
    constants.set(jaxpr.inBinders[i], { shape, type, data: array.dataSync() as Constant["data"] });
  }
  return {
    inputs: names.map((name, i) => ({ name, variable: jaxpr.inBinders[captured.length + i] })),
    constants,
    equations: jaxpr.eqns,
    outputs: outputNames.map((name, i) => ({ name, atom: jaxpr.outs[i] })),
  };
}
