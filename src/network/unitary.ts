/**
 * The separable unitary graph convolution (Kiani, Fesser, Weber 2024). With A^ = D^-1/2 A D^-1/2, symmetric and of norm
 * at most 1, and features of which half the columns are real and half imaginary parts,
 *
 *     h <- GroupSort(exp(i A^) h exp(K) + b),   K = (W - W^T)/2,   GroupSort(x, y) = (max(x, y), min(x, y)),
 *
 * x and y the halves of the columns. All but the bias keeps the norm of h, and the linear part commutes with A^: depth
 * neither shrinks features nor makes nodes alike. That the rotation of the columns is itself an exponential is our
 * choice, by scaling and squaring. On graphs without node features the first layer reads the degree; there and on given
 * features its matrix is a free one. Pool over nodes after the last layer, hidden relu layers, linear output.
 */

import { range } from "../base/range.ts";
import type { Samples } from "../distribution/law.ts";
import { numpy as np } from "../engine/lower/jax.ts";
import { groupSort, halves, requireHalves } from "./group-sort.ts";
import { adjacencyOf, tracedNormalised } from "./normalised-adjacency.ts";
import { graphInput, type DrawnGraphs, type FixedGraph } from "./graph-input.ts";
import { constant, fanInOf, meanOver, readout, readoutShapes, requireSizes, type Sizes } from "./layers.ts";
import { reuse, type Encoded, type Network } from "./network.ts";
import { exponentials, normalised } from "./unitary-convolution.ts";

/** Graphs that are drawn, undirected, or features over a fixed one; `layers` counts that on degrees. */
export type UnitaryOptions = (DrawnGraphs | FixedGraph) & Sizes;

type Arrays = Record<string, np.Array>;

/** Pairs of terms of cos and sin, of a matrix of norm at most 1: what is left out is below 1e-11. */
const PAIRS = 6;
/** Terms of exp(K / 2^SQUARINGS), squared so often: to rounding for |K| up to 2^SQUARINGS, ten times that at first. */
const TERMS = 10;
const SQUARINGS = 5;

/**
 * The network of separable unitary convolutions, of drawn graphs or of features over a fixed one.
 * @throws InputError for sizes out of range, and an odd width
 */
export function unitary(options: UnitaryOptions): Network {
  requireSizes("unitary", options);
  const { n, layers, width, readoutLayers, pool } = options;
  requireHalves(width);
  const input = graphInput(options, pool, false);
  const convolves = (l: number): boolean => l > 1 || !input.summed;

  const weights: Record<string, readonly number[]> = {};
  for (let l = 1; l <= layers; l++) {
    weights[`layer${l}.w`] = [l === 1 ? input.features : width, width];
    weights[`layer${l}.b`] = [width];
  }
  Object.assign(weights, readoutShapes(width, readoutLayers, width));

  const drawn = !("adjacency" in options) && layers > 1;
  const waves = "adjacency" in options ? wavesOf(options.adjacency, n, 1) : null;
  const wavesFor = ({ cosine, sine }: Arrays, { dtype }: np.Array): [np.Array, np.Array] => {
    if (waves === null) return [cosine.ref, sine.ref];
    const of = (data: Float32Array): np.Array => np.array(Array.from(data), { dtype, shape: [n, n] });
    return [of(waves.cosine), of(waves.sine)];
  };
  return {
    architecture: { network: "unitary", n, features: input.features, layers, width, readoutLayers, pool },
    inputs: { ...input.inputs, ...(drawn ? { cosine: [n, n], sine: [n, n] } : {}) },
    weights,
    fanIn: fanInOf(weights),
    encode: (samples, into) => ({
      ...input.encode(samples, into),
      ...(drawn ? encodedWaves(samples, n, into) : {}),
    }),
    encodeTraced: (examples) => ({
      ...input.encodeTraced(drawn ? examples.ref : examples),
      ...(drawn ? tracedWaves(examples, n) : {}),
    }),
    forward(w, inputs) {
      let h = input.start(inputs);
      for (let l = 1; l <= layers; l++) {
        const matrix = w[`layer${l}.w`];
        h = np.matmul(h, l === 1 ? matrix : rotation(matrix, width));
        if (convolves(l)) h = propagated(h, ...wavesFor(inputs, h));
        h = groupSort(np.add(h, w[`layer${l}.b`]));
      }
      return readout(pool === "mean" ? meanOver(h, 1) : np.sum(h, 1), readoutLayers, w);
    },
  };
}

/** exp(i A^) of features (batch, n, width), given by its parts, (batch, n, n) or (n, n); all are consumed. */
function propagated(h: np.Array, cosine: np.Array, sine: np.Array): np.Array {
  const [re, im] = halves(h.ref);
  const turned = np.concatenate([np.negative(im), re], 2);
  return np.add(onNodes(cosine, h), onNodes(sine, turned));
}

/** A symmetric matrix of the nodes times features; a shared one stands on the right: on the left none is broadcast. */
const onNodes = (matrix: np.Array, h: np.Array): np.Array =>
  matrix.shape.length === 3
    ? np.matmul(matrix, h)
    : np.transpose(np.matmul(np.transpose(h, [0, 2, 1]), matrix), [0, 2, 1]);

/** exp((W - W^T)/2), (width, width). */
function rotation(w: np.Array, width: number): np.Array {
  const { dtype } = w;
  const skew = np.subtract(w.ref, np.transpose(w)).mul(constant(1 / 2 ** (SQUARINGS + 1), dtype));
  let out = np.eye(width, width, { dtype });
  for (let t = TERMS; t >= 1; t--) {
    const next = np.matmul(t === 1 ? skew : skew.ref, out).mul(constant(1 / t, dtype));
    out = np.add(np.eye(width, width, { dtype }), next);
  }
  for (let s = 0; s < SQUARINGS; s++) out = np.matmul(out.ref, out);
  return out;
}

/** cos A^ and sin A^ of symmetric adjacency matrices (graphs x n x n) of 0 and 1, one after the other. */
function wavesOf(
  adjacency: ArrayLike<number>,
  n: number,
  graphs: number,
  into?: Encoded,
): Record<"cosine" | "sine", Float32Array> {
  const size = n * n;
  const [cosine, sine] = [reuse(into, "cosine", graphs * size), reuse(into, "sine", graphs * size)];
  const write = exponentials(n);
  const [data, c, s] = range(3).map(() => new Float64Array(size));
  for (let g = 0; g < graphs; g++) {
    for (let at = 0; at < size; at++) data[at] = adjacency[g * size + at];
    write(normalised({ columns: n, data }), c, s);
    cosine.set(c, g * size);
    sine.set(s, g * size);
  }
  return { cosine, sine };
}

function encodedWaves(samples: Samples, n: number, into: Encoded | undefined): Encoded {
  return wavesOf(adjacencyOf(samples, n), n, samples.count, into);
}

/** The same of adjacency matrices (batch, n, n), as a function that can be traced. Consumes the reference. */
function tracedWaves(adjacency: np.Array, n: number): Arrays {
  const { dtype } = adjacency;
  const a = tracedNormalised(adjacency, n);
  const squared = np.matmul(a.ref, a.ref);
  const one = (): np.Array => np.eye(n, n, { dtype }).reshape([1, n, n]);
  const series = (p: number, of: np.Array): np.Array => {
    let sum = one();
    for (let t = PAIRS - 1; t >= 0; t--) {
      const step = t === PAIRS - 1 ? of.ref : np.matmul(of.ref, sum);
      sum = np.subtract(one(), step.mul(constant(1 / ((2 * t + p) * (2 * t + p + 1)), dtype)));
    }
    of.dispose();
    return sum;
  };
  return { cosine: series(1, squared.ref), sine: np.matmul(a, series(2, squared)) };
}
