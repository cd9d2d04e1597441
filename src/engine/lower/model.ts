/** What runs natively: a function's graph, or a step's with its repetition in it. */

import { lowerProgram } from "./lower.ts";
import { encodeModel } from "./onnx-model.ts";
import type { Passes } from "./passes.ts";
import { repeated } from "./scan.ts";
import { sameProgram } from "./same-program.ts";
import { trace, type Program, type PureFunction, type Specs } from "./trace.ts";

export interface ModelOptions {
  readonly passes?: Partial<Passes> | undefined;
  /** The inputs that a step hands to the next one, where the graph is to repeat the step. */
  readonly state?: readonly string[] | undefined;
}

/** A program with what it was lowered to. */
interface Lowered {
  readonly program: Program;
  /** How it was lowered, as text. */
  readonly options: string;
  readonly model: Uint8Array;
}

/** Those asked for last; a training has two: its step and its prediction. */
let lowered: readonly Lowered[] = [];
const kept = 4;

/**
 * The bytes of the model, not to be changed: those of an equal program are the same. Throws `UnsupportedPrimitive`
 * where an equation has no lowering.
 */
export function modelOf(fn: PureFunction, inputs: Specs, { passes, state }: ModelOptions): Uint8Array {
  const program = trace(fn, inputs);
  const options = JSON.stringify([passes, state]);
  const known = lowered.find((l) => l.options === options && sameProgram(l.program, program));
  const found = known ?? { program, options, model: encoded(program, { passes, state }) };
  lowered = [found, ...lowered.filter((l) => l !== found)].slice(0, kept);
  return found.model;
}

function encoded(program: Program, { passes, state }: ModelOptions): Uint8Array {
  const model = lowerProgram(program, undefined, { fused: true, ...passes });
  return encodeModel(state === undefined ? model : repeated(model, state));
}
