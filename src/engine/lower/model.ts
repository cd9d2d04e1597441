/** What runs natively: a function's graph, or a step's with its repetition in it. */

import { lowerProgram } from "./lower.ts";
import { encodeModel } from "./onnx-model.ts";
import type { Passes } from "./passes.ts";
import { repeated } from "./scan.ts";
import { trace, type PureFunction, type Specs } from "./trace.ts";

export interface ModelOptions {
  readonly passes?: Partial<Passes>;
  /** The inputs that a step hands to the next one, where the graph is to repeat the step. */
  readonly state?: readonly string[];
}

/** The bytes of the model. Throws `UnsupportedPrimitive` where an equation has no lowering. */
export function modelOf(fn: PureFunction, inputs: Specs, { passes, state }: ModelOptions): Uint8Array {
  const model = lowerProgram(trace(fn, inputs), undefined, passes);
  return encodeModel(state === undefined ? model : repeated(model, state));
}
