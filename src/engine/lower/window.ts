/** Lowers convolutions and the window operations behind them (pool and its adjoint). */

import { product } from "../../base/product.ts";
import { range } from "../../base/range.ts";
import { materialise } from "./layout.ts";
import { contractViews } from "./dot.ts";
import { pick, unpick } from "./indexing.ts";
import { pad } from "./movement.ts";
import {
  cast,
  outputShape,
  outputType,
  shapeOfAtom,
  type Lowering,
  type Rule,
  type Rules,
} from "./lowering.ts";
import type { Equation } from "./trace.ts";
import { contiguous, reshapeView, shapeOf, type View } from "./view.ts";

type Convolution = {
  readonly vmapDims: number;
  readonly strides: readonly number[];
  readonly padding: readonly (readonly [number, number])[];
  readonly lhsDilation: readonly number[];
  readonly rhsDilation: readonly number[];
};

const reshaped = (ctx: Lowering, view: View, shape: readonly number[]): View =>
  reshapeView(view, shape) ?? contiguous(ctx.graph.reshape(materialise(ctx.graph, view), shape), shape);

/** Zeros between neighbours along the trailing dimensions. */
function dilate(ctx: Lowering, view: View, factors: readonly number[]): View {
  if (factors.every((f) => f === 1)) return view;
  const shape = shapeOf(view);
  const lead = shape.length - factors.length;
  const spatial = shape.slice(lead);
  const apart = reshaped(ctx, view, [...shape.slice(0, lead), ...spatial.flatMap((s) => [s, 1])]);
  const none: [number, number][] = range(lead).map(() => [0, 0]);
  const widened = pad(ctx.graph, apart, [
    ...none,
    ...factors.flatMap((f): [number, number][] => [
      [0, 0],
      [0, f - 1],
    ]),
  ]);
  const joined = reshaped(ctx, widened, [...shape.slice(0, lead), ...spatial.map((s, i) => s * factors[i])]);
  return pad(ctx.graph, joined, [...none, ...factors.map((f): [number, number] => [0, 1 - f])]);
}

/** For each output place and each place in the window, the row-major number of the entry seen there. */
function windowTable(
  spatial: readonly number[],
  out: readonly number[],
  window: readonly number[],
  strides: readonly number[],
  dilation: readonly number[],
): number[] {
  let table = [0];
  const extend = (count: number, step: number): void => {
    table = table.flatMap((at) => range(count).map((i) => at + i * step));
  };
  const unit = spatial.map((_, i) => product(spatial.slice(i + 1)));
  out.forEach((count, i) => extend(count, strides[i] * unit[i]));
  window.forEach((count, i) => extend(count, dilation[i] * unit[i]));
  return table;
}

/**
 * lhs [*v, batch, in, ...spatial], rhs [*v, out, in, ...window]. In float32 this is one Conv, with the vmap dimensions
 * as groups; ONNX Runtime has no other type, which takes windows apart and multiplies matrices.
 */
const conv: Rule = (ctx, equation, inputs) => {
  const { graph } = ctx;
  const p = equation.params as Convolution;
  const type = outputType(equation);
  const shape = outputShape(equation);
  const v = p.vmapDims;
  const groups = shape.slice(0, v);
  const [x, w] = inputs.map((view) => cast(graph, view, type));
  const none: [number, number][] = range(v + 2).map(() => [0, 0]);
  const padded = pad(graph, dilate(ctx, x, p.lhsDilation), [...none, ...p.padding]);
  const [xs, ws] = [shapeOf(padded), shapeOf(w)];
  const [batch, , ...spatial] = xs.slice(v);
  const [features, , ...window] = ws.slice(v);
  const out = shape.slice(v + 2);
  if (type !== "float32" || groups.length > 0 || spatial.length === 0)
    return [byMatrix(ctx, equation, padded, w, windowTable(spatial, out, window, p.strides, p.rhsDilation))];
  const attributes = { strides: p.strides, dilations: p.rhsDilation };
  const operands = [materialise(graph, padded), materialise(graph, w)];
  const result = graph.emit("Conv", operands, [batch, features, ...out], { attributes });
  return [contiguous(result, shape)];
};

function byMatrix(ctx: Lowering, equation: Equation, x: View, w: View, table: readonly number[]): View {
  const shape = outputShape(equation);
  const v = (equation.params as Convolution).vmapDims;
  const [xs, ws] = [shapeOf(x), shapeOf(w)];
  const places = product(shape.slice(v + 2));
  const window = product(ws.slice(v + 2));
  const flat = reshaped(ctx, x, [...xs.slice(0, v + 2), product(xs.slice(v + 2))]);
  const windows = pick(ctx, flat, table, [places, window]);
  const kernel = reshaped(ctx, w, [...ws.slice(0, v + 2), window]);
  // [*v, batch, features, places, in, window]
  const at = (dims: readonly number[], view: View): View => ({
    ...view,
    dims: [...view.dims.slice(0, v), ...dims.map((d) => (d < 0 ? [] : view.dims[v + d]))],
  });
  const left = at([0, -1, 2, 1, 3], windows);
  const right = at([-1, 0, -1, 1, 2], kernel);
  const full = [...shape.slice(0, v), xs[v], ws[v], places, xs[v + 1], window];
  const result = contractViews(ctx, left, right, full, [v + 3, v + 4]);
  return reshaped(ctx, result, shape);
}

type Pool = {
  readonly window: readonly number[];
  readonly strides: readonly number[];
};

const pool: Rule = (ctx, equation, [x]) => {
  const { window, strides } = equation.params as Pool;
  const xs = shapeOfAtom(equation.inputs[0]);
  const lead = xs.length - window.length;
  const shape = outputShape(equation);
  const out = shape.slice(lead, lead + window.length);
  const ones = window.map(() => 1);
  const flat = reshaped(ctx, x, [...xs.slice(0, lead), product(xs.slice(lead))]);
  const table = windowTable(xs.slice(lead), out, window, strides, ones);
  return [reshaped(ctx, pick(ctx, flat, table, [product(out), product(window)]), shape)];
};

const poolTranspose: Rule = (ctx, equation, [x]) => {
  const { window, strides } = equation.params as Pool;
  const shape = outputShape(equation);
  const lead = shape.length - window.length;
  const out = shapeOfAtom(equation.inputs[0]).slice(lead, lead + window.length);
  const ones = window.map(() => 1);
  const spatial = shape.slice(lead);
  const table = windowTable(spatial, out, window, strides, ones);
  const count = [product(out), product(window)];
  const rows = reshaped(ctx, x, [...shape.slice(0, lead), ...count]);
  return [reshaped(ctx, unpick(ctx, rows, table, count, product(spatial)), shape)];
};

export const windowRules: Rules = { conv, pool, pool_transpose: poolTranspose };
