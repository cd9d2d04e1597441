/** Lowers operations that act on each entry by itself. */

import { elementwise } from "./layout.ts";
import {
  cast,
  castTensor,
  constantOf,
  outputShape,
  outputType,
  typeOfAtom,
  type Lowering,
  type Rule,
  type Rules,
} from "./lowering.ts";
import type { ElementType } from "./onnx-model.ts";
import type { Atom, Equation } from "./trace.ts";
import { broadcastView, padRank, transposeView, type View } from "./view.ts";

interface Operation {
  readonly op: string;
  readonly fold: (...values: number[]) => number;
}

const unary: Record<string, Operation> = {
  neg: { op: "Neg", fold: (x) => -x },
  reciprocal: { op: "Reciprocal", fold: (x) => 1 / x },
  floor: { op: "Floor", fold: Math.floor },
  ceil: { op: "Ceil", fold: Math.ceil },
  sqrt: { op: "Sqrt", fold: Math.sqrt },
  exp: { op: "Exp", fold: Math.exp },
  log: { op: "Log", fold: Math.log },
  sin: { op: "Sin", fold: Math.sin },
  cos: { op: "Cos", fold: Math.cos },
};

const binary: Record<string, Operation> = {
  add: { op: "Add", fold: (x, y) => x + y },
  sub: { op: "Sub", fold: (x, y) => x - y },
  mul: { op: "Mul", fold: (x, y) => x * y },
  div: { op: "Div", fold: (x, y) => x / y },
  min: { op: "Min", fold: Math.min },
  max: { op: "Max", fold: Math.max },
};

/** On truth values, sums and products are the logical ones. */
const logical: Record<string, string> = { Add: "Or", Max: "Or", Mul: "And", Min: "And" };

const ranks: readonly ElementType[] = ["bool", "uint32", "int32", "float32", "float64"];

/** The type jax-js computes in: the wider one, where a number literal counts as narrow. */
function commonType(a: Atom, b: Atom): ElementType {
  const rank = (atom: Atom, other: Atom): number =>
    atom.aval.weakType && !other.aval.weakType ? 1 : ranks.indexOf(typeOfAtom(atom));
  return ranks[Math.max(rank(a, b), rank(b, a))];
}

function applyUnary(ctx: Lowering, { op, fold }: Operation, view: View): View {
  const { graph } = ctx;
  const { tensor } = view;
  if (tensor.scalar !== undefined && graph.passes.folding)
    return { ...view, tensor: graph.scalar(tensor.type, fold(tensor.scalar)) };
  return { ...view, tensor: graph.emit(op, [tensor], tensor.shape) };
}

export function applyBinary(ctx: Lowering, name: string, a: View, b: View, shape: readonly number[]): View {
  const { graph } = ctx;
  const { op, fold } = binary[name];
  return elementwise(graph, [a, b], shape, ([x, y], physical) => {
    if (x.type === "bool") return graph.emit(logical[op], [x, y], physical);
    if (x.scalar !== undefined && y.scalar !== undefined && graph.passes.folding)
      return graph.scalar(x.type, fold(x.scalar, y.scalar));
    return graph.emit(op, [x, y], physical);
  });
}

/** `view` as the result of an operation that changes nothing. */
const unchanged = (view: View, shape: readonly number[]): View =>
  broadcastView(padRank(view, shape.length), shape);

function operands(ctx: Lowering, equation: Equation, inputs: readonly View[]): View[] {
  return inputs.map((v) => cast(ctx.graph, v, outputType(equation)));
}

const add: Rule = (ctx, equation, inputs) => {
  const shape = outputShape(equation);
  const [a, b] = operands(ctx, equation, inputs);
  const { folding, shortening } = ctx.graph.passes;
  if (folding && constantOf(a) === 0) return [unchanged(b, shape)];
  if (folding && constantOf(b) === 0) return [unchanged(a, shape)];
  for (const [i, [kept, other]] of [
    [a, b],
    [b, a],
  ].entries()) {
    const definition = ctx.definition(equation.inputs[1 - i]);
    if (!shortening || definition?.primitive !== "neg" || constantOf(other) !== undefined) continue;
    const negated = cast(ctx.graph, ctx.view(definition.inputs[0]), outputType(equation));
    return [applyBinary(ctx, "sub", kept, negated, shape)];
  }
  return [applyBinary(ctx, "add", a, b, shape)];
};

const mul: Rule = (ctx, equation, inputs) => {
  const shape = outputShape(equation);
  const [a, b] = operands(ctx, equation, inputs);
  const { folding, shortening } = ctx.graph.passes;
  if (folding && constantOf(a) === 1) return [unchanged(b, shape)];
  if (folding && constantOf(b) === 1) return [unchanged(a, shape)];
  for (const [i, [kept, other]] of [
    [a, b],
    [b, a],
  ].entries()) {
    const definition = ctx.definition(equation.inputs[1 - i]);
    if (!shortening || definition?.primitive !== "reciprocal" || constantOf(other) !== undefined) continue;
    const divisor = ctx.view(definition.inputs[0]);
    if (divisor.tensor.type !== outputType(equation)) continue;
    return [applyBinary(ctx, "div", kept, divisor, shape)];
  }
  return [applyBinary(ctx, "mul", a, b, shape)];
};

const plainBinary =
  (name: string): Rule =>
  (ctx, equation, inputs) => {
    const [a, b] = operands(ctx, equation, inputs);
    return [applyBinary(ctx, name, a, b, outputShape(equation))];
  };

/** Division towards zero. ONNX has it for integers only. */
const idiv: Rule = (ctx, equation, inputs) => {
  const [a, b] = operands(ctx, equation, inputs);
  const quotient = applyBinary(ctx, "div", a, b, outputShape(equation));
  if (!quotient.tensor.type.startsWith("float")) return [quotient];
  const { graph } = ctx;
  const t = quotient.tensor;
  if (t.scalar !== undefined) return [{ ...quotient, tensor: graph.scalar(t.type, Math.trunc(t.scalar)) }];
  const negative = graph.emit("Less", [t, graph.scalar(t.type, 0)], t.shape, { type: "bool" });
  const up = graph.emit("Ceil", [t], t.shape);
  const down = graph.emit("Floor", [t], t.shape);
  return [{ ...quotient, tensor: graph.emit("Where", [negative, up, down], t.shape, { type: t.type }) }];
};

const mod: Rule = (ctx, equation, inputs) => {
  const { graph } = ctx;
  return [
    elementwise(graph, operands(ctx, equation, inputs), outputShape(equation), (tensors, shape) =>
      graph.emit("Mod", tensors, shape, { attributes: { fmod: 1 } }),
    ),
  ];
};

const comparisons: Record<string, string> = {
  less: "Less",
  less_equal: "LessOrEqual",
  equal: "Equal",
  not_equal: "Equal",
};

const compare: Rule = (ctx, equation, inputs) => {
  const { graph } = ctx;
  const name = equation.params.op as string;
  const common = commonType(equation.inputs[0], equation.inputs[1]);
  const ordered = name === "less" || name === "less_equal";
  const type = common === "bool" && ordered ? "int32" : common;
  const [a, b] = inputs.map((v) => cast(graph, v, type));
  // the sign of relu(x) tells as much as that of x, which then need not be kept
  const right = ctx.consumers(equation.outBinders[0]).some((e) => isRelu(ctx, e)) ? relu(ctx, b) : b;
  return [
    elementwise(graph, [a, right], outputShape(equation), (tensors, shape) => {
      const result = graph.emit(comparisons[name], tensors, shape, { type: "bool" });
      return name === "not_equal" ? graph.emit("Not", [result], shape) : result;
    }),
  ];
};

/** where(0 < x, x, 0) */
function isRelu(ctx: Lowering, equation: Equation): boolean {
  if (equation.primitive !== "where" || !ctx.graph.passes.shortening) return false;
  const [condition, x, zero] = equation.inputs;
  const test = ctx.definition(condition);
  if (test?.primitive !== "compare" || test.params.op !== "less" || test.inputs[1] !== x) return false;
  const isFloat = x.aval.dtype === "float32" || x.aval.dtype === "float64";
  return isFloat && ctx.constant(test.inputs[0]) === 0 && ctx.constant(zero) === 0;
}

function relu(ctx: Lowering, view: View): View {
  return { ...view, tensor: ctx.graph.emit("Relu", [view.tensor], view.tensor.shape) };
}

/**
 * where(0 < x, g, 0), the gradient through relu, as g times a gate of 0 or 1: two cheap passes, where ONNX Runtime's
 * Where is a slow one. The gate is min(1, 3e38 max(0, x)), which is 1 from the least normal number upwards. Only for
 * conditions that a relu shares: elsewhere where(0 < x, log(x), 0) must stay 0.
 */
function gated(ctx: Lowering, equation: Equation, g: View): View | undefined {
  const [condition, , zero] = equation.inputs;
  let test = ctx.definition(condition);
  let turned = (view: View): View => view;
  while (test?.primitive === "transpose") {
    const [perm, outer] = [test.params.perm as number[], turned];
    turned = (view) => outer(transposeView(view, perm));
    test = ctx.definition(test.inputs[0]);
  }
  if (test?.primitive !== "compare" || test.params.op !== "less" || outputType(equation) !== "float32")
    return;
  const x = ctx.view(test.inputs[1]);
  if (ctx.constant(test.inputs[0]) !== 0 || ctx.constant(zero) !== 0 || x.tensor.type !== "float32") return;
  if (!ctx.consumers(test.outBinders[0]).some((e) => isRelu(ctx, e))) return; // g may be infinite behind other gates
  const from = relu(ctx, x);
  const attributes = { alpha: { float: 3e38 }, beta: { float: 0 } };
  const gate = ctx.graph.emit("HardSigmoid", [from.tensor], from.tensor.shape, { attributes });
  return applyBinary(
    ctx,
    "mul",
    cast(ctx.graph, g, "float32"),
    turned({ ...from, tensor: gate }),
    outputShape(equation),
  );
}

const where: Rule = (ctx, equation, [condition, x, y]) => {
  const { graph } = ctx;
  if (isRelu(ctx, equation)) return [unchanged(relu(ctx, x), outputShape(equation))];
  const product = gated(ctx, equation, x);
  if (product !== undefined) return [product];
  const type = outputType(equation);
  const views = [condition, cast(graph, x, type), cast(graph, y, type)];
  return [
    elementwise(graph, views, outputShape(equation), (tensors, shape) => {
      if (type !== "bool") return graph.emit("Where", tensors, shape, { type });
      const [c, ...branches] = tensors;
      const numbers = branches.map((t) => castTensor(graph, t, "int32"));
      return castTensor(graph, graph.emit("Where", [c, ...numbers], shape, { type: "int32" }), "bool");
    }),
  ];
};

/** ONNX Runtime has these for float32 only, so float64 values are rounded on the way. */
const narrow =
  (op: string): Rule =>
  (ctx, _, [x]) => {
    const { graph } = ctx;
    const from = castTensor(graph, x.tensor, "float32");
    const result = graph.emit(op, [from], from.shape);
    return [{ ...x, tensor: castTensor(graph, result, x.tensor.type) }];
  };

const erf = narrow("Erf");

const erfc: Rule = (ctx, equation, inputs) => {
  const { graph } = ctx;
  const [value] = erf(ctx, equation, inputs);
  const one = graph.scalar(value.tensor.type, 1);
  return [{ ...value, tensor: graph.emit("Sub", [one, value.tensor], value.tensor.shape) }];
};

export const elementwiseRules: Rules = {
  ...Object.fromEntries(
    Object.entries(unary).map(([name, operation]): [string, Rule] => [
      name,
      (ctx, _, [x]) => [applyUnary(ctx, operation, x)],
    ]),
  ),
  add,
  mul,
  min: plainBinary("min"),
  max: plainBinary("max"),
  idiv,
  mod,
  compare,
  where,
  asin: narrow("Asin"),
  atan: narrow("Atan"),
  erf,
  erfc,
  cast: (ctx, equation, [x]) => [cast(ctx.graph, x, outputType(equation))],
  stop_gradient: (_ctx, _equation, [x]) => [x],
};
