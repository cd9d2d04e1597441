/** What it takes to run a model. */

import type { ModelOptions } from "../lower/model.ts";
import type { Product } from "../lower/product-model.ts";
import type { PureFunction, Specs } from "../lower/trace.ts";

/** Where numbers of an array are kept. */
export type TypedArray = Float32Array | Float64Array | Int32Array | Uint8Array;

/** A model ready to run. Arrays are row-major; truth values are bytes. */
export interface Session {
  /**
   * Runs the model. The outputs are new arrays, but for those that are given to be written into. onnxruntime-node 1.30
   * copies either kind once more: of one that is given the copy is freed at once.
   */
  run(
    inputs: Readonly<Record<string, TypedArray>>,
    into?: Readonly<Record<string, TypedArray>>,
  ): Promise<Record<string, TypedArray>>;
  release(): Promise<void>;
}

export interface SessionOptions {
  /** Writes a profile to a file that starts with this name; `release` ends it. */
  readonly profile?: string;
  /** Threads that share an operation (1); its numbers depend on it where they get too little each. */
  readonly threads?: number;
}

/** What runs models natively. */
export interface NativeRuntime {
  createSession(model: Uint8Array, options?: SessionOptions): Promise<Session>;
}

/** The module that makes and runs models natively, where onnxruntime-node is installed. */
export interface Native extends NativeRuntime {
  readonly runtimeVersion: string;
  modelOf(fn: PureFunction, inputs: Specs, options: ModelOptions): Uint8Array;
  productModel(product: Product): Uint8Array;
}
