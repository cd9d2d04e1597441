/**
 * Views: how a traced value lies in a tensor, without moving anything.
 *
 * A view is a tensor read as row-major physical axes, and for each logical dimension a list of factors, outermost
 * first: a factor is one physical axis or a repetition (a broadcast). Every physical axis appears exactly once.
 * Transposing and broadcasting only rewrite the lists, and so does a reshape that splits or merges neighbours.
 */

import type { Tensor } from "./graph.ts";

/** `axis` is a physical axis, or -1 for a repetition. Sizes are at least 2. */
export interface Factor {
  readonly size: number;
  readonly axis: number;
}

export interface View {
  readonly tensor: Tensor;
  /** Sizes of the physical axes, outermost first; their product is the tensor's size. */
  readonly axes: readonly number[];
  readonly dims: readonly (readonly Factor[])[];
}

const sizeOf = (factors: readonly Factor[]): number => factors.reduce((a, f) => a * f.size, 1);
export const repeated = (size: number): Factor[] => (size === 1 ? [] : [{ size, axis: -1 }]);

export const shapeOf = (view: View): number[] => view.dims.map(sizeOf);
export const equalShapes = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((size, i) => size === b[i]);

/** The row-major view of `shape`. */
export function contiguous(tensor: Tensor, shape: readonly number[]): View {
  const axes = shape.filter((size) => size > 1);
  let axis = 0;
  return { tensor, axes, dims: shape.map((size) => (size > 1 ? [{ size, axis: axis++ }] : [])) };
}

/** A value all of whose entries are the scalar `tensor`. */
export const uniform = (tensor: Tensor, shape: readonly number[]): View => ({
  tensor,
  axes: [],
  dims: shape.map(repeated),
});

export const transposeView = (view: View, perm: readonly number[]): View => ({
  ...view,
  dims: perm.map((d) => view.dims[d]),
});

/** New dimensions at the positions `inserted`; dimensions of size 1 grow to the size `shape` has there. */
export function broadcastView(view: View, shape: readonly number[], inserted: readonly number[] = []): View {
  let at = 0;
  const dims = shape.map((size, i) => {
    if (inserted.includes(i)) return repeated(size);
    const old = view.dims[at++];
    return old.length === 0 ? repeated(size) : old;
  });
  return { ...view, dims };
}

/** Leading dimensions of size 1 up to rank `rank`. */
export const padRank = (view: View, rank: number): View => ({
  ...view,
  dims: [...Array.from({ length: rank - view.dims.length }, () => []), ...view.dims],
});

/** Merges neighbouring physical axes that are neighbours in one dimension too, and neighbouring repetitions. */
export function coalesce(view: View): View {
  const dims: Factor[][] = [];
  const mergedIntoPrevious = new Set<number>();
  for (const factors of view.dims) {
    const dim: Factor[] = [];
    for (const f of factors) {
      const last = dim.at(-1);
      const follows =
        last !== undefined && f.axis >= 0 && f.axis === previousEnd(last, mergedIntoPrevious) + 1;
      if (follows) mergedIntoPrevious.add(f.axis);
      if (last !== undefined && (follows || (f.axis < 0 && last.axis < 0)))
        dim[dim.length - 1] = { size: last.size * f.size, axis: last.axis };
      else dim.push(f);
    }
    dims.push(dim);
  }
  const renumbered: number[] = [];
  const axes: number[] = [];
  view.axes.forEach((size, axis) => {
    if (mergedIntoPrevious.has(axis)) axes[axes.length - 1] *= size;
    else axes.push(size);
    renumbered.push(axes.length - 1);
  });
  return {
    tensor: view.tensor,
    axes,
    dims: dims.map((dim) => dim.map((f) => ({ size: f.size, axis: f.axis < 0 ? -1 : renumbered[f.axis] }))),
  };
}

/** The last physical axis merged so far into the factor that starts at `factor.axis`. */
function previousEnd(factor: Factor, merged: ReadonlySet<number>): number {
  if (factor.axis < 0) return -2;
  let end = factor.axis;
  while (merged.has(end + 1)) end++;
  return end;
}

/**
 * Splits a sequence of factors at the sizes `wanted` (suffix products); `undefined` where a boundary falls inside a
 * factor without dividing it. Returns the pieces of every factor, outermost first.
 */
export function splitFactors(
  factors: readonly Factor[],
  boundaries: ReadonlySet<number>,
): Factor[][] | undefined {
  let suffix = 1;
  const pieces: Factor[][] = [];
  for (const f of factors.toReversed()) {
    const end = suffix * f.size;
    const inside = [...boundaries].filter((b) => b > suffix && b < end).sort((a, b) => a - b);
    const split: Factor[] = [];
    for (const b of [...inside, end]) {
      if (b % suffix !== 0) return undefined;
      split.push({ size: b / suffix, axis: f.axis });
      suffix = b;
    }
    pieces.push(split.toReversed());
  }
  return pieces.toReversed();
}

/** `view` with every dimension split at its set of boundaries (suffix products), or `undefined`. */
export function splitDims(view: View, boundaries: readonly ReadonlySet<number>[]): View | undefined {
  const split: Factor[][][] = [];
  for (const [d, factors] of view.dims.entries()) {
    const pieces = splitFactors(factors, boundaries[d]);
    if (pieces === undefined) return undefined;
    split.push(pieces);
  }
  return renumber(view, split);
}

/** Gives the pieces of split axes numbers of their own. `split[d][i]` holds the pieces of factor i of dimension d. */
function renumber(view: View, split: readonly (readonly (readonly Factor[])[])[]): View {
  const piecesOf = new Map<number, readonly Factor[]>();
  for (const pieces of split.flat())
    if (pieces.length > 0 && pieces[0].axis >= 0) piecesOf.set(pieces[0].axis, pieces);
  const first: number[] = [];
  const axes: number[] = [];
  view.axes.forEach((size, axis) => {
    first.push(axes.length);
    axes.push(...(piecesOf.get(axis)?.map((p) => p.size) ?? [size]));
  });
  const dims = split.map((dim) =>
    dim.flatMap((pieces) =>
      pieces.map((p, i) => ({ size: p.size, axis: p.axis < 0 ? -1 : first[p.axis] + i })),
    ),
  );
  return { tensor: view.tensor, axes, dims };
}

/** The same values in row-major order under another shape, or `undefined` where they would have to move. */
export function reshapeView(view: View, shape: readonly number[]): View | undefined {
  const flat = coalesce({ ...view, dims: [view.dims.flat()] });
  const boundaries = new Set<number>();
  let suffix = 1;
  for (const size of shape.toReversed()) boundaries.add((suffix *= size));
  const split = splitDims(flat, [boundaries]);
  if (split === undefined) return undefined;
  const rest = [...split.dims[0]];
  const dims: Factor[][] = [];
  for (const size of shape.toReversed()) {
    const dim: Factor[] = [];
    for (let have = 1; have < size;) {
      const f = rest.pop() as Factor;
      dim.unshift(f);
      have *= f.size;
    }
    dims.unshift(dim);
  }
  return coalesce({ ...split, dims });
}

/** Suffix products at which `factors` can be cut without splitting anything. */
export function boundariesOf(factors: readonly Factor[]): number[] {
  let suffix = 1;
  return factors.toReversed().map((f) => (suffix *= f.size));
}
