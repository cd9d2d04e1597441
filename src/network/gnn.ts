/**
 * The graph network of the hardness results (Kiani et al. 2024): degrees as node features, message passing, a pooled
 * readout.
 *
 *     h_1 = relu(degree w + b),   h_l = relu(h_{l-1} W_self + A h_{l-1} W_neighbour + b),   pool over nodes,
 *     hidden relu layers, linear output.
 *
 * After the first layer the features of a node depend on its degree alone: there are as many distinct rows as degrees. The second
 * layer is one product of a label-free table (the degree of each node, how many neighbours of which degree) with these
 * few rows. That is the same function and, up to rounding, the same training; `distinctRows` chooses.
 */

import type { Samples } from "../distribution/law.ts";
import { numpy as np } from "../engine/jax.ts";
import { affine, fanInOf, meanOver, readout, readoutShapes, relu } from "./layers.ts";
import { reuse, type Encoded, type Network } from "./network.ts";

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
  /** `mean`: (deg - E deg) / sd, A h / E deg, mean pooling. `sum`: raw degrees, A h, sum pooling: integers stay exact. */
  readonly pool: "mean" | "sum";
  /** Whether to compute the second layer on distinct rows; chosen by operation count when absent. */
  readonly distinctRows?: boolean;
}

type Arrays = Record<string, np.Array>;

export function gnn(options: GnnOptions): Network {
  const { n, expectedDegree, degreeSd, layers, width, readoutLayers, pool } = options;
  const { largestDegree = n } = options;
  const mean = pool === "mean";
  // an edgeless or complete law has no spread; the feature is then constant anyway
  const feature = (degree: number): number => (mean ? (degree - expectedDegree) / (degreeSd || 1) : degree);
  const edge = mean ? 1 / (expectedDegree || 1) : 1;
  const distinct = options.distinctRows ?? 2 * largestDegree + 2 < 2 * width + n;

  const weights: Record<string, readonly number[]> = { "layer1.w": [width], "layer1.b": [width] };
  for (let l = 2; l <= layers; l++) {
    weights[`layer${l}.self`] = [width, width];
    weights[`layer${l}.neighbour`] = [width, width];
    weights[`layer${l}.b`] = [width];
  }
  Object.assign(weights, readoutShapes(width, readoutLayers, width));
  const poolNodes = (h: np.Array): np.Array => (mean ? meanOver(h, 1) : np.sum(h, 1));

  function further(first: np.Array, from: number, w: Arrays, adjacency: np.Array | undefined): np.Array {
    let h = first;
    for (let l = from; l <= layers; l++) {
      const near = np.matmul((adjacency as np.Array).ref, h.ref);
      const sum = np.add(np.matmul(h, w[`layer${l}.self`]), np.matmul(near, w[`layer${l}.neighbour`]));
      h = relu(np.add(sum, w[`layer${l}.b`]));
    }
    return readout(poolNodes(h), readoutLayers, w);
  }

  const shared = {
    architecture: { network: "gnn", n, layers, width, readoutLayers, pool },
    weights,
    // layer 1 reads one number, the degree; its matrix is written as a vector
    fanIn: { ...fanInOf(weights), "layer1.w": 1, "layer1.b": 1 },
  };

  if (!distinct)
    return {
      ...shared,
      inputs: { degree: [n], ...(layers > 1 ? { adjacency: [n, n] } : {}) },
      encode(samples, into) {
        const degree = degrees(samples, n, reuse(into, "degree", samples.count * n));
        for (let i = 0; i < degree.length; i++) degree[i] = feature(degree[i]);
        return { degree, ...(layers > 1 ? { adjacency: scaled(samples, edge, into) } : {}) };
      },
      forward(w, { degree, adjacency }) {
        const x = degree.reshape([-1, n, 1]);
        const h = relu(np.add(np.multiply(x, w["layer1.w"]), w["layer1.b"]));
        return further(h, 2, w, adjacency);
      },
    };

  const rows = largestDegree + 1;
  const columns = layers === 1 ? rows : 2 * rows;
  const values = Array.from({ length: rows }, (_, degree) => feature(degree));
  /** Features after layer 1 of a node of each degree, (rows, width). */
  const table = (w: Arrays): np.Array => {
    const { dtype } = w["layer1.w"];
    const x = np.array(values, { dtype, shape: [rows, 1] });
    return relu(np.add(np.multiply(x, w["layer1.w"]), w["layer1.b"]));
  };
  return {
    ...shared,
    inputs: {
      ...(layers === 1 ? { histogram: [rows] } : { profile: [n, columns] }),
      ...(layers > 2 ? { adjacency: [n, n] } : {}),
    },
    encode(samples, into): Encoded {
      const count = degrees(samples, n, new Float32Array(samples.count * n));
      requireDegrees(count, largestDegree);
      if (layers === 1) return { histogram: histogram(count, n, rows, mean ? 1 / n : 1, into) };
      const profile = profiles(samples, count, n, rows, edge, into);
      return { profile, ...(layers > 2 ? { adjacency: scaled(samples, edge, into) } : {}) };
    },
    forward(w, { histogram: pooled, profile, adjacency }) {
      const first = table(w);
      if (layers === 1) return readout(np.matmul(pooled, first), readoutLayers, w);
      // each node takes exactly one row of the first half, so the bias can be added there
      const distinctRows = np.concatenate([
        affine(first.ref, w["layer2.self"], w["layer2.b"]),
        np.matmul(first, w["layer2.neighbour"]),
      ]);
      return further(relu(np.matmul(profile, distinctRows)), 3, w, adjacency);
    },
  };
}

/** Row sums of the adjacency matrices. */
function degrees({ count, data }: Samples, n: number, out: Float32Array): Float32Array {
  for (let row = 0, at = 0; row < count * n; row++) {
    let sum = 0;
    for (const end = at + n; at < end; at++) sum += data[at];
    out[row] = sum;
  }
  return out;
}

/** A larger degree has no column of its own: it would be counted as another graph's node. */
function requireDegrees(degree: Float32Array, largest: number): void {
  for (const d of degree)
    if (!(d <= largest)) throw new RangeError(`a node has degree ${d}, above the largest of ${largest}`);
}

function scaled({ data }: Samples, edge: number, into: Encoded | undefined): Float32Array {
  const adjacency = reuse(into, "adjacency", data.length);
  for (let i = 0; i < data.length; i++) adjacency[i] = data[i] * edge;
  return adjacency;
}

/** How many nodes of each graph have each degree, times `weight`. */
function histogram(
  degree: Float32Array,
  n: number,
  rows: number,
  weight: number,
  into: Encoded | undefined,
): Float32Array {
  const out = reuse(into, "histogram", (degree.length / n) * rows).fill(0);
  for (let node = 0; node < degree.length; node++) out[Math.floor(node / n) * rows + degree[node]] += weight;
  return out;
}

/** Per node the indicator of its degree, then how many neighbours have each degree, times `edge`. */
function profiles(
  { count, data }: Samples,
  degree: Float32Array,
  n: number,
  rows: number,
  edge: number,
  into: Encoded | undefined,
): Float32Array {
  const out = reuse(into, "profile", count * n * 2 * rows).fill(0);
  const of = Uint16Array.from(degree);
  const joined = data instanceof Uint8Array ? data : Uint8Array.from(data);
  if (n <= 32) {
    fillByMasks(out, of, joined, n, rows, edge);
    return out;
  }
  const near = new Int32Array(rows);
  for (let node = 0, at = 0, to = 0; node < count * n; node++, to += 2 * rows) {
    out[to + of[node]] = 1;
    const graph = node - (node % n);
    near.fill(0);
    // No branch on the edges: whether two nodes are joined is random, and a missed guess costs more than the sum.
    for (let other = graph; other < graph + n; other++, at++) near[of[other]] += joined[at];
    for (let d = 0; d < rows; d++) out[to + rows + d] = near[d] * edge;
  }
  return out;
}

/**
 * The same for up to 32 nodes: a node's neighbours are one word, and so are the nodes of each degree in the graph, so a
 * count is the number of ones two words share. Only the degrees that occur are looked at.
 */
function fillByMasks(
  out: Float32Array,
  degree: Uint16Array,
  edges: Uint8Array,
  n: number,
  rows: number,
  edge: number,
): void {
  const nodesOf = new Int32Array(rows);
  const occurring = new Int32Array(n);
  for (let first = 0, at = 0, to = 0; first < degree.length; first += n) {
    let kinds = 0;
    for (let i = 0; i < n; i++) {
      const d = degree[first + i];
      if (nodesOf[d] === 0) occurring[kinds++] = d;
      nodesOf[d] |= 1 << i;
    }
    for (let i = 0; i < n; i++, to += 2 * rows) {
      let neighbours = 0;
      for (let j = 0; j < n; j++, at++) neighbours |= edges[at] << j;
      out[to + degree[first + i]] = 1;
      for (let k = 0; k < kinds; k++) {
        const d = occurring[k];
        out[to + rows + d] = ones(neighbours & nodesOf[d]) * edge;
      }
    }
    for (let k = 0; k < kinds; k++) nodesOf[occurring[k]] = 0;
  }
}

/** Number of ones of a word. */
function ones(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
