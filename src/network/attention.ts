/**
 * The graph attention network (Velickovic et al. 2018, equations 1 to 5). A head weighs the nodes j that node i sees,
 * its neighbours and itself, by a softmax over them:
 *
 *     z = h W,   e_ij = LeakyReLU(left . z_i + right . z_j),   a_ij = exp(e_ij) / sum over seen k of exp(e_ik),
 *     h_i <- relu(sum over seen j of a_ij z_j + b),
 *
 * heads side by side, pool over nodes after the last layer, hidden relu layers, linear output. The weights a_ij of a
 * node add up to 1, so that a layer sees shares of neighbours and not how many there are. On graphs without node
 * features the first layer therefore reads the degree, as that of the other graph networks does, and attention begins
 * with the second. Brody et al. 2022 weigh by a vector for each pair of nodes, which takes `width` times the memory.
 */

import { reject } from "../base/errors.ts";
import { lax, numpy as np } from "../engine/lower/jax.ts";
import { graphInput, type DrawnGraphs, type FixedGraph } from "./graph-input.ts";
import {
  affine,
  constant,
  fanInOf,
  meanOver,
  readout,
  readoutShapes,
  relu,
  requireSizes,
  type Sizes,
} from "./layers.ts";
import type { Network } from "./network.ts";

/** Graphs that are drawn, or features over a fixed one; `layers` are those above, the one on degrees included. */
export type AttentionOptions = (DrawnGraphs | FixedGraph) &
  Sizes & {
    /** Share the width among them; by default the greatest divisor of it up to 8, which is the paper's number. */
    readonly heads?: number;
  };

/** The paper's slope of LeakyReLU below 0. */
const slope = 0.2;

/** Arrays of heads x n x n that a step holds at once for each layer: 11 to 14 were measured. */
const heldArrays = 13;

/**
 * The graph attention network, of drawn graphs or of features over a fixed one.
 * @throws InputError for sizes out of range, or heads that do not divide the width
 */
export function attention(options: AttentionOptions): Network {
  requireSizes("attention", options);
  const { n, layers, width, readoutLayers, pool } = options;
  const { heads = mostHeads(width) } = options;
  if (!Number.isSafeInteger(heads) || heads < 1 || width % heads !== 0)
    reject({ where: "attention", what: `${heads} heads`, allowed: `a divisor of the width ${width}` });
  const units = width / heads;
  const input = graphInput(options, pool, layers > 1);
  const attends = (l: number): boolean => l > 1 || !input.summed;

  const matrices: Record<string, readonly number[]> = {};
  const vectors: Record<string, readonly number[]> = {};
  for (let l = 1; l <= layers; l++) {
    matrices[`layer${l}.w`] = [l === 1 ? input.features : width, width];
    matrices[`layer${l}.b`] = [width];
    if (!attends(l)) continue;
    vectors[`layer${l}.left`] = [heads, units];
    vectors[`layer${l}.right`] = [heads, units];
  }
  Object.assign(matrices, readoutShapes(width, readoutLayers, width));

  const attend = attentionOver(n, heads, units);
  return {
    architecture: {
      network: "attention",
      n,
      features: input.features,
      layers,
      width,
      heads,
      readoutLayers,
      pool,
    },
    inputs: input.inputs,
    held: heldArrays * heads * n * n * (input.summed ? layers - 1 : layers),
    weights: { ...matrices, ...vectors },
    first: ["layer1.w", "layer1.b"],
    // what enters a score: a head's units of two nodes
    fanIn: {
      ...fanInOf(matrices),
      ...Object.fromEntries(Object.keys(vectors).map((name) => [name, 2 * units])),
    },
    encode: input.encode,
    encodeTraced: input.encodeTraced,
    forward(w, inputs) {
      const { dtype } = w["out.b"];
      let h = input.start(inputs);
      for (let l = 1; l <= layers; l++) {
        const [matrix, bias] = [w[`layer${l}.w`], w[`layer${l}.b`]];
        if (!attends(l)) h = relu(affine(h, matrix, bias));
        else {
          const unseen = input.unseen(inputs, dtype).reshape([-1, 1, n, n]);
          const mean = attend(np.matmul(h, matrix), w[`layer${l}.left`], w[`layer${l}.right`], unseen);
          h = relu(np.add(mean, bias));
        }
      }
      return readout(pool === "mean" ? meanOver(h, 1) : np.sum(h, 1), readoutLayers, w);
    },
  };
}

/** A layer's weighted means of z = h W, of shape (batch, n, width); the arguments are consumed. */
function attentionOver(n: number, heads: number, units: number) {
  const width = heads * units;
  // 1 where a unit belongs to a head, (width, heads)
  const ofHead = Array.from({ length: width * heads }, (_, at) =>
    Math.floor(Math.floor(at / heads) / units) === at % heads ? 1 : 0,
  );
  /** The product of each node's units with its heads' vectors: (batch, heads, n). */
  function scores(z: np.Array, vectors: np.Array): np.Array {
    const own = np.array(ofHead, { dtype: z.dtype, shape: [width, heads] });
    const matrix = np.multiply(vectors.reshape([width, 1]), own);
    return np.transpose(np.matmul(z, matrix), [0, 2, 1]);
  }

  return (z: np.Array, left: np.Array, right: np.Array, unseen: np.Array): np.Array => {
    const { dtype } = z;
    const own = scores(z.ref, left).reshape([-1, heads, n, 1]);
    const others = scores(z.ref, right).reshape([-1, heads, 1, n]);
    const e = np.add(leakyRelu(np.add(own, others)), unseen);
    // the largest exponent is then 0: none overflows, and no sum is 0
    const largest = lax.stopGradient(np.max(e.ref, 3, { keepdims: true }));
    const share = np.exp(np.subtract(e, largest));
    const total = np.sum(share.ref, 3, { keepdims: true });
    const parts = np.transpose(z.reshape([-1, n, heads, units]), [0, 2, 1, 3]);
    // dividing afterwards saves a pass over n x n
    const mixed = np.multiply(np.matmul(share, parts), np.divide(constant(1, dtype), total));
    return np.transpose(mixed, [0, 2, 1, 3]).reshape([-1, n, width]);
  };
}

function mostHeads(width: number): number {
  let heads = 8;
  while (width % heads !== 0) heads--;
  return heads;
}

/** x where x > 0, else `slope` x. Written with relu, which costs less than a choice forward and backward. */
function leakyRelu(x: np.Array): np.Array {
  const { dtype } = x;
  const positive = relu(x.ref).mul(constant(1 - slope, dtype));
  return np.add(x.mul(constant(slope, dtype)), positive);
}
