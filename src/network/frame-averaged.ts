/**
 * A multilayer perceptron averaged over a frame (Puny et al. 2022): invariant under the group, whatever its weights.
 *
 *     h_1(g) = relu(W_1 (g^-1 X) + b_1),   h_l(g) = relu(W_l h_{l-1}(g) + b_l)   for g in F(X), weights shared over g,
 *     pool over the frame,   hidden relu layers,   linear output.
 *
 * With a cyclic group and the whole group as the frame it is the one-layer convolutional network with full-length
 * filters over all columns, 1 x 1 layers and average pooling.
 *
 * Values lie features first, then group elements, then examples. A gradient of weights is then a product of two
 * matrices read along their rows; examples first, it would have to transpose one of them, and takes 1.4 times as long.
 * A last feature is 1 throughout and makes the biases a row of each layer's matrix: neither adding them nor their
 * gradients take passes of their own.
 */

import { reject } from "../base/errors.ts";
import { product } from "../base/product.ts";
import { numpy as np } from "../engine/lower/jax.ts";
import { frameOf, type FrameId } from "../symmetry/frames.ts";
import type { PermutationGroup } from "../symmetry/groups.ts";
import type { Permutation } from "../symmetry/permutation.ts";
import { fanInOf, meanOver, readout, readoutShapes, relu, requireSizes } from "./layers.ts";
import { reuse, type Network } from "./network.ts";

/** The group with its frame, and sizes of the network that is averaged over it. */
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

/** Most numbers the transformed inputs of an example may hold: 0.25 GiB for a thousand examples. */
const MOVED_LIMIT = 65_536;

/** How many elements a frame has, but for ties. */
export const frameSize = (frame: FrameId, group: PermutationGroup): bigint =>
  frame === "reynolds" ? group.order() : 1n;

/** @throws InputError where the transformed inputs are too many to hold */
function sizeOfFrame(frame: FrameId, group: PermutationGroup, inputs: number): number {
  const size = frameSize(frame, group);
  if (size * BigInt(inputs) > BigInt(MOVED_LIMIT))
    reject({
      where: "group",
      what: `${group.name} makes ${size} transformed inputs of ${inputs} entries of every example`,
      allowed: `at most ${MOVED_LIMIT} numbers for this network`,
      next: "take a smaller group or another student",
    });
  return Number(size);
}

/** @throws InputError for a group whose transformed inputs are too many to hold */
export function frameAveraged(options: FrameAveragedOptions): Network {
  requireSizes("frameAveraged", options);
  const { group, frame: id, columns, layers, width, readoutLayers, pool } = options;
  const n = group.degree;
  const inputs = n * columns;
  const count = sizeOfFrame(id, group, inputs);
  const frame = frameOf(id, group);
  // a frame of the whole group is the same for every example; the entry after the last is the 1 of the biases
  const sources = id === "reynolds" ? new Int32Array((inputs + 1) * count).fill(inputs) : null;
  sources?.set(sourcesOf(frame.elements([]), columns));

  const weights: Record<string, readonly number[]> = {};
  for (let l = 1; l <= layers; l++) {
    weights[`layer${l}.w`] = [l === 1 ? inputs : width, width];
    weights[`layer${l}.b`] = [width];
  }
  Object.assign(weights, readoutShapes(width, readoutLayers, width));
  return {
    architecture: {
      network: "frame-averaged",
      group: group.name,
      frame: id,
      columns,
      layers,
      width,
      readoutLayers,
      pool,
    },
    inputs: { x: [inputs] },
    expanded: count * inputs,
    weights,
    fanIn: fanInOf(weights),
    encode({ count: examples, data }, into) {
      const x = reuse(into, "x", examples * inputs);
      if (sources !== null) x.set(data);
      else
        for (let at = 0; at < x.length; at += inputs) {
          // a frame by |x| has one element unless values tie, which happens with probability 0: then any of them will
          // do
          const [g] = frame.elements(data.subarray(at, at + inputs));
          sourcesOf([g], columns).forEach((source, i) => (x[at + i] = data[at + source]));
        }
      return { x };
    },
    // sorting by |x| has no form as a pure function of arrays here
    ...(sources === null ? {} : { encodeTraced: (raw: np.Array) => ({ x: raw.reshape([-1, inputs]) }) }),
    forward(w, { x }) {
      const [examples] = x.shape;
      const { dtype } = x;
      let h = np.concatenate([np.transpose(x), np.ones([1, examples], { dtype })]);
      if (sources !== null) h = np.take(h, np.array(sources), 0).reshape([inputs + 1, -1]);
      for (let l = 1; l <= layers; l++) {
        const matrix = np.concatenate([w[`layer${l}.w`], w[`layer${l}.b`].reshape([1, width])]);
        h = relu(np.matmul(np.transpose(l < layers ? keepingOne(matrix) : matrix), h));
      }
      const parts = h.reshape([width, count, -1]);
      return readout(np.transpose(pool === "mean" ? meanOver(parts, 1) : np.sum(parts, 1)), readoutLayers, w);
    },
  };
}

/** `matrix` with a further column that copies the last feature, the 1. */
function keepingOne(matrix: np.Array): np.Array {
  const [rows] = matrix.shape;
  const last = Array.from({ length: rows }, (_, i) => Number(i === rows - 1));
  return np.concatenate([matrix, np.array(last, { dtype: matrix.dtype, shape: [rows, 1] })], 1);
}

/**
 * At i * elements.length + g: which entry of X, an array of rows, is entry i of g^-1 X. Row i of g^-1 X is row g(i) of
 * X.
 */
function sourcesOf(elements: readonly Permutation[], columns: number): Int32Array {
  const sources = new Int32Array(elements.length * elements[0].length * columns);
  for (const [e, g] of elements.entries())
    for (let i = 0; i < g.length; i++)
      for (let c = 0; c < columns; c++) sources[(i * columns + c) * elements.length + e] = g[i] * columns + c;
  return sources;
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
 * mean over the frame of sum_u coefficients[u] relu(rows[u] . g^-1 X) as weights of the network: further layers copy
 * the units, on which relu is the identity.
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
        : new Float32Array(product(shape)),
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
