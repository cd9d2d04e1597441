/** What the rules of the lowering share: the graph under construction and the traced program around an equation. */

import type { Graph, Tensor } from "./graph.ts";
import type { ElementType } from "./onnx-model.ts";
import { isLiteral, type Atom, type Equation, type Program, type Variable } from "./trace.ts";
import { contiguous, uniform, type View } from "./view.ts";

export interface Lowering {
  readonly graph: Graph;
  view(atom: Atom): View;
  /** The number that every entry of the atom is, where that is known so far. */
  constant(atom: Atom): number | undefined;
  /** The equation that computes an atom, if one does. */
  definition(atom: Atom): Equation | undefined;
  /** The equations that read a variable. */
  consumers(variable: Variable): readonly Equation[];
  isOutput(variable: Variable): boolean;
}

/** Lowers one equation: the views of its inputs to the views of its outputs. */
export type Rule = (ctx: Lowering, equation: Equation, inputs: readonly View[]) => readonly View[];
export type Rules = Readonly<Record<string, Rule>>;

/** Thrown for an operation that has no ONNX form here, with the equation it stands in. */
export class UnsupportedPrimitive extends Error {
  constructor(equation: Equation, why = "has no lowering to ONNX") {
    super(`the primitive "${equation.primitive}" ${why}, in: ${printed(equation)}`);
    this.name = "UnsupportedPrimitive";
  }
}

function printed(equation: Equation): string {
  return equation.toString().replace(/\s+/g, " ");
}

/** The element type of a jax-js dtype. @throws UnsupportedPrimitive for float16, which ONNX is not given */
export function elementType(type: string, equation?: Equation): ElementType {
  if (type === "float16") {
    if (equation !== undefined) throw new UnsupportedPrimitive(equation, "works on float16");
    throw new Error("float16 arrays have no lowering to ONNX");
  }
  return type as ElementType;
}

export const shapeOfAtom = (atom: Atom): number[] => atom.aval.shape;
export const typeOfAtom = (atom: Atom): ElementType => elementType(atom.aval.dtype);
export const outputShape = (equation: Equation, at = 0): number[] => equation.outBinders[at].aval.shape;
export const outputType = (equation: Equation, at = 0): ElementType =>
  elementType(equation.outBinders[at].aval.dtype, equation);

/** The value if every entry of the view is the same known number. */
export const constantOf = (view: View): number | undefined => view.tensor.scalar;

/** The same values in another element type. */
export function cast(graph: Graph, view: View, type: ElementType): View {
  return view.tensor.type === type ? view : { ...view, tensor: castTensor(graph, view.tensor, type) };
}

/** The tensor in another element type; known scalars are converted here, where folding is on. */
export function castTensor(graph: Graph, tensor: Tensor, type: ElementType): Tensor {
  if (tensor.type === type) return tensor;
  if (tensor.scalar !== undefined && graph.passes.folding)
    return graph.scalar(type, convert(tensor.scalar, type));
  const to = { float32: 1, int32: 6, int64: 7, bool: 9, float64: 11, uint32: 12 }[type];
  return graph.emit("Cast", [tensor], tensor.shape, { type, attributes: { to } });
}

function convert(value: number, type: ElementType): number {
  if (type === "bool") return value === 0 ? 0 : 1;
  return type.startsWith("float") ? value : Math.trunc(value);
}

export function createLowering(
  graph: Graph,
  program: Program,
): Lowering & { define(v: Variable, view: View): void } {
  const views = new Map<Variable, View>();
  const definitions = new Map<Variable, Equation>();
  const consumers = new Map<Variable, Equation[]>();
  for (const equation of program.equations) {
    for (const v of equation.outBinders) definitions.set(v, equation);
    for (const atom of new Set(equation.inputs)) {
      if (isLiteral(atom)) continue;
      const list = consumers.get(atom);
      if (list === undefined) consumers.set(atom, [equation]);
      else list.push(equation);
    }
  }
  const outputs = new Set(program.outputs.map((o) => o.atom));
  for (const [variable, { shape, type, data }] of program.constants) {
    const first = data[0];
    const same = data.length > 0 && data.every((x) => Object.is(x, first));
    const kept = type === "bool" ? Uint8Array.from(data) : data;
    const t = elementType(type);
    views.set(
      variable,
      same
        ? uniform(graph.scalar(t, Number(first)), shape)
        : contiguous(graph.constant(t, shape, kept), shape),
    );
  }
  return {
    graph,
    define: (variable, view) => void views.set(variable, view),
    view(atom) {
      if (isLiteral(atom)) return uniform(graph.scalar(typeOfAtom(atom), Number(atom.value)), []);
      return views.get(atom) as View;
    },
    constant: (atom) => (isLiteral(atom) ? Number(atom.value) : views.get(atom)?.tensor.scalar),
    definition: (atom) => (isLiteral(atom) ? undefined : definitions.get(atom)),
    consumers: (variable) => consumers.get(variable) ?? [],
    isOutput: (variable) => outputs.has(variable),
  };
}
