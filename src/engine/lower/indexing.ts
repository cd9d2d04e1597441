/** Lowers indexing by arrays: gather, its adjoint scatter, and sorting. */

import { product } from "../../base/product.ts";
import { range } from "../../base/range.ts";
import type { Tensor } from "./graph.ts";
import { materialise } from "./layout.ts";
import { applyBinary } from "./elementwise.ts";
import {
  cast,
  castTensor,
  outputShape,
  outputType,
  shapeOfAtom,
  type Lowering,
  type Rule,
  type Rules,
} from "./lowering.ts";
import type { Equation } from "./trace.ts";
import { contiguous, repeated, transposeView, type View } from "./view.ts";

interface Indexing {
  readonly axis: readonly number[];
  readonly outDim: number;
}

/** The indexed axes as one: row-major number of the entry that each tuple of indices names. */
function flatIndex(
  ctx: Lowering,
  indices: readonly View[],
  sizes: readonly number[],
  shape: readonly number[],
): Tensor {
  const { graph } = ctx;
  let total: View | undefined;
  for (const [i, index] of indices.entries()) {
    const stride = product(sizes.slice(i + 1));
    const view = cast(graph, index, "int32");
    const weight = { tensor: graph.scalar("int32", stride), axes: [], dims: [] };
    const term = stride === 1 ? view : applyBinary(ctx, "mul", view, weight, shape);
    total = total === undefined ? term : applyBinary(ctx, "add", total, term, shape);
  }
  const whole = { ...(total as View) };
  const missing = shape.length - whole.dims.length;
  const dims = [...range(missing).map(() => []), ...whole.dims].map((dim, d) =>
    dim.length === 0 ? repeated(shape[d]) : dim,
  );
  return materialise(graph, { ...whole, dims });
}

function indexShape(equation: Equation): number[] {
  const shapes = equation.inputs.slice(1).map(shapeOfAtom);
  const rank = Math.max(...shapes.map((s) => s.length));
  return range(rank).map((i) => Math.max(...shapes.map((s) => s[i - rank + s.length] ?? 1)));
}

const gather: Rule = (ctx, equation, [x, ...indices]) => {
  const { graph } = ctx;
  const { axis, outDim } = equation.params as Indexing;
  const source = shapeOfAtom(equation.inputs[0]);
  const rest = range(source.length).filter((d) => !axis.includes(d));
  const shape = indexShape(equation);
  const sizes = axis.map((d) => source[d]);
  const flat = flatIndex(ctx, indices, sizes, shape);
  const front = materialise(graph, transposeView(x, [...axis, ...rest]));
  const restShape = rest.map((d) => source[d]);
  const table = graph.reshape(front, [product(sizes), ...restShape]);
  const numbers = table.type === "bool" ? castTensor(graph, table, "int32") : table;
  const found = graph.emit("Gather", [numbers, flat], [...shape, ...restShape], { attributes: { axis: 0 } });
  const view = contiguous(castTensor(graph, found, table.type), [...shape, ...restShape]);
  // the index dimensions stand at outDim among the others
  const at = range(rest.length).map((i) => shape.length + i);
  at.splice(outDim, 0, ...range(shape.length));
  return [transposeView(view, at)];
};

const scatter: Rule = (ctx, equation, [updates, ...indices]) => {
  const { graph } = ctx;
  const { axis, outDim, op, shape: target } = equation.params as Indexing & { op: string; shape: number[] };
  const rest = range(target.length).filter((d) => !axis.includes(d));
  const shape = indexShape(equation);
  const sizes = axis.map((d) => target[d]);
  const restShape = rest.map((d) => target[d]);
  const type = outputType(equation);

  const index = range(shape.length).map((i) => outDim + i);
  const others = range(shape.length + rest.length).filter((d) => !index.includes(d));
  const rows = graph.reshape(
    materialise(graph, transposeView(cast(graph, updates, type), [...index, ...others])),
    [product(shape), ...restShape],
  );
  const flat = castTensor(graph, flatIndex(ctx, indices, sizes, shape), "int64");
  const places = graph.reshape(flat, [product(shape), 1]);
  const extent = [product(sizes), ...restShape];
  const zeros = graph.emit("Expand", [graph.scalar(type, 0), graph.integers(extent)], extent);
  const attributes = { reduction: op === "add" ? "add" : "none" };
  const result = graph.emit("ScatterND", [zeros, places, rows], extent, { attributes });
  const grouped = contiguous(result, [...sizes, ...restShape]);
  // undo: [axis..., rest...] back to the order of the target
  const order = [...axis, ...rest];
  return [
    transposeView(
      grouped,
      range(target.length).map((d) => order.indexOf(d)),
    ),
  ];
};

/** Ascending along the last dimension, ties by position; the values and where they stood. */
function sorted(ctx: Lowering, equation: Equation, x: View): [Tensor, Tensor] {
  const { graph } = ctx;
  const shape = outputShape(equation);
  const from = materialise(graph, x);
  const length = graph.integers([shape.at(-1) as number]);
  const attributes = { axis: -1, largest: 0, sorted: 1 };
  const outputs = [
    { shape, type: from.type },
    { shape, type: "int64" as const },
  ];
  const [values, places] = graph.emitMany("TopK", [from, length], outputs, { attributes });
  return [values, places];
}

const sort: Rule = (ctx, equation, [x]) => [contiguous(sorted(ctx, equation, x)[0], outputShape(equation))];

const argsort: Rule = (ctx, equation, [x]) => {
  const shape = outputShape(equation);
  const [values, places] = sorted(ctx, equation, x);
  return [contiguous(values, shape), contiguous(castTensor(ctx.graph, places, "int32"), shape)];
};

export const indexRules: Rules = { gather, scatter, sort, argsort };

/** As used by windows: entries of the last dimension of `view`, picked by a constant table of any shape. */
export function pick(ctx: Lowering, view: View, table: readonly number[], shape: readonly number[]): View {
  const { graph } = ctx;
  const from = materialise(graph, view);
  const leading = from.shape.slice(0, -1);
  const places = graph.constant("int32", shape, Int32Array.from(table));
  const axis = leading.length;
  const found = graph.emit("Gather", [from, places], [...leading, ...shape], { attributes: { axis } });
  return contiguous(found, [...leading, ...shape]);
}

/** The adjoint of `pick`: adds the entries of the trailing dimensions `shape` up at their places among `size`. */
export function unpick(
  ctx: Lowering,
  view: View,
  table: readonly number[],
  shape: readonly number[],
  size: number,
): View {
  const { graph } = ctx;
  const rank = view.dims.length;
  const leading = range(rank - shape.length);
  const turned = transposeView(view, [...range(shape.length).map((i) => leading.length + i), ...leading]);
  const from = materialise(graph, turned);
  const leadingShape = from.shape.slice(shape.length);
  const rows = graph.reshape(from, [product(shape), ...leadingShape]);
  const places = graph.constant("int64", [product(shape), 1], BigInt64Array.from(table.map(BigInt)));
  const extent = [size, ...leadingShape];
  const zeros = graph.emit("Expand", [graph.scalar(from.type, 0), graph.integers(extent)], extent);
  const sum = graph.emit("ScatterND", [zeros, places, rows], extent, { attributes: { reduction: "add" } });
  return transposeView(contiguous(sum, extent), [...leading.map((d) => d + 1), 0]);
}
