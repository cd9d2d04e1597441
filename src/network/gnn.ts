/**
 * The graph network of the hardness results (Kiani et al. 2024): degrees as node features, message passing, a pooled
 * readout.
 *
 *     h_1 = relu(degree w + b),   h_l = relu(h_{l-1} W_self + A h_{l-1} W_neighbour + b),   pool over nodes,
 *     hidden relu layers, linear output.
 *
 * After the first layer the features of a node depend on its degree alone: there are as many distinct rows as degrees.
 * The second layer is one product of a label-free table (the degree of each node, how many neighbours of which degree)
 * with these few rows. That is the same function and, up to rounding, the same training; `distinctRows` chooses.
 */

import { lazy } from "../base/lazy.ts";
import { range } from "../base/range.ts";
import { degreesOf } from "../distribution/erdos-renyi.ts";
import { rowsOf } from "../distribution/samples.ts";
import { numpy as np } from "../engine/lower/jax.ts";
import { profileWriter } from "./degree-profile.ts";
import { degreeFeature, graphInput, scaledAdjacency } from "./graph-input.ts";
import { affine, fanInOf, meanOver, readout, readoutShapes, relu, requireSizes } from "./layers.ts";
import { reuse, type Encoded, type Network } from "./network.ts";

/** Sizes of the network, and the law of the degrees that its input is standardised by. */
export interface GnnOptions {
  readonly n: number;
  readonly expectedDegree: number;
  readonly degreeSd: number;
  /** Largest degree a node can have: n - 1, or n (the default) where loops are allowed. */
  readonly largestDegree?: number;
  /** Message-passing layers, the one on degrees included. */
  readonly layers: number;
  readonly width: number;
  readonly readoutLayers: number;
  /**
   * `mean`: (deg - E deg) / sd, A h / E deg, mean pooling. `sum`: raw degrees, A h, sum pooling: integers stay exact.
   */
  readonly pool: "mean" | "sum";
  /** Whether to compute the second layer on distinct rows; chosen by operation count when absent. */
  readonly distinctRows?: boolean;
}

type Arrays = Record<string, np.Array>;

/**
 * The graph network on degrees, of undirected and directed graphs on n nodes as bit rows.
 * @throws InputError for sizes out of range
 */
export function gnn(options: GnnOptions): Network {
  requireSizes("gnn", options);
  const { n, layers, width, readoutLayers, pool, largestDegree = n } = options;
  const distinct = options.distinctRows ?? 2 * largestDegree + 2 < 2 * width + n;
  const weights: Record<string, readonly number[]> = { "layer1.w": [width], "layer1.b": [width] };
  for (let l = 2; l <= layers; l++) {
    weights[`layer${l}.self`] = [width, width];
    weights[`layer${l}.neighbour`] = [width, width];
    weights[`layer${l}.b`] = [width];
  }
  Object.assign(weights, readoutShapes(width, readoutLayers, width));
  return {
    architecture: { network: "gnn", n, layers, width, readoutLayers, pool },
    weights,
    // layer 1 reads one number, the degree; its matrix is written as a vector
    fanIn: { ...fanInOf(weights), "layer1.w": 1, "layer1.b": 1 },
    ...(distinct ? onDistinctRows(options, largestDegree) : onNodes(options)),
  };
}

/** What a way of computing the network consists of. */
type Computation = Pick<Network, "inputs" | "encode" | "encodeTraced" | "forward">;

/** The first layer, of the degrees' features x, (..., 1). */
const firstLayer = (x: np.Array, w: Arrays): np.Array =>
  relu(np.add(np.multiply(x, w["layer1.w"]), w["layer1.b"]));

/** The layers from `from` on, of features (batch, n, width), and the readout. */
function further(
  { layers, readoutLayers, pool }: GnnOptions,
  features: np.Array,
  from: number,
  w: Arrays,
  sum: (h: np.Array) => np.Array,
): np.Array {
  let h = features;
  for (let l = from; l <= layers; l++) {
    const near = sum(h.ref);
    const both = np.add(np.matmul(h, w[`layer${l}.self`]), np.matmul(near, w[`layer${l}.neighbour`]));
    h = relu(np.add(both, w[`layer${l}.b`]));
  }
  return readout(pool === "mean" ? meanOver(h, 1) : np.sum(h, 1), readoutLayers, w);
}

function onNodes(options: GnnOptions): Computation {
  const { inputs, encode, encodeTraced, start, sum } = graphInput(options, options.pool, options.layers > 1);
  return {
    inputs,
    encode,
    encodeTraced,
    forward: (w, given) => further(options, firstLayer(start(given), w), 2, w, (h) => sum(h, given)),
  };
}

/** The table of degrees of adjacency matrices (batch, n, n), as a function that can be traced. */
function tracedProfiles(
  examples: np.Array,
  { n, layers, pool }: GnnOptions,
  { rows, edge }: { readonly rows: number; readonly edge: number },
): Arrays {
  const degree = np.sum(examples.ref, 2).reshape([-1, n, 1]);
  const { dtype } = degree;
  const degrees = range(rows);
  const known = np.array(degrees, { dtype, shape: [1, 1, rows] });
  const own = np.where(np.equal(degree, known), np.array(1, { dtype }), np.array(0, { dtype }));
  if (layers === 1) {
    examples.dispose();
    return { histogram: np.multiply(np.sum(own, 1), pool === "mean" ? 1 / n : 1) };
  }
  const scaled = np.multiply(examples, edge);
  const profile = np.concatenate([own.ref, np.matmul(layers > 2 ? scaled.ref : scaled, own)], 2);
  return { profile, ...(layers > 2 ? { adjacency: scaled } : {}) };
}

function onDistinctRows(options: GnnOptions, largestDegree: number): Computation {
  const { n, expectedDegree, layers, readoutLayers, pool } = options;
  const mean = pool === "mean";
  const feature = degreeFeature(options, pool);
  const edge = mean ? 1 / (expectedDegree || 1) : 1;
  const rows = largestDegree + 1;
  const columns = layers === 1 ? rows : 2 * rows;
  const writeProfiles = lazy(() => profileWriter(n, rows, edge));
  const values = Array.from({ length: rows }, (_, degree) => feature(degree));
  return {
    inputs: {
      ...(layers === 1 ? { histogram: [rows] } : { profile: [n, columns] }),
      ...(layers > 2 ? { adjacency: [n, n] } : {}),
    },
    encode(samples, into): Encoded {
      const degree = degreesOf(samples);
      requireDegrees(degree, largestDegree);
      if (layers === 1) return { histogram: histogram(degree, n, rows, mean ? 1 / n : 1, into) };
      const profile = reuse(into, "profile", degree.length * columns);
      writeProfiles()(rowsOf(samples), degree, profile);
      return { profile, ...(layers > 2 ? { adjacency: scaledAdjacency(samples, edge, into) } : {}) };
    },
    encodeTraced: (examples) => tracedProfiles(examples, options, { rows, edge }),
    forward(w, { histogram: pooled, profile, adjacency }) {
      const { dtype } = w["layer1.w"];
      const first = firstLayer(np.array(values, { dtype, shape: [rows, 1] }), w); // a row a degree
      if (layers === 1) return readout(np.matmul(pooled, first), readoutLayers, w);
      // each node takes exactly one row of the first half, so the bias can be added there
      const distinctRows = np.concatenate([
        affine(first.ref, w["layer2.self"], w["layer2.b"]),
        np.matmul(first, w["layer2.neighbour"]),
      ]);
      const second = relu(np.matmul(profile, distinctRows));
      return further(options, second, 3, w, (h) => np.matmul(adjacency.ref, h));
    },
  };
}

/** A larger degree has no column of its own: it would be counted as another graph's node. */
function requireDegrees(degree: Uint16Array, largest: number): void {
  let most = 0;
  for (let node = 0; node < degree.length; node++) most = Math.max(most, degree[node]);
  if (most > largest) throw new RangeError(`a node has degree ${most}, above the largest of ${largest}`);
}

/** How many nodes of each graph have each degree, times `weight`. */
function histogram(
  degree: Uint16Array,
  n: number,
  rows: number,
  weight: number,
  into: Encoded | undefined,
): Float32Array {
  const out = reuse(into, "histogram", (degree.length / n) * rows).fill(0);
  for (let node = 0; node < degree.length; node++) out[Math.floor(node / n) * rows + degree[node]] += weight;
  return out;
}
