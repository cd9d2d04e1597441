/** Builds an ONNX graph: equal nodes are shared, constants interned, what no output needs is dropped. */

import type { Attribute, ElementType, Model, ModelConstant, ModelNode, ModelTensor } from "./onnx-model.ts";
import { fuseSums } from "./fuse.ts";
import { allPasses, type Passes } from "./passes.ts";

export interface Tensor extends ModelTensor {
  /** The value, where the tensor is a constant scalar. */
  readonly scalar?: number;
}

export type Data = Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array | Uint32Array;

export interface Graph {
  readonly passes: Passes;
  input(name: string, type: ElementType, shape: readonly number[]): Tensor;
  constant(type: ElementType, shape: readonly number[], data: Data): Tensor;
  scalar(type: ElementType, value: number): Tensor;
  /** A 1-D int64 constant, as shapes, axes and bounds are given. */
  integers(values: readonly number[]): Tensor;
  /** One node with one output; the element type is that of the first input unless given. */
  emit(op: string, inputs: readonly Tensor[], shape: readonly number[], options?: NodeOptions): Tensor;
  /** One node with several outputs. */
  emitMany(
    op: string,
    inputs: readonly Tensor[],
    outputs: readonly Output[],
    options?: NodeOptions,
  ): Tensor[];
  reshape(tensor: Tensor, shape: readonly number[]): Tensor;
  output(name: string, tensor: Tensor): void;
  build(metadata?: Readonly<Record<string, string>>): Model;
}

export interface NodeOptions {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly type?: ElementType;
}

export interface Output {
  readonly shape: readonly number[];
  readonly type: ElementType;
}

const arrays = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  uint32: Uint32Array,
  bool: Uint8Array,
} as const;

/** Constants of more bytes than this are not compared with earlier ones. */
const internLimit = 4096;

const commutative = new Set(["Add", "Mul", "Min", "Max", "And", "Or"]);

export function createGraph(passes = allPasses): Graph {
  const inputs: Tensor[] = [];
  const outputs: { name: string; tensor: Tensor }[] = [];
  const shapes = new Map<string, readonly number[]>();
  const reshapedFrom = new Map<string, Tensor>();
  let count = 0;

  function create(type: ElementType, shape: readonly number[]): Tensor {
    const tensor = { name: `_${count++}`, type, shape };
    shapes.set(tensor.name, shape);
    return tensor;
  }

  const { all: constants, ...constant } = constantTable(create, passes.sharing);
  const { nodes, emitMany } = nodeTable(create, passes.sharing);
  const graph: Graph = {
    passes,
    input(name, type, shape) {
      const tensor = { name, type, shape };
      shapes.set(name, shape);
      inputs.push(tensor);
      return tensor;
    },
    ...constant,
    emit: (op, from, shape, options = {}) =>
      emitMany(op, from, [{ shape, type: options.type ?? from[0].type }], options)[0],
    emitMany,
    reshape(tensor, shape) {
      if (shape.length === tensor.shape.length && shape.every((s, i) => s === tensor.shape[i])) return tensor;
      // a reshape of a reshape is one reshape
      const source = reshapedFrom.get(tensor.name);
      if (source !== undefined) return graph.reshape(source, shape);
      const made = graph.emit("Reshape", [tensor, graph.integers(shape)], shape);
      reshapedFrom.set(made.name, tensor);
      return made;
    },
    output: (name, tensor) => void outputs.push({ name, tensor }),
    build(metadata) {
      const named = outputs.map(({ name, tensor: { type, shape } }) => ({ name, type, shape }));
      for (const { name, tensor } of outputs)
        nodes.push({ op: "Identity", inputs: [tensor.name], outputs: [name], attributes: {} });
      const final = optimised(nodes, named, shapes, passes);
      const used = new Set(final.flatMap((n) => n.inputs));
      return {
        nodes: passes.dropping ? renameOutputs(final, inputs, named) : final,
        constants: constants().filter((c) => used.has(c.name)),
        inputs,
        outputs: named,
        shapes,
        ...(metadata === undefined ? {} : { metadata }),
      };
    },
  };
  return graph;
}

type Create = (type: ElementType, shape: readonly number[]) => Tensor;

/** Constants, equal ones shared. */
function constantTable(create: Create, sharing: boolean) {
  const known = new Map<string, ModelConstant & Tensor>();
  function constant(type: ElementType, shape: readonly number[], data: Data): Tensor {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
    const comparable = bytes.length <= internLimit && sharing;
    const key = comparable ? `${type} ${shape.join("x")} ${bytes.join()}` : `#${known.size}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const scalar = shape.length === 0 ? { scalar: Number(data[0]) } : {};
    const made = { ...create(type, shape), bytes, ...scalar };
    known.set(key, made);
    return made;
  }
  return {
    constant,
    scalar(type: ElementType, value: number): Tensor {
      const data = type === "int64" ? BigInt64Array.of(BigInt(value)) : arrays[type].of(value);
      return constant(type, [], data);
    },
    integers: (values: readonly number[]): Tensor =>
      constant("int64", [values.length], BigInt64Array.from(values.map(BigInt))),
    all: () => [...known.values()],
  };
}

/** Nodes in the order of their making, equal ones shared. */
function nodeTable(create: Create, sharing: boolean) {
  const nodes: ModelNode[] = [];
  const known = new Map<string, Tensor[]>();
  const emitMany: Graph["emitMany"] = (op, from, to, { attributes = {} } = {}) => {
    const names = from.map((t) => t.name);
    const ordered = commutative.has(op) ? [...names].sort() : names;
    const types = to.map((t) => t.type);
    const key = JSON.stringify([op, ordered, attributes, types]);
    const found = known.get(key);
    if (found !== undefined && sharing) return found;
    const made = to.map((t) => create(t.type, t.shape));
    nodes.push({ op, inputs: names, outputs: made.map((t) => t.name), attributes });
    known.set(key, made);
    return made;
  };
  return { nodes, emitMany };
}

/** The nodes that the outputs need, sums of products fused. */
function optimised(
  nodes: readonly ModelNode[],
  outputs: readonly ModelTensor[],
  shapes: ReadonlyMap<string, readonly number[]>,
  passes: Passes,
): readonly ModelNode[] {
  const drop = (all: readonly ModelNode[]): readonly ModelNode[] =>
    passes.dropping ? dropUnused(all, outputs) : all;
  const needed = drop(nodes);
  return drop(passes.sums ? fuseSums(needed, shapes) : needed);
}

function dropUnused(nodes: readonly ModelNode[], outputs: readonly ModelTensor[]): ModelNode[] {
  const needed = new Set(outputs.map((o) => o.name));
  const kept: ModelNode[] = [];
  for (const n of nodes.toReversed()) {
    if (!n.outputs.some((o) => needed.has(o))) continue;
    kept.push(n);
    for (const name of n.inputs) needed.add(name);
  }
  return kept.toReversed();
}

/** Lets the node that computes an output write it under its name, instead of a copy, where that is possible. */
function renameOutputs(
  nodes: readonly ModelNode[],
  inputs: readonly ModelTensor[],
  outputs: readonly ModelTensor[],
): ModelNode[] {
  const produced = new Set(nodes.filter((n) => n.op !== "Identity").flatMap((n) => n.outputs));
  const renamed = new Map<string, string>();
  const isOutput = new Set(outputs.map((o) => o.name));
  const isInput = new Set(inputs.map((i) => i.name));
  const rest = nodes.filter((n) => {
    const [from, to] = [n.inputs[0], n.outputs[0]];
    if (n.op !== "Identity" || !isOutput.has(to) || isInput.has(from)) return true;
    if (!produced.has(from) || renamed.has(from)) return true;
    renamed.set(from, to);
    return false;
  });
  const name = (old: string): string => renamed.get(old) ?? old;
  return rest.map((n) => ({ ...n, inputs: n.inputs.map(name), outputs: n.outputs.map(name) }));
}
