/** Lowers reductions. Repeated entries are not summed up but counted. */

import { product } from "../../base/product.ts";
import type { Graph, Tensor } from "./graph.ts";
import { cast, castTensor, type Lowering } from "./lowering.ts";
import type { View } from "./view.ts";

export type Reduction = "Add" | "Mul" | "Min" | "Max";

const nodes: Record<Reduction, string> = {
  Add: "ReduceSum",
  Mul: "ReduceProd",
  Min: "ReduceMin",
  Max: "ReduceMax",
};

/** The view with the dimensions `reduced` summed (multiplied, ...) away. */
export function reduceView(ctx: Lowering, view: View, op: Reduction, reduced: readonly number[]): View {
  const { graph } = ctx;
  if (view.tensor.type === "bool") {
    const numbers = reduceView(ctx, cast(graph, view, "int32"), op, reduced);
    return cast(graph, numbers, "bool");
  }
  const gone = view.dims.filter((_, d) => reduced.includes(d)).flat();
  const axes = new Set(gone.filter((f) => f.axis >= 0).map((f) => f.axis));
  const repeats = product(gone.filter((f) => f.axis < 0).map((f) => f.size));
  const number = view.axes.map((_, axis) => view.axes.slice(0, axis).filter((__, i) => !axes.has(i)).length);
  const dims = view.dims
    .filter((_, d) => !reduced.includes(d))
    .map((dim) => dim.map((f) => ({ size: f.size, axis: f.axis < 0 ? -1 : number[f.axis] })));
  const tensor = repeat(graph, reduceAxes(graph, view, op, axes), op, repeats);
  return { tensor, axes: view.axes.filter((_, axis) => !axes.has(axis)), dims };
}

/** Neighbouring axes of one kind are one axis: the runtime is fast for few of them. */
function reduceAxes(graph: Graph, view: View, op: Reduction, axes: ReadonlySet<number>): Tensor {
  if (axes.size === 0) return view.tensor;
  const runs: { size: number; reduced: boolean }[] = [];
  view.axes.forEach((size, axis) => {
    const last = runs.at(-1);
    const reduced = axes.has(axis);
    if (last?.reduced === reduced) last.size *= size;
    else runs.push({ size, reduced });
  });
  const from = graph.reshape(
    view.tensor,
    runs.map((r) => r.size),
  );
  const over = runs.flatMap((r, i) => (r.reduced ? [i] : []));
  const shape = runs.filter((r) => !r.reduced).map((r) => r.size);
  const overRows = runs.length === 2 && runs[0].reduced;
  if (op === "Add" && overRows && from.type === "float32" && graph.passes.products)
    return onesTimes(graph, from);
  // opset 17 takes the axes of a sum as an input, those of the others as an attribute
  if (op === "Add")
    return graph.emit("ReduceSum", [from, graph.integers(over)], shape, { attributes: { keepdims: 0 } });
  return graph.emit(nodes[op], [from], shape, { attributes: { keepdims: 0, axes: over } });
}

/** The sum of a matrix's rows as a product with ones: in float32 that takes the runtime half as long. */
function onesTimes(graph: Graph, matrix: Tensor): Tensor {
  const [m, n] = matrix.shape;
  const ones = graph.emit("Expand", [graph.scalar(matrix.type, 1), graph.integers([1, m])], [1, m]);
  return graph.reshape(graph.emit("Gemm", [ones, matrix], [1, n]), [n]);
}

function repeat(graph: Graph, tensor: Tensor, op: Reduction, times: number): Tensor {
  if (times === 1 || op === "Min" || op === "Max") return tensor;
  if (tensor.scalar !== undefined)
    return graph.scalar(tensor.type, op === "Add" ? tensor.scalar * times : tensor.scalar ** times);
  const count = graph.scalar(tensor.type, times);
  if (op === "Add") return graph.emit("Mul", [tensor, count], tensor.shape);
  const base = castTensor(graph, tensor, tensor.type === "float64" ? "float64" : "float32");
  const power = graph.emit("Pow", [base, graph.scalar(base.type, times)], tensor.shape);
  return castTensor(graph, power, tensor.type);
}
