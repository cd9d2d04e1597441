/**
 * Lowers contractions: the sum over some dimensions of a product of two views. Every atom is batch (both views hold
 * it and it stays), left or right (one holds it and it stays) or contracted; that makes one Gemm with its operands
 * possibly transposed, or one batched MatMul.
 */

import { product } from "../../base/product.ts";
import type { Graph, Tensor } from "./graph.ts";
import { align, permuted } from "./layout.ts";
import { applyBinary, elementwiseRules } from "./elementwise.ts";
import {
  cast,
  outputShape,
  outputType,
  shapeOfAtom,
  type Lowering,
  type Rule,
  type Rules,
} from "./lowering.ts";
import { reduceView, type Reduction } from "./reduce.ts";
import type { Equation, Variable } from "./trace.ts";
import { reshapeView, shapeOf, transposeView, type View } from "./view.ts";

/**
 * Sum over the dimensions `contracted` of x * y, both of the common shape `shape`; `result` is its variable, if it has
 * one.
 */
export function contractViews(
  ctx: Lowering,
  x: View,
  y: View,
  shape: readonly number[],
  contracted: readonly number[],
  result?: Variable,
): View {
  const { passes } = ctx.graph;
  if (!passes.products) return reduceView(ctx, applyBinary(ctx, "mul", x, y, shape), "Add", contracted);
  const atoms = align(ctx.graph, [x, y], shape);
  const ids = atoms.sizes.map((_, atom) => atom);
  const summed = new Set(contracted.flatMap((d) => [...atoms.dims[d]]));
  // from here on every atom is a dimension of its own
  const [a, b] = atoms.views.map((v) => ({
    tensor: v.tensor,
    axes: v.axes,
    dims: ids.map((atom) => [{ size: atoms.sizes[atom], axis: v.axisOf[atom] }]),
  }));
  const holds = (v: View, atom: number): boolean => v.dims[atom][0].axis >= 0;
  const onlyA = ids.filter((atom) => summed.has(atom) && holds(a, atom) && !holds(b, atom));
  const onlyB = ids.filter((atom) => summed.has(atom) && !holds(a, atom) && holds(b, atom));
  const neither = ids.filter((atom) => summed.has(atom) && !holds(a, atom) && !holds(b, atom));
  const rest = ids.filter((atom) => ![...onlyA, ...onlyB, ...neither].includes(atom));
  const keep = (v: View): View => ({ ...v, dims: rest.map((atom) => v.dims[atom]) });
  const left = keep(onlyA.length === 0 ? a : restored(reduceView(ctx, a, "Add", onlyA), onlyA));
  const right = keep(onlyB.length === 0 ? b : restored(reduceView(ctx, b, "Add", onlyB), onlyB));

  const regroup = (v: View): View => {
    const kept = rest.filter((atom) => !summed.has(atom));
    const dims = atoms.dims.filter((_, d) => !contracted.includes(d));
    return { ...v, dims: dims.map((dim) => dim.flatMap((atom) => v.dims[kept.indexOf(atom)])) };
  };
  const over = rest.flatMap((atom, d) => (summed.has(atom) ? [d] : []));
  const sum = matrixProduct(ctx, left, right, over, (v) =>
    result === undefined ? 0 : movesLater(ctx, regroup(v), result),
  );
  const times = product(neither.map((atom) => atoms.sizes[atom]));
  if (times === 1) return regroup(sum);
  const counted = applyBinary(ctx, "mul", sum, count(ctx, sum, times), shapeOf(sum));
  return regroup(counted);
}

const count = ({ graph }: Lowering, like: View, times: number): View => ({
  tensor: graph.scalar(like.tensor.type, times),
  axes: [],
  dims: [],
});

/** Puts empty dimensions back where dimensions were reduced, so that the numbering stays. */
function restored(view: View, positions: readonly number[]): View {
  const dims = [...view.dims];
  for (const d of positions) dims.splice(d, 0, []);
  return { ...view, dims };
}

/** What moving an entry of a candidate to where it is wanted costs: 0, in runs 1, one by one 4. */
type Cost = (candidate: View) => number;

/**
 * As `contractViews`, for views of which every dimension is one factor, held by at least one where it is contracted.
 */
function matrixProduct(ctx: Lowering, x: View, y: View, over: readonly number[], moves: Cost): View {
  const sizes = x.dims.map((dim) => dim[0].size);
  const holds = (v: View, d: number): boolean => v.dims[d][0].axis >= 0;
  const free = sizes.map((_, d) => d).filter((d) => !over.includes(d));
  const batch = free.filter((d) => holds(x, d) && holds(y, d));
  const rows = free.filter((d) => holds(x, d) && !holds(y, d));
  const columns = free.filter((d) => !holds(x, d) && holds(y, d));
  if (
    (over.length === 0 && !isLargeOuter(x, y)) ||
    (rows.length === 0 && columns.length === 0 && batch.length > 0)
  )
    return reduceView(ctx, applyBinary(ctx, "mul", x, y, sizes), "Add", over);

  const plans = [x, y].map((leader) => {
    const inOrder = (ds: readonly number[], v: View): number[] =>
      [...ds].sort((p, q) => v.dims[p][0].axis - v.dims[q][0].axis);
    const [b, k] = [inOrder(batch, leader), inOrder(over, leader)];
    const [l, r] = [inOrder(rows, x), inOrder(columns, y)];
    return { b, l, r, k, x: matrix(x, b, l, k), y: matrix(y, b, k, r) };
  });
  const moved = (plan: (typeof plans)[number]): number => plan.x.moved + plan.y.moved;
  const plan = moved(plans[1]) < moved(plans[0]) ? plans[1] : plans[0];

  const place = (order: readonly number[], tensor: Tensor): View => ({
    tensor,
    axes: order.map((d) => sizes[d]),
    dims: free.map((d) => [{ size: sizes[d], axis: order.indexOf(d) }]),
  });
  const normal = [...plan.b, ...plan.l, ...plan.r];
  const swapped = [...plan.b, ...plan.r, ...plan.l];
  const flips = flipCost(plan, x, y);
  const group = (ds: readonly number[]): number => product(ds.map((d) => sizes[d]));
  const [l, r, k] = [plan.l, plan.r, plan.k].map(group);
  const cost = (order: readonly number[], copied: number): number =>
    k * copied + l * r * moves(place(order, x.tensor));
  // the kernel copies its second factor, and its first where that has to be transposed, which takes twice as long
  const costNormal = cost(normal, r + (plan.x.transposed ? 2 * l : 0));
  const costSwapped = cost(swapped, l + (plan.y.transposed ? 0 : 2 * r));
  const swap = (flips === 0 ? costSwapped < costNormal : flips > 0) && ctx.graph.passes.order;
  const shape = [group(plan.b), l, r, k] as const;
  const operands = [operand(ctx, x, plan.x), operand(ctx, y, plan.y)] as const;
  return place(swap ? swapped : normal, multiply(ctx, operands, shape, plan.b.length > 0, swap));
}

const isFloat = (type: string): boolean => type === "float32" || type === "float64";

interface Matrix {
  /** Physical axes in the order they are needed. */
  readonly order: readonly number[];
  /** Whether the columns come before the rows. */
  readonly transposed: boolean;
  /** Elements that have to move to get there. */
  readonly moved: number;
}

/** How a view can be read as a batch of matrices. */
function matrix(
  view: View,
  batch: readonly number[],
  rows: readonly number[],
  columns: readonly number[],
): Matrix {
  const axes = (...ds: (readonly number[])[]): number[] => ds.flat().map((d) => view.dims[d][0].axis);
  const inOrder = (order: readonly number[]): boolean => order.every((axis, i) => axis === i);
  const plain = axes(batch, rows, columns);
  if (inOrder(plain)) return { order: plain, transposed: false, moved: 0 };
  const turned = axes(batch, columns, rows);
  if (inOrder(turned)) return { order: turned, transposed: true, moved: 0 };
  // what has to move moves in whole runs where the innermost axis stays innermost; else the fewer axes part, the better
  const stays = (order: readonly number[]): boolean => order.at(-1) === view.axes.length - 1;
  const parted = (order: readonly number[]): number =>
    order.filter((axis, i) => i > 0 && axis !== order[i - 1] + 1).length;
  const transposed = stays(plain) === stays(turned) ? parted(turned) < parted(plain) : stays(turned);
  return { order: transposed ? turned : plain, transposed, moved: product(view.axes) };
}

/** How many more elements the product takes to transpose in the given order than in the swapped one. */
function flipCost(plan: { b: readonly number[]; x: Matrix; y: Matrix }, x: View, y: View): number {
  // Gemm transposes for nothing, and so does a batched product, into which the runtime draws its operands' transposes
  if (plan.b.length === 0 ? isFloat(x.tensor.type) : x.tensor.type === "float32") return 0;
  const cost = (m: Matrix, v: View): number => (m.transposed ? product(v.axes) : -product(v.axes));
  return cost(plan.x, x) + cost(plan.y, y);
}

interface Operand {
  readonly tensor: Tensor;
  readonly transposed: boolean;
}

function operand({ graph }: Lowering, view: View, { order, transposed }: Matrix): Operand {
  return { tensor: permuted(graph, view, order), transposed };
}

/** [batch] left x right from x = [batch] left x inner and y = [batch] inner x right; right x left if swapped. */
function multiply(
  { graph }: Lowering,
  [x, y]: readonly [Operand, Operand],
  [batch, left, right, inner]: readonly [number, number, number, number],
  batched: boolean,
  swap: boolean,
): Tensor {
  const first = swap ? { ...y, transposed: !y.transposed } : x;
  const second = swap ? { ...x, transposed: !x.transposed } : y;
  const [m, n] = swap ? [right, left] : [left, right];
  const read = ({ tensor, transposed }: Operand, rows: number, columns: number): Tensor => {
    const matrixShape = transposed ? [columns, rows] : [rows, columns];
    return graph.reshape(tensor, batched ? [batch, ...matrixShape] : matrixShape);
  };
  const a = read(first, m, inner);
  const b = read(second, inner, n);
  if (!batched && isFloat(a.type) && graph.passes.gemm) {
    const once = first.transposed && n >= striped;
    const attributes = { transA: Number(first.transposed && !once), transB: Number(second.transposed) };
    return graph.emit("Gemm", [once ? turnedOnce(graph, a) : a, b], [m, n], { attributes });
  }
  const turn = (t: Tensor, { transposed }: Operand, rows: number, columns: number): Tensor => {
    if (!transposed) return t;
    const shape = batched ? [batch, rows, columns] : [rows, columns];
    return graph.emit("Transpose", [t], shape, { attributes: { perm: batched ? [0, 2, 1] : [1, 0] } });
  };
  const shape = batched ? [batch, m, n] : [m, n];
  if (batched && a.type === "float32" && graph.passes.fused && (first.transposed || second.transposed)) {
    const attributes = { transA: Number(first.transposed), transB: Number(second.transposed) };
    return graph.emit("FusedMatMul", [a, b], shape, { attributes });
  }
  return graph.emit("MatMul", [turn(a, first, m, inner), turn(b, second, inner, n)], shape);
}

/**
 * From so many columns on, the kernel takes the second factor in several stripes, and transposes the first anew for
 * each.
 */
const striped = 1024;

/** A transpose that the runtime does not fold into the product: it knows those of matrices only. */
function turnedOnce(graph: Graph, matrix: Tensor): Tensor {
  const [rows, columns] = matrix.shape;
  const stack = graph.reshape(matrix, [1, rows, columns]);
  const turned = graph.emit("Transpose", [stack], [1, columns, rows], { attributes: { perm: [0, 2, 1] } });
  return graph.reshape(turned, [columns, rows]);
}

/** What moving this view of `variable` costs what follows, as `Cost` has it. */
function movesLater(ctx: Lowering, view: View, variable: Variable): number {
  const consumers = ctx.consumers(variable);
  if (!ctx.isOutput(variable) && consumers.length === 1) {
    const [{ primitive, params, outBinders }] = consumers;
    const seen = rewritten(view, primitive, params);
    if (seen === undefined) return 4;
    if (seen !== view) return movesLater(ctx, seen, outBinders[0]);
  }
  // most arrays are wanted as their dimensions are ordered
  const factors = view.dims.flat();
  const rowMajor = factors.every((f, i) => f.axis >= 0 && (i === 0 || f.axis > factors[i - 1].axis));
  if (rowMajor) return 0;
  return factors.at(-1)?.axis === view.axes.length - 1 ? 1 : 4;
}

/** The view after an operation that only rewrites it, itself after others; undefined where data would have to move. */
function rewritten(view: View, primitive: string, params: Equation["params"]): View | undefined {
  if (primitive === "transpose") return transposeView(view, params.perm as number[]);
  return primitive === "reshape" ? reshapeView(view, params.shape as number[]) : view;
}

const dot: Rule = (ctx, equation, inputs) => {
  const [x, y] = inputs.map((v) => cast(ctx.graph, v, outputType(equation)));
  const [a, b] = equation.inputs.map(shapeOfAtom);
  const rank = Math.max(a.length, b.length);
  const size = (shape: readonly number[], i: number): number => shape[i - rank + shape.length] ?? 1;
  const shape = Array.from({ length: rank }, (_, i) => Math.max(size(a, i), size(b, i)));
  return [contractViews(ctx, x, y, shape, [rank - 1], equation.outBinders[0])];
};

/** A sum over a product that nothing else reads is a contraction. */
const reduce: Rule = (ctx, equation, [view]) => {
  const { op, axis } = equation.params as { op: Reduction; axis: number[] };
  const factor = ctx.definition(equation.inputs[0]);
  const alone = factor !== undefined && ctx.consumers(factor.outBinders[0]).length === 1;
  if (op === "Add" && alone && factor.primitive === "mul" && isFloat(view.tensor.type)) {
    const [x, y] = factor.inputs.map((atom) => cast(ctx.graph, ctx.view(atom), outputType(factor)));
    return [contractViews(ctx, x, y, outputShape(factor), axis, equation.outBinders[0])];
  }
  return [reduceView(ctx, view, op, axis)];
};

/** Outer products of fewer entries are as fast entry by entry. */
const leastOuter = 2 ** 15;

/**
 * Whether no dimension is in both factors, and the product large: a matrix product over nothing, to which Gemm adds.
 */
function isLargeOuter(x: View, y: View): boolean {
  const held = [x, y].map(({ dims }) => dims.map((dim) => dim.some((f) => f.axis >= 0)).toReversed());
  const apart = held[0].every((inFirst, d) => !inFirst || held[1][d] !== true);
  const entries = product(x.axes) * product(y.axes);
  return (
    apart && held.every((dims) => dims.includes(true)) && entries >= leastOuter && isFloat(x.tensor.type)
  );
}

const mul: Rule = (ctx, equation, inputs) => {
  const shape = outputShape(equation);
  const [x, y] = inputs.map((v) => cast(ctx.graph, v, outputType(equation)));
  if (!ctx.graph.passes.products || !isLargeOuter(x, y))
    return elementwiseRules["mul"](ctx, equation, inputs);
  return [contractViews(ctx, x, y, shape, [], equation.outBinders[0])];
};

export const dotRules: Rules = { dot, mul, reduce };
