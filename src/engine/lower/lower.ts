/**
 * The compiler: a traced program to one ONNX graph. Values are views of tensors (view.ts), so that most movement
 * costs nothing; each primitive has a rule; what no output needs is dropped.
 */

import { createGraph } from "./graph.ts";
import { materialise, materialised } from "./layout.ts";
import { dotRules } from "./dot.ts";
import { elementwiseRules } from "./elementwise.ts";
import { indexRules } from "./indexing.ts";
import { movementRules } from "./movement.ts";
import { windowRules } from "./window.ts";
import { createLowering, elementType, UnsupportedPrimitive, type Rules } from "./lowering.ts";
import { encodeModel, type Model } from "./onnx-model.ts";
import { allPasses, type Passes } from "./passes.ts";
import { trace, type Program, type PureFunction, type Specs } from "./trace.ts";
import { contiguous, type View } from "./view.ts";

const rules: Rules = { ...elementwiseRules, ...movementRules, ...dotRules, ...indexRules, ...windowRules };

/** Throws `UnsupportedPrimitive` where an equation has no lowering. */
export function lowerProgram(
  program: Program,
  metadata?: Readonly<Record<string, string>>,
  passes: Partial<Passes> = {},
): Model {
  const graph = createGraph({ ...allPasses, ...passes });
  const placed = (view: View): View => (graph.passes.views ? view : materialised(graph, view));
  const ctx = createLowering(graph, program);
  for (const { name, variable } of program.inputs) {
    const { shape, dtype } = variable.aval;
    ctx.define(variable, contiguous(graph.input(name, elementType(dtype), shape), shape));
  }
  for (const equation of program.equations) {
    const rule = rules[equation.primitive];
    if (rule === undefined) throw new UnsupportedPrimitive(equation);
    const results = rule(ctx, equation, equation.inputs.map(ctx.view));
    for (const [i, variable] of equation.outBinders.entries()) ctx.define(variable, placed(results[i]));
  }
  const clash = program.outputs.find((o) => program.inputs.some((i) => i.name === o.name));
  if (clash !== undefined)
    throw new Error(`"${clash.name}" names both an input and an output, which ONNX forbids`);
  for (const { name, atom } of program.outputs) graph.output(name, materialise(graph, ctx.view(atom)));
  return graph.build(metadata);
}

/**
 * A pure jax-js function as the bytes of an ONNX model (opset 17) for these input shapes, with inputs and outputs named
 * as in the function's records.
 */
export function lowerToOnnx(
  fn: PureFunction,
  inputs: Specs,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  return encodeModel(lowerProgram(trace(fn, inputs), metadata));
}
