/**
 * Brings views into one physical order. Several views of one logical shape are first cut into common *atoms* (the
 * finest axes that any of them distinguishes); each view then holds or repeats each atom.
 */

import { product } from "../../base/product.ts";
import type { Graph, Tensor } from "./graph.ts";
import {
  boundariesOf,
  broadcastView,
  coalesce,
  contiguous,
  equalShapes,
  padRank,
  shapeOf,
  splitDims,
  type Factor,
  type View,
} from "./view.ts";

export interface Atoms {
  readonly sizes: readonly number[];
  /** The atoms of each logical dimension, outermost first; all dimensions together number them in order. */
  readonly dims: readonly (readonly number[])[];
  readonly views: readonly AtomView[];
}

export interface AtomView {
  readonly tensor: Tensor;
  readonly axes: readonly number[];
  /** The physical axis of each atom, or -1 where it is repeated. */
  readonly axisOf: readonly number[];
}

/** Cuts views of the common broadcast shape `shape` into common atoms; moves only what cannot be cut. */
export function align(graph: Graph, views: readonly View[], shape: readonly number[]): Atoms {
  const same = views.map((v) => coalesce(broadcastView(padRank(v, shape.length), shape)));
  const boundaries = shape.map((_, d) => new Set(same.flatMap((v) => boundariesOf(v.dims[d]))));
  const cut = same.map((v) => splitDims(v, boundaries));
  if (cut.some((v) => v === undefined)) {
    const bad = shape.map((_, d) => !chain([...boundaries[d]]));
    const moved = same.map((v) =>
      v.dims.some((f, d) => bad[d] && f.length > 1) ? materialised(graph, v) : v,
    );
    return align(graph, moved, shape);
  }
  const split = cut as View[];
  let count = 0;
  const dims = split[0].dims.map((factors) => factors.map(() => count++));
  return {
    sizes: split[0].dims.flat().map((f) => f.size),
    dims,
    views: split.map((v) => ({
      tensor: v.tensor,
      axes: v.axes,
      axisOf: v.dims.flat().map((f) => f.axis),
    })),
  };
}

/** Whether each of the sizes divides the next larger one. */
function chain(sizes: number[]): boolean {
  const sorted = sizes.sort((a, b) => a - b);
  return sorted.every((size, i) => i === 0 || size % sorted[i - 1] === 0);
}

/** The atoms a view holds, in its physical order. */
export function physicalOrder(view: AtomView): number[] {
  return view.axisOf
    .map((axis, atom) => ({ axis, atom }))
    .filter(({ axis }) => axis >= 0)
    .sort((a, b) => a.axis - b.axis)
    .map(({ atom }) => atom);
}

/** The view's entries with the physical axes permuted; neighbours that stay neighbours move as one. */
export function permuted(
  graph: Graph,
  view: { tensor: Tensor; axes: readonly number[] },
  order: readonly number[],
): Tensor {
  const runs: number[][] = [];
  for (const axis of order) {
    const last = runs.at(-1);
    if (last !== undefined && last.at(-1) === axis - 1) last.push(axis);
    else runs.push([axis]);
  }
  if (runs.length <= 1) return view.tensor;
  const physical = runs.map((_, i) => i).sort((a, b) => runs[a][0] - runs[b][0]);
  const size = (run: number): number => product(runs[run].map((axis) => view.axes[axis]));
  const from = graph.reshape(view.tensor, physical.map(size));
  const perm = runs.map((_, run) => physical.indexOf(run));
  return graph.emit(
    "Transpose",
    [from],
    runs.map((_, run) => size(run)),
    { attributes: { perm } },
  );
}

/** The values as a row-major tensor of the logical shape. */
export function materialise(graph: Graph, view: View): Tensor {
  const shape = shapeOf(view);
  const factors = view.dims.flat();
  const order = factors.filter((f) => f.axis >= 0).map((f) => f.axis);
  const held = permuted(graph, view, order);
  const full = factors.map((f) => f.size);
  if (factors.every((f) => f.axis >= 0)) return graph.reshape(held, shape);
  const thin = graph.reshape(
    held,
    factors.map((f) => (f.axis >= 0 ? f.size : 1)),
  );
  return graph.reshape(graph.emit("Expand", [thin, graph.integers(full)], full), shape);
}

export const materialised = (graph: Graph, view: View): View =>
  contiguous(materialise(graph, view), shapeOf(view));

/** Applies one elementwise operation; `emit` gets tensors that broadcast to the shape it is told. */
export function elementwise(
  graph: Graph,
  views: readonly View[],
  shape: readonly number[],
  emit: (tensors: Tensor[], shape: readonly number[]) => Tensor,
): View {
  const atoms = align(graph, views, shape);
  const order = bestOrder(atoms);
  const { tensors, shape: physical } = arrange(graph, atoms, order);
  return viewOf(emit(tensors, physical), atoms, order);
}

/** The view of a tensor that holds the atoms `order` in that order and repeats the others. */
export function viewOf(tensor: Tensor, atoms: Pick<Atoms, "sizes" | "dims">, order: readonly number[]): View {
  const factor = (atom: number): Factor => ({ size: atoms.sizes[atom], axis: order.indexOf(atom) });
  return coalesce({
    tensor,
    axes: order.map((atom) => atoms.sizes[atom]),
    dims: atoms.dims.map((dim) => dim.map(factor)),
  });
}

/** The order of the atoms that any view holds for which the least has to be transposed. */
function bestOrder({ sizes, dims, views }: Atoms): number[] {
  const held = dims.flat().filter((atom) => views.some((v) => v.axisOf[atom] >= 0));
  const orders = views.map(physicalOrder);
  const elements = orders.map((order) => product(order.map((atom) => sizes[atom])));
  const candidates = [...orders.keys()]
    .sort((a, b) => elements[b] - elements[a])
    .map((v) => extended(orders[v], held))
    .concat([held]);
  const cost = (candidate: readonly number[]): number =>
    orders.reduce((sum, order, v) => sum + (isSubsequence(order, candidate) ? 0 : elements[v]), 0);
  return candidates.reduce((best, c) => (cost(c) < cost(best) ? c : best));
}

/** `order` with the missing atoms put in after their logical predecessors. */
function extended(order: readonly number[], all: readonly number[]): number[] {
  const result = [...order];
  for (const [i, atom] of all.entries())
    if (!order.includes(atom)) result.splice(i === 0 ? 0 : result.indexOf(all[i - 1]) + 1, 0, atom);
  return result;
}

function isSubsequence(part: readonly number[], whole: readonly number[]): boolean {
  let at = 0;
  for (const item of whole) if (item === part[at]) at++;
  return at === part.length;
}

/**
 * Up to this length of the runs that two arrays share, one repeating between them, the runtime is faster after writing
 * the repetition out: run by run it takes a call for each (128 x 1 x 16 times 128 x 15 x 16 in 28 us, written out in
 * 13).
 */
const shortRun = 24;

/** Tensors in the physical order `order`, with axes of size 1 where a view repeats; neighbours alike are one axis. */
function arrange(
  graph: Graph,
  { sizes, views }: Atoms,
  order: readonly number[],
): { tensors: Tensor[]; shape: number[] } {
  const holds = (v: AtomView, atom: number): boolean => v.axisOf[atom] >= 0;
  const groups: number[][] = [];
  for (const atom of order) {
    const last = groups.at(-1);
    if (last !== undefined && views.every((v) => holds(v, atom) === holds(v, last[0]))) last.push(atom);
    else groups.push([atom]);
  }
  const shape = groups.map((g) => product(g.map((atom) => sizes[atom])));
  const tensors = views.map((v) =>
    permuted(
      graph,
      v,
      order.filter((atom) => holds(v, atom)).map((atom) => v.axisOf[atom]),
    ),
  );
  if (groups.length === 1) {
    // no broadcasting between axes: keep a shape that an operand has anyway, first of all a matrix product's
    const full = tensors.filter((_, i) => holds(views[i], order[0]));
    const kept = full.find((t) => t.shape.length === 2) ?? full[0];
    const flat = tensors.map((t) => (full.includes(t) ? graph.reshape(t, kept.shape) : t));
    return { tensors: flat, shape: [...kept.shape] };
  }
  const reshaped = tensors.map((t, i) => {
    const padded = groups.map((g, j) => (holds(views[i], g[0]) ? shape[j] : 1));
    const leading = padded.findIndex((size) => size > 1);
    const target = leading < 0 ? [] : padded.slice(leading);
    const thin = equalShapes(t.shape, target) ? t : graph.reshape(t, target);
    const byRuns = target.length > 1 && target.includes(1) && target[target.length - 1] > 1;
    if (!byRuns || shape[shape.length - 1] > shortRun) return thin;
    return graph.emit("Expand", [thin, graph.integers(shape)], shape);
  });
  return { tensors: reshaped, shape };
}
