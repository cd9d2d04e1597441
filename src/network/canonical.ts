/**
 * A perceptron on canonical graphs (Lin, Helwig, Gui, Ji 2024: a minimal frame of the symmetric group). All elements of
 * the frame bring a graph without node features to the same matrix, so that the average over it is one pass:
 *
 *     h_1 = relu(W_1 c(A) + b_1), ..., linear output,   c(A) the n(n-1)/2 entries of the canonical form.
 *
 * Exactly invariant under renaming of the nodes, whatever the weights, and as discontinuous as canonical forms are: an
 * edge more may change every entry.
 */

import { reject } from "../base/errors.ts";
import { wordsOf } from "../distribution/bit-rows.ts";
import { rowsOf } from "../distribution/samples.ts";
import { canonicalForm, mostNodes } from "../symmetry/graph-frame.ts";
import { featureMlp } from "./feature-mlp.ts";
import type { Features } from "./features.ts";
import type { Network } from "./network.ts";

/** Sizes of the network, of undirected graphs on n nodes. */
export interface CanonicalOptions {
  readonly n: number;
  /** Hidden relu layers. */
  readonly layers: number;
  readonly width: number;
}

/**
 * The perceptron on canonical forms; encoding refuses graphs so regular that the search for theirs is too long.
 * @throws InputError for more nodes than the search takes
 */
export function canonicalMlp({ n, layers, width }: CanonicalOptions): Network {
  if (n > mostNodes)
    reject({ where: "student", what: `canonical forms on ${n} nodes`, allowed: `at most ${mostNodes}` });
  const size = (n * (n - 1)) / 2;
  const words = wordsOf(n);
  // a search has no form as a pure function of arrays
  const features: Features = {
    size,
    write(samples, out) {
      const bits = rowsOf(samples);
      const graph = new Int32Array(n);
      for (let g = 0, at = 0; g < samples.count; g++) {
        graph.fill(0);
        for (let i = 0; i < n; i++)
          for (let w = 0; w < words; w++) graph[i] |= bits[(g * n + i) * words + w] << (16 * w);
        const { rows } = canonicalForm(graph);
        for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) out[at++] = (rows[i] >>> j) & 1;
      }
    },
  };
  return featureMlp(features, { layers, width }, { network: "canonical", n });
}
