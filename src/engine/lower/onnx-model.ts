/**
 * ONNX models as bytes: the nine protobuf messages that a graph of tensors needs, encoded by hand.
 *
 * Field numbers are those of onnx.proto (opset 17, IR version 8).
 */

import { bytesField, floatField, integerField, message, textField } from "../../base/protobuf.ts";

/** Element types with their numbers in `TensorProto.DataType`. */
export const elementTypes = { float32: 1, int32: 6, int64: 7, bool: 9, float64: 11, uint32: 12 } as const;
export type ElementType = keyof typeof elementTypes;

export interface ModelTensor {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
}

export interface ModelConstant extends ModelTensor {
  /** Little-endian elements, row-major. */
  readonly bytes: Uint8Array;
}

export type Attribute =
  number | string | readonly number[] | { readonly float: number } | { readonly graph: Graph };

export interface ModelNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** An array of the graph's interface; a size that is a name is known only at run time. */
export interface ModelArray {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly (number | string)[];
}

export interface Graph {
  readonly nodes: readonly ModelNode[];
  readonly constants: readonly ModelConstant[];
  readonly inputs: readonly ModelArray[];
  readonly outputs: readonly ModelArray[];
}

export interface Model extends Graph {
  /** Shapes of arrays by their names, also between nodes, but for parts of fused sums; not part of the bytes. */
  readonly shapes?: ReadonlyMap<string, readonly number[]>;
  /** Shown by viewers and readable from every runtime. */
  readonly metadata?: Readonly<Record<string, string>>;
}

const opset = 17;
const irVersion = 8;

/** Operations of ONNX Runtime's own, outside of the standard. */
const runtimeOwn = new Set(["FusedMatMul"]);
const runtimeDomain = "com.microsoft";

/** Whether any node, also of a graph within, is one of them. */
const needsRuntime = ({ nodes }: Graph): boolean =>
  nodes.some(
    ({ op, attributes }) =>
      runtimeOwn.has(op) ||
      Object.values(attributes).some((a) => typeof a === "object" && "graph" in a && needsRuntime(a.graph)),
  );

/** The serialised `ModelProto`. */
export function encodeModel(model: Model): Uint8Array {
  return message(
    integerField(1, irVersion),
    textField(2, "equihard"),
    bytesField(7, graph(model)),
    bytesField(8, message(textField(1, ""), integerField(2, opset))),
    ...(needsRuntime(model) ? [bytesField(8, message(textField(1, runtimeDomain), integerField(2, 1)))] : []),
    ...Object.entries(model.metadata ?? {}).map(([key, value]) =>
      bytesField(14, message(textField(1, key), textField(2, value))),
    ),
  );
}

function graph(g: Graph): Uint8Array {
  return message(
    ...g.nodes.map((n) => bytesField(1, node(n))),
    textField(2, "equihard"),
    ...g.constants.map((c) => bytesField(5, constant(c))),
    ...g.inputs.map((t) => bytesField(11, valueInfo(t))),
    ...g.outputs.map((t) => bytesField(12, valueInfo(t))),
  );
}

function node(n: ModelNode): Uint8Array {
  return message(
    ...n.inputs.map((name) => textField(1, name)),
    ...n.outputs.map((name) => textField(2, name)),
    textField(4, n.op),
    ...Object.entries(n.attributes).map(([name, value]) => bytesField(5, attribute(name, value))),
    ...(runtimeOwn.has(n.op) ? [textField(7, runtimeDomain)] : []),
  );
}

function attribute(name: string, value: Attribute): Uint8Array {
  const head = textField(1, name);
  if (typeof value === "number") return message(head, integerField(3, value), integerField(20, 2));
  if (typeof value === "string") return message(head, textField(4, value), integerField(20, 3));
  if ("float" in value) return message(head, floatField(2, value.float), integerField(20, 1));
  if ("graph" in value) return message(head, bytesField(6, graph(value.graph)), integerField(20, 5));
  return message(head, ...value.map((v) => integerField(8, v)), integerField(20, 7));
}

function constant(c: ModelConstant): Uint8Array {
  return message(
    ...c.shape.map((size) => integerField(1, size)),
    integerField(2, elementTypes[c.type]),
    textField(8, c.name),
    bytesField(9, c.bytes),
  );
}

function valueInfo(t: ModelArray): Uint8Array {
  const dimension = (size: number | string): Uint8Array =>
    typeof size === "number" ? integerField(1, size) : textField(2, size);
  const shape = message(...t.shape.map((size) => bytesField(1, message(dimension(size)))));
  const tensor = message(integerField(1, elementTypes[t.type]), bytesField(2, shape));
  return message(textField(1, t.name), bytesField(2, message(bytesField(1, tensor))));
}
