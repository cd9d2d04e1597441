/**
 * A multilayer perceptron averaged over a frame (Puny et al. 2022): invariant under the group, whatever its weights.
 *
 *     h_1(g) = relu(W_1 (g^-1 X) + b_1),   h_l(g) = relu(W_l h_{l-1}(g) + b_l)   for g in F(X), weights shared over g,
 *     pool over the frame,   hidden relu layers,   linear output.
 *
 * The transformed inputs are label-free, so they are written once when a batch is encoded. With a cyclic group and the
 * whole group as the frame it is the one-layer convolutional network with full-length filters over all columns, 1 x 1
 * layers and average pooling.
 */

import { reject } from "../base/errors.ts";
import { numpy as np } from "../engine/jax.ts";
import { frameOf, type FrameId } from "../symmetry/frames.ts";
import type { PermutationGroup } from "../symmetry/groups.ts";
import type { Permutation } from "../symmetry/permutation.ts";
import { affine, fanInOf, meanOver, readout, readoutShapes, relu } from "./layers.ts";
import { reuse, type Network } from "./network.ts";

export interface FrameAveragedOptions {
  readonly group: PermutationGroup;
  readonly frame: FrameId;
  /** Columns of an example, which has shape (degree of the group, columns); `sort-abs` is defined for one. */
  readonly columns: number;
  /** Layers on every transformed input, before pooling. */
  readonly layers: number;
  readonly width: number;
  /** Hidden layers after pooling; 0 leaves a linear output. */
  readonly readoutLayers: number;
  readonly pool: "mean" | "sum";
}

/** Most numbers an encoded example may hold: 0.25 GiB for a thousand examples. */
export const ENCODED_LIMIT = 65_536;

/** @throws InputError for a group whose transformed inputs are too many to hold */
export function frameAveraged(options: FrameAveragedOptions): Network {
  const { group, frame: id, columns, layers, width, readoutLayers, pool } = options;
  const n = group.degree;
  const inputs = n * columns;
  const size = id === "reynolds" ? group.order() : 1n;
  if (size * BigInt(inputs) > BigInt(ENCODED_LIMIT))
    reject({
      where: "group",
      what: `${group.name} makes ${size} transformed inputs of ${inputs} entries of every example`,
      allowed: `at most ${ENCODED_LIMIT} numbers for this network`,
      next: "take a smaller group or another student",
    });
  const count = Number(size);
  const frame = frameOf(id, group);

  const weights: Record<string, readonly number[]> = {};
  for (let l = 1; l <= layers; l++) {
    weights[`layer${l}.w`] = [l === 1 ? inputs : width, width];
    weights[`layer${l}.b`] = [width];
  }
  Object.assign(weights, readoutShapes(width, readoutLayers, width));
  return {
    architecture: { network: "frame-averaged", group: group.name, frame: id, columns, layers, width, readoutLayers, pool }, // prettier-ignore
    inputs: { moved: [count, inputs] },
    weights,
    fanIn: fanInOf(weights),
    encode({ count: examples, data }, into) {
      const moved = reuse(into, "moved", examples * count * inputs);
      for (let e = 0, at = 0; e < examples; e++) {
        const base = e * inputs;
        const elements = frame.elements(data.subarray(base, base + inputs));
        // a frame by |x| has one element unless values tie, which happens with probability 0: then any of them will do
        for (let g = 0; g < count; g++, at += inputs) moveRows(elements[g], data, base, columns, moved, at);
      }
      return { moved };
    },
    forward(w, { moved }) {
      let h = moved;
      for (let l = 1; l <= layers; l++) h = relu(affine(h, w[`layer${l}.w`], w[`layer${l}.b`]));
      return readout(pool === "mean" ? meanOver(h, 1) : np.sum(h, 1), readoutLayers, w);
    },
  };
}

/** g^-1 X: row i of the result is row g(i). */
function moveRows(
  g: Permutation,
  data: ArrayLike<number>,
  base: number,
  columns: number,
  out: Float32Array,
  at: number,
): void {
  if (columns === 1) {
    for (let i = 0; i < g.length; i++) out[at + i] = data[base + g[i]];
    return;
  }
  for (let i = 0; i < g.length; i++)
    for (let c = 0; c < columns; c++) out[at + i * columns + c] = data[base + g[i] * columns + c];
}

export interface TeacherUnits {
  /** Rows of n * columns entries: what each unit computes is relu(row . (g^-1 X)). */
  readonly rows: readonly Float64Array[];
  /** The output is the sum over the frame's mean of units times these. */
  readonly coefficients: ArrayLike<number>;
}

/** Most units of a teacher. */
export const TEACHER_UNITS_LIMIT = 100_000;

/**
 * mean over the frame of sum_u coefficients[u] relu(rows[u] . g^-1 X) as weights of the network: further layers copy the units,
 * on which relu is the identity.
 * @throws InputError where the width cannot hold the units
 */
export function frameAveragedTeacher(
  network: Pick<Network, "weights">,
  { rows, coefficients }: TeacherUnits,
  scale: number,
): Record<string, Float32Array> {
  const [inputs, width] = network.weights["layer1.w"];
  requireTeacherWidth(rows.length, width);
  const weights = Object.fromEntries(
    Object.entries(network.weights).map(([name, shape]) => [
      name,
      name !== "layer1.w" && name !== "out.w" && name.endsWith(".w")
        ? identityMatrix(width)
        : new Float32Array(shape.reduce((a, b) => a * b, 1)),
    ]),
  );
  rows.forEach((row, u) => {
    for (let i = 0; i < inputs; i++) weights["layer1.w"][i * width + u] = row[i];
    weights["out.w"][u] = coefficients[u] * scale;
  });
  return weights;
}

/** @throws InputError where the width cannot hold the units, or they are too many for any */
export function requireTeacherWidth(units: number, width: number): void {
  if (units > TEACHER_UNITS_LIMIT)
    reject({
      where: "init",
      what: `the target has ${units} hidden units`,
      allowed: `at most ${TEACHER_UNITS_LIMIT} as weights`,
    });
  if (width < units)
    reject({
      where: "width",
      what: `${width} units cannot hold the target's weights`,
      allowed: `at least ${units}`,
    });
}

function identityMatrix(width: number): Float32Array {
  const matrix = new Float32Array(width * width);
  for (let i = 0; i < width; i++) matrix[i * width + i] = 1;
  return matrix;
}
