/** Lowers operations that move entries: most only rewrite a view, the others cut or join tensors. */

import type { Graph, Tensor } from "./graph.ts";
import { materialise, materialised } from "./layout.ts";
import { castTensor, outputShape, outputType, type Lowering, type Rule, type Rules } from "./lowering.ts";
import type { Atom, Equation } from "./trace.ts";
import {
  broadcastView,
  coalesce,
  contiguous,
  reshapeView,
  shapeOf,
  transposeView,
  type Factor,
  type View,
} from "./view.ts";

const broadcast: Rule = (_, equation, [x]) => [
  broadcastView(x, equation.params.shape as number[], equation.params.axis as number[]),
];

const reshape: Rule = (ctx, equation, [x]) => {
  const shape = equation.params.shape as number[];
  return [reshapeView(x, shape) ?? (reshapeView(materialised(ctx.graph, x), shape) as View)];
};

type Range = readonly [start: number, end: number];

/** `view` with each of the dimensions in `dims` made of at most one factor. */
function singleFactors(graph: Graph, view: View, dims: readonly number[]): View {
  const merged = coalesce(view);
  return dims.every((d) => merged.dims[d].length <= 1) ? merged : materialised(graph, merged);
}

/** The physical axes reshaped so that a node can name them. */
const byAxes = (graph: Graph, view: View): Tensor => graph.reshape(view.tensor, view.axes);

/** `view` over a tensor whose physical axes have new sizes; axes of size 1 disappear. */
function resized(view: View, tensor: Tensor, sizes: ReadonlyMap<number, number>): View {
  const size = (f: Factor): number => (f.axis < 0 ? f.size : (sizes.get(f.axis) ?? f.size));
  const kept = view.axes.map((old, axis) => sizes.get(axis) ?? old);
  const number = kept.map((_, axis) => kept.slice(0, axis).filter((s) => s > 1).length);
  return {
    tensor,
    axes: kept.filter((s) => s > 1),
    dims: view.dims.map((dim) =>
      dim.map((f) => ({ size: size(f), axis: f.axis < 0 ? -1 : number[f.axis] })).filter((f) => f.size > 1),
    ),
  };
}

/** The box of entries given by a range in every dimension. */
export function slice(graph: Graph, view: View, ranges: readonly Range[]): View {
  const shape = shapeOf(view);
  const cut = ranges.flatMap(([start, end], d) => (start > 0 || end < shape[d] ? [d] : []));
  const single = singleFactors(graph, view, cut);
  const physical = cut.filter((d) => single.dims[d][0].axis >= 0);
  const dims = single.dims.map((dim, d) =>
    cut.includes(d) && dim[0].axis < 0 ? [{ size: ranges[d][1] - ranges[d][0], axis: -1 }] : dim,
  );
  const axisOf = (d: number): number => single.dims[d][0].axis;
  const sizes = new Map(physical.map((d) => [axisOf(d), ranges[d][1] - ranges[d][0]]));
  if (physical.length === 0) return resized({ ...single, dims }, single.tensor, sizes);
  const from = byAxes(graph, single);
  const bounds = [
    graph.integers(physical.map((d) => ranges[d][0])),
    graph.integers(physical.map((d) => ranges[d][1])),
    graph.integers(physical.map(axisOf)),
  ];
  const box = single.axes.map((size, axis) => sizes.get(axis) ?? size);
  return resized({ ...single, dims }, graph.emit("Slice", [from, ...bounds], box), sizes);
}

const shrink: Rule = (ctx, equation, [x]) => [slice(ctx.graph, x, equation.params.slice as Range[])];

const split: Rule = (ctx, equation, [x]) => {
  const { graph } = ctx;
  const { axis: d, sizes } = equation.params as { axis: number; sizes: number[] };
  const single = singleFactors(graph, x, [d]);
  const axis = single.dims[d].at(0)?.axis ?? -1;
  if (axis < 0)
    return sizes.map((size) => ({
      ...single,
      dims: single.dims.with(d, size > 1 ? [{ size, axis: -1 }] : []),
    }));
  const from = byAxes(graph, single);
  const outputs = sizes.map((size) => ({ shape: single.axes.with(axis, size), type: from.type }));
  const parts = graph.emitMany("Split", [from, graph.integers(sizes)], outputs, { attributes: { axis } });
  return parts.map((part, i) => resized(single, part, new Map([[axis, sizes[i]]])));
};

/** The parts of a concatenation, those of concatenations that only it reads included. */
function partsOf(ctx: Lowering, equation: Equation): Atom[] {
  return equation.inputs.flatMap((atom) => {
    const inner = ctx.definition(atom);
    const nested =
      inner?.primitive === "concatenate" &&
      inner.params.axis === equation.params.axis &&
      ctx.consumers(inner.outBinders[0]).length === 1;
    return nested ? partsOf(ctx, inner) : [atom];
  });
}

const concatenate: Rule = (ctx, equation) => {
  const { graph } = ctx;
  const shape = outputShape(equation);
  const parts = partsOf(ctx, equation).map((atom) =>
    castTensor(graph, materialise(graph, ctx.view(atom)), outputType(equation)),
  );
  const attributes = { axis: equation.params.axis as number };
  return [contiguous(graph.emit("Concat", parts, shape, { attributes }), shape)];
};

/** Zeros around the entries; a negative width cuts entries off. */
export function pad(graph: Graph, view: View, widths: readonly Range[]): View {
  const shape = shapeOf(view);
  const inside = widths.map(([low, high], d): Range => [Math.max(0, -low), shape[d] - Math.max(0, -high)]);
  const rest = slice(graph, view, inside);
  const outside = widths.map(([low, high]): Range => [Math.max(0, low), Math.max(0, high)]);
  if (outside.every(([low, high]) => low === 0 && high === 0)) return rest;
  const padded = shapeOf(rest).map((size, d) => size + outside[d][0] + outside[d][1]);
  const from = materialise(graph, rest);
  const isBool = from.type === "bool";
  const numbers = isBool ? castTensor(graph, from, "int32") : from;
  const pads = graph.integers([...outside.map(([low]) => low), ...outside.map(([, high]) => high)]);
  const result = graph.emit("Pad", [numbers, pads], padded);
  return contiguous(isBool ? castTensor(graph, result, "bool") : result, padded);
}

/** The values in reverse order along `dims`. */
export function flip(graph: Graph, view: View, dims: readonly number[]): View {
  const axes = coalesce(view)
    .dims.filter((_, d) => dims.includes(d))
    .flatMap((dim) => dim.filter((f) => f.axis >= 0).map((f) => f.axis));
  if (axes.length === 0) return view;
  const merged = coalesce(view);
  const all = (value: number): Tensor => graph.integers(axes.map(() => value));
  const bounds = [all(-1), all(-(2 ** 31)), graph.integers(axes), all(-1)];
  return { ...merged, tensor: graph.emit("Slice", [byAxes(graph, merged), ...bounds], merged.axes) };
}

export const movementRules: Rules = {
  transpose: (_, equation, [x]) => [transposeView(x, equation.params.perm as number[])],
  broadcast,
  reshape,
  shrink,
  split,
  concatenate,
  pad: (ctx, equation, [x]) => [pad(ctx.graph, x, equation.params.width as Range[])],
  flip: (ctx, equation, [x]) => [flip(ctx.graph, x, equation.params.axis as number[])],
};
