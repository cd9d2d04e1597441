/**
 * Networks of linear layers that commute with a permutation group, for any group (Ravanbakhsh et al. 2017; Maron et al.
 * 2019): a matrix commutes with the action iff it is constant on the orbits of index pairs, so each orbit o carries one
 * weight matrix for all its pairs (i, j):
 *
 *     h_l(i) = relu(sum over o of mean_{j: (i,j) in o} h_{l-1}(j) W_o + b_orbit(i)),
 *
 * then pooling over every orbit of points, hidden relu layers, a linear output: an invariant network. Taking means
 * instead of sums changes the parametrisation only. For cyclic:n a layer is a circular convolution with a full-length
 * filter; for symmetric:n there are two orbits, and the network is Deep Sets (Zaheer et al. 2017), which `deepSets`
 * computes without an n x n matrix.
 */

import { reject } from "../base/errors.ts";
import { lazy } from "../base/lazy.ts";
import { numpy as np } from "../engine/lower/jax.ts";
import type { PermutationGroup } from "../symmetry/groups.ts";
import { orbits, pairOrbits } from "../symmetry/orbits.ts";
import { circulantMix, isCirculant, spectralCost } from "./circulant.ts";
import { constant, fanInOf, meanOver, readout, readoutShapes, relu, requireSizes } from "./layers.ts";
import { plainEncoding, type Network } from "./network.ts";

/** Sizes of a network whose layers commute with a group. */
export interface EquivariantOptions {
  /** Numbers at a point. */
  readonly columns: number;
  /** Equivariant layers. */
  readonly layers: number;
  readonly width: number;
  readonly readoutLayers: number;
  readonly pool: "mean" | "sum";
}

/**
 * What a group decides: how neighbours are mixed and points told apart. Features lie with the points first, (n, batch,
 * f), so that a matrix over the points is one product with all of them.
 */
interface Equivariance {
  readonly architecture: Readonly<Record<string, string>>;
  readonly degree: number;
  /** Orbits on pairs. */
  readonly pairKinds: number;
  /** (n, batch, f), (pairKinds * f, w) -> (n, batch, w): the means over each orbit times its matrix, added up. */
  mix(h: np.Array, w: np.Array): np.Array;
  /** Orbits on points: (pointKinds, w) -> (n, 1, w) or (1, w). */
  readonly pointKinds: number;
  spread(bias: np.Array): np.Array;
  /** (n, batch, w) -> (batch, pointKinds * w). */
  pool(h: np.Array, kind: "mean" | "sum"): np.Array;
}

/** Largest product of pair orbits and degree: rows of the gathering matrix, or of shifts mixed by their spectrum. */
const GATHERED_LIMIT = 8192;
const SPECTRAL_LIMIT = 2 ** 20;

/** @throws InputError for a group with too many orbits on pairs */
export function groupLinear(group: PermutationGroup, options: EquivariantOptions): Network {
  return equivariantNetwork(ofGroup(group), options);
}

/** The same network for symmetric:n, by sums over all points. */
export function deepSets(degree: number, options: EquivariantOptions): Network {
  return equivariantNetwork(ofAllPermutations(degree), options);
}

function equivariantNetwork(of: Equivariance, options: EquivariantOptions): Network {
  requireSizes(String(of.architecture["network"]), options);
  const { columns, layers, width, readoutLayers, pool } = options;
  const { degree: n, pairKinds, pointKinds } = of;
  const weights: Record<string, readonly number[]> = {};
  for (let l = 1; l <= layers; l++) {
    weights[`layer${l}.w`] = [pairKinds * (l === 1 ? columns : width), width];
    weights[`layer${l}.b`] = [pointKinds, width];
  }
  Object.assign(weights, readoutShapes(pointKinds * width, readoutLayers, width));
  return {
    architecture: { ...of.architecture, columns, layers, width, readoutLayers, pool },
    inputs: { x: [n, columns] },
    weights,
    fanIn: fanInOf(weights),
    encode: plainEncoding,
    encodeTraced: (examples) => ({ x: examples.reshape([-1, n, columns]) }),
    forward(w, { x }) {
      let h = np.transpose(x, [1, 0, 2]);
      for (let l = 1; l <= layers; l++)
        h = relu(np.add(of.mix(h, w[`layer${l}.w`]), of.spread(w[`layer${l}.b`])));
      return readout(of.pool(h, pool), readoutLayers, w);
    },
  };
}

function ofGroup(group: PermutationGroup): Equivariance {
  const n = group.degree;
  const { count, labels } = pairOrbits(group.generators, n);
  const spectrum = isCirculant(labels, n) ? circulantMix(labels.subarray(0, n), count) : null;
  const limit = spectrum === null ? GATHERED_LIMIT : SPECTRAL_LIMIT;
  if (count * n > limit)
    reject({
      where: "student",
      what: `${group.name} has ${count} orbits on pairs of its ${n} points`,
      allowed: `orbits times points up to ${limit} for this network`,
      next: "take a smaller group or another student",
    });
  const gathering = lazy(() => gatheringMatrix(labels, n, count));
  const points = orbits(group.generators, n);
  const kinds = points.length;
  const membership = new Float32Array(n * kinds);
  for (const [o, orbit] of points.entries()) for (const i of orbit) membership[i * kinds + o] = 1;
  const pooling = (kind: "mean" | "sum"): Float32Array => {
    const matrix = new Float32Array(kinds * n);
    for (const [o, orbit] of points.entries())
      for (const i of orbit) matrix[o * n + i] = kind === "mean" ? 1 / orbit.length : 1;
    return matrix;
  };
  /** M h for a fixed row-major matrix M of n columns: (n, batch, w) -> (rows, batch, w). */
  const times = (data: Float32Array, h: np.Array): np.Array => {
    const [, batch, features] = h.shape;
    return np.matmul(np.array(data).reshape([-1, n]), h.reshape([n, -1])).reshape([-1, batch, features]);
  };
  return {
    architecture: { network: "group-linear", group: group.name },
    degree: n,
    pairKinds: count,
    mix(h, w) {
      const [, batch, from] = h.shape;
      const to = w.shape[1];
      const gathered = n * count > GATHERED_LIMIT ? Infinity : n * count * from * (n + to);
      if (spectrum !== null && spectralCost(n, from, to) < gathered) return spectrum(h, w);
      const means = times(gathering(), h).reshape([n, count, batch, from]);
      return np.matmul(np.transpose(means, [0, 2, 1, 3]).reshape([n, batch, count * from]), w);
    },
    pointKinds: kinds,
    spread: (bias) =>
      kinds === 1 ? bias : np.matmul(np.array(membership).reshape([n, kinds]), bias).reshape([n, 1, -1]),
    pool(h, kind) {
      const [, batch, features] = h.shape;
      return np.transpose(times(pooling(kind), h), [1, 0, 2]).reshape([batch, kinds * features]);
    },
  };
}

/** Row i * count + o: the mean over the j with (i, j) in orbit o. */
function gatheringMatrix(labels: ArrayLike<number>, n: number, count: number): Float32Array {
  const matrix = new Float32Array(n * count * n);
  for (let i = 0; i < n; i++) {
    const sizes = new Int32Array(count);
    for (let j = 0; j < n; j++) sizes[labels[i * n + j]]++;
    for (let j = 0; j < n; j++) {
      const o = labels[i * n + j];
      matrix[(i * count + o) * n + j] = 1 / sizes[o];
    }
  }
  return matrix;
}

function ofAllPermutations(n: number): Equivariance {
  return {
    architecture: { network: "deep-sets", degree: String(n) },
    degree: n,
    pairKinds: n === 1 ? 1 : 2,
    mix(h, w) {
      if (n === 1) return np.matmul(h, w);
      const all = np.sum(h.ref, 0, { keepdims: true });
      const others = all.sub(h.ref).mul(constant(1 / (n - 1), h.dtype));
      return np.matmul(np.concatenate([h, others], 2), w);
    },
    pointKinds: 1,
    spread: (bias) => bias,
    pool: (h, kind) => (kind === "mean" ? meanOver(h, 0) : np.sum(h, 0)),
  };
}
