/**
 * Several steps in one run: an ONNX Scan over a step's graph. State passes from step to step inside the runtime, so
 * that crossing into it and copying weights out of it is paid once a run, not once a step.
 */

import type { Model, ModelArray } from "./onnx-model.ts";

/** What the output that continues the state `name` is called. */
export const nextOf = (name: string): string => `${name}_next`;

/**
 * The model that repeats `body`: inputs named in `state` are carried from `name_next` to `name`, all others hold one
 * entry a step along a new first axis, whose length is free; further outputs are stacked likewise.
 */
export function repeated(body: Model, state: readonly string[]): Model {
  const carried = body.inputs.filter((t) => state.includes(t.name));
  const each = body.inputs.filter((t) => !state.includes(t.name));
  const next = carried.map(({ name }) => body.outputs.find((t) => t.name === nextOf(name)) as ModelArray);
  const collected = body.outputs.filter((t) => !next.includes(t));
  const stacked = (t: ModelArray): ModelArray => ({ ...t, shape: ["steps", ...t.shape] });

  // names of a body may not be those of the graph around it
  const inner = new Map([...body.inputs, ...body.outputs].map(({ name }) => [name, `step ${name}`]));
  const rename = (name: string): string => inner.get(name) ?? name;
  const renamed = (t: ModelArray): ModelArray => ({ ...t, name: rename(t.name) });
  const graph = {
    ...body,
    nodes: body.nodes.map((n) => ({ ...n, inputs: n.inputs.map(rename), outputs: n.outputs.map(rename) })),
    inputs: [...carried, ...each].map(renamed),
    outputs: [...next, ...collected].map(renamed),
  };
  const inputs = [...carried, ...each.map(stacked)];
  const outputs = [...next, ...collected.map(stacked)];
  const names = (tensors: readonly ModelArray[]): string[] => tensors.map((t) => t.name);
  return {
    nodes: [
      {
        op: "Scan",
        inputs: names(inputs),
        outputs: names(outputs),
        attributes: { body: { graph }, num_scan_inputs: each.length },
      },
    ],
    constants: [],
    inputs,
    outputs,
    ...(body.metadata === undefined ? {} : { metadata: body.metadata }),
  };
}
