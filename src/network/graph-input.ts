/**
 * What graph networks read: the degrees of the nodes of a graph drawn anew each time, or node features over one fixed
 * graph. With mean pooling A is divided by the mean degree and degrees are standardised; with sum pooling both are as
 * they are.
 */

import { unpackRows } from "../distribution/bit-rows.ts";
import { degreesOf } from "../distribution/erdos-renyi.ts";
import type { Samples } from "../distribution/law.ts";
import { rowsOf, sizeOf } from "../distribution/samples.ts";
import { numpy as np, type DType } from "../engine/lower/jax.ts";
import type { Pooling } from "./layers.ts";
import { reuse, type Encoded, type Network, type Shapes } from "./network.ts";

/** Each example is a graph without node features. */
export interface DrawnGraphs {
  readonly n: number;
  readonly expectedDegree: number;
  readonly degreeSd: number;
}

/** Each example is n x features numbers, over a graph that stays. */
export interface FixedGraph {
  readonly n: number;
  readonly features: number;
  /** Row-major n x n of 0 and 1, symmetric. */
  readonly adjacency: Uint8Array;
}

type Arrays = Record<string, np.Array>;

export interface GraphInput {
  /** Numbers a node starts with. */
  readonly features: number;
  /** Whether they are sums over neighbours already, as degrees are of a constant. */
  readonly summed: boolean;
  readonly inputs: Shapes;
  readonly encode: Network["encode"];
  readonly encodeTraced: NonNullable<Network["encodeTraced"]>;
  /** What the nodes start with, (batch, n, features). */
  start(inputs: Arrays): np.Array;
  /** A h of features (batch, n, width), consumed. */
  sum(h: np.Array, inputs: Arrays): np.Array;
  /** 0 where j is node i or a neighbour of it, else so low that exp is 0: (batch or 1, n, n). */
  unseen(inputs: Arrays, type: DType): np.Array;
}

/** Far below any score, and so near that adding it loses no sign. */
const low = -1e9;

/** @param messages whether layers after the first, or the first itself, sum over neighbours: graphs are then encoded */
export const graphInput = (graphs: DrawnGraphs | FixedGraph, pool: Pooling, messages: boolean): GraphInput =>
  "adjacency" in graphs ? fixedInput(graphs, pool) : drawnInput(graphs, pool, messages);

function drawnInput(graphs: DrawnGraphs, pool: Pooling, messages: boolean): GraphInput {
  const { n, expectedDegree } = graphs;
  const feature = degreeFeature(graphs, pool);
  const edge = pool === "mean" ? 1 / (expectedDegree || 1) : 1;
  return {
    features: 1,
    summed: true,
    inputs: { degree: [n], ...(messages ? { adjacency: [n, n] } : {}) },
    encode(samples, into) {
      const degree = reuse(into, "degree", samples.count * n);
      const count = degreesOf(samples);
      for (let i = 0; i < degree.length; i++) degree[i] = feature(count[i]);
      return { degree, ...(messages ? { adjacency: scaledAdjacency(samples, edge, into) } : {}) };
    },
    encodeTraced(examples) {
      const degree = standardisedDegrees(messages ? examples.ref : examples, graphs, pool);
      return { degree, ...(messages ? { adjacency: np.multiply(examples, edge) } : {}) };
    },
    start: ({ degree }) => degree.reshape([-1, n, 1]),
    sum: (h, { adjacency }) => np.matmul(adjacency.ref, h),
    unseen({ adjacency }, dtype) {
      const seen = np.add(adjacency.ref, np.eye(n, n, { dtype }));
      return np.where(np.greater(seen, 0), np.array(0, { dtype }), np.array(low, { dtype }));
    },
  };
}

function fixedInput({ n, features, adjacency }: FixedGraph, pool: Pooling): GraphInput {
  const sum = sumOver(adjacency, n, edgeWeight(adjacency, n, pool));
  const unseen = Array.from(adjacency, (x, at) => (x > 0 || at % (n + 1) === 0 ? 0 : low));
  return {
    features,
    summed: false,
    inputs: { features: [n, features] },
    encode(samples, into) {
      const out = reuse(into, "features", samples.data.length);
      out.set(samples.data);
      return { features: out };
    },
    encodeTraced: (examples) => ({ features: examples }),
    start: ({ features: x }) => x,
    sum,
    unseen: (_, dtype) => np.array(unseen, { dtype, shape: [1, n, n] }),
  };
}

/** The number a node of that degree starts with. */
export function degreeFeature(
  { expectedDegree, degreeSd }: DrawnGraphs,
  pool: Pooling,
): (degree: number) => number {
  // an edgeless or complete law has no spread; the feature is then constant anyway
  return pool === "mean" ? (degree) => (degree - expectedDegree) / (degreeSd || 1) : (degree) => degree;
}

/** What nodes start with, (batch, n), of adjacency matrices (batch, n, n). Consumes the reference. */
function standardisedDegrees(
  adjacency: np.Array,
  { expectedDegree, degreeSd }: DrawnGraphs,
  pool: Pooling,
): np.Array {
  const degree = np.sum(adjacency, 2);
  return pool === "mean" ? np.divide(np.subtract(degree, expectedDegree), degreeSd || 1) : degree;
}

/** The adjacency matrices of the examples, times `edge`. */
export function scaledAdjacency(samples: Samples, edge: number, into: Encoded | undefined): Float32Array {
  const adjacency = reuse(into, "adjacency", samples.count * sizeOf(samples));
  return unpackRows(rowsOf(samples), samples.shape[0], adjacency, edge);
}

/** What a fixed A is multiplied by: 1 over its mean degree with mean pooling. */
export function edgeWeight(adjacency: Uint8Array, n: number, pool: Pooling): number {
  return pool === "mean" ? n / adjacency.reduce((a, b) => a + b, 0) : 1;
}

/**
 * A h times `edge` for every example. A is symmetric and stands on the right: a matrix on the left of a batch is not
 * broadcast.
 */
export function sumOver(adjacency: Uint8Array, n: number, edge: number): (h: np.Array) => np.Array {
  const scaled = Array.from(adjacency, (x) => x * edge);
  return (h) => {
    const matrix = np.array(scaled, { dtype: h.dtype, shape: [n, n] });
    return np.transpose(np.matmul(np.transpose(h, [0, 2, 1]), matrix), [0, 2, 1]);
  };
}
