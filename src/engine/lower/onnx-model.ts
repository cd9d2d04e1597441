/**
 * ONNX models as bytes: the nine protobuf messages that a graph of tensors needs, encoded by hand.
 *
 * Field numbers are those of onnx.proto (opset 17, IR version 8).
 */

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
  /** Shown by viewers and readable from every runtime. */
  readonly metadata?: Readonly<Record<string, string>>;
}

const opset = 17;
const irVersion = 8;

/** The serialised `ModelProto`. */
export function encodeModel(model: Model): Uint8Array {
  return message(
    integer(1, irVersion),
    field(2, text("equihard")),
    field(7, graph(model)),
    field(8, message(field(1, text("")), integer(2, opset))),
    ...Object.entries(model.metadata ?? {}).map(([key, value]) =>
      field(14, message(field(1, text(key)), field(2, text(value)))),
    ),
  );
}

function graph(g: Graph): Uint8Array {
  return message(
    ...g.nodes.map((n) => field(1, node(n))),
    field(2, text("equihard")),
    ...g.constants.map((c) => field(5, constant(c))),
    ...g.inputs.map((t) => field(11, valueInfo(t))),
    ...g.outputs.map((t) => field(12, valueInfo(t))),
  );
}

function node(n: ModelNode): Uint8Array {
  return message(
    ...n.inputs.map((name) => field(1, text(name))),
    ...n.outputs.map((name) => field(2, text(name))),
    field(4, text(n.op)),
    ...Object.entries(n.attributes).map(([name, value]) => field(5, attribute(name, value))),
  );
}

function attribute(name: string, value: Attribute): Uint8Array {
  const head = field(1, text(name));
  if (typeof value === "number") return message(head, integer(3, value), integer(20, 2));
  if (typeof value === "string") return message(head, field(4, text(value)), integer(20, 3));
  if ("float" in value) return message(head, float(2, value.float), integer(20, 1));
  if ("graph" in value) return message(head, field(6, graph(value.graph)), integer(20, 5));
  return message(head, ...value.map((v) => integer(8, v)), integer(20, 7));
}

function constant(c: ModelConstant): Uint8Array {
  return message(
    ...c.shape.map((size) => integer(1, size)),
    integer(2, elementTypes[c.type]),
    field(8, text(c.name)),
    field(9, c.bytes),
  );
}

function valueInfo(t: ModelArray): Uint8Array {
  const dimension = (size: number | string): Uint8Array =>
    typeof size === "number" ? integer(1, size) : field(2, text(size));
  const shape = message(...t.shape.map((size) => field(1, message(dimension(size)))));
  const tensor = message(integer(1, elementTypes[t.type]), field(2, shape));
  return message(field(1, text(t.name)), field(2, message(field(1, tensor))));
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** A length-delimited field. */
function field(number: number, value: Uint8Array): Uint8Array {
  return message(varint((number << 3) | 2), varint(value.length), value);
}

function integer(number: number, value: number): Uint8Array {
  return message(varint(number << 3), varint(value));
}

function float(number: number, value: number): Uint8Array {
  return message(varint((number << 3) | 5), new Uint8Array(new Float32Array([value]).buffer));
}

/** Negative numbers as 64-bit two's complement, as protobuf's int64 wants them. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest === 0n ? low : low | 0x80);
  } while (rest !== 0n);
  return Uint8Array.from(bytes);
}

function message(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, p) => length + p.length, 0));
  let at = 0;
  for (const p of parts) {
    all.set(p, at);
    at += p.length;
  }
  return all;
}
