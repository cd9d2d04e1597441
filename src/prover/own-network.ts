/**
 * Networks of any architecture on inputs of one's own: searched by gradient descent, then certified on these inputs as
 * functions that are given by their values. How to read and trust the result: docs/your-network-class.md.
 */

import * as z from "zod/mini";
import { reject } from "../base/errors.ts";
import { firstAbove } from "../base/first-above.ts";
import { runSteps } from "../base/progress.ts";
import { foldIn, keyFor, permutation, stream, type Key } from "../base/random.ts";
import { integer, parseWith } from "../base/schema.ts";
import type { Samples } from "../distribution/law.ts";
import { pack, totalSize, unpack } from "../engine/train/flat.ts";
import { createPredictor } from "../engine/train/predictor.ts";
import { initialise } from "../network/initialise.ts";
import type { Network, Weights } from "../network/network.ts";
import type { Certificate, CertifyOptions } from "../query/certificate.ts";
import { certifyLabels } from "../query/own-class/class-of-your-own.ts";
import type { Labels } from "../query/own-class/labels.ts";
import { sampledSearch } from "./sampled-search.ts";

/** What is searched, and for how long. */
export interface NetworkSearch extends Pick<CertifyOptions, "tau" | "rho" | "onProgress"> {
  /** Networks that are searched, 2 to 2000; default 64. No dimension is above their number. */
  readonly members?: number;
  /** Gradient steps; default 400. */
  readonly steps?: number;
  /** Inputs of each of the two batches of a step; default 256, or half of what there is. */
  readonly batch?: number;
  /** Default 0. */
  readonly seed?: number;
  /** Of the inputs, all above 0; default: all alike. */
  readonly probabilities?: Float64Array;
}

const searchSchema = z.object({
  members: integer(2, 2000),
  steps: integer(0, 1_000_000),
  batch: integer(1, 1_000_000),
  seed: integer(0, Number.MAX_SAFE_INTEGER),
});

/** Networks that were found to be hard to tell apart on the inputs, and the proof. */
export interface FoundNetworks {
  /** Of `labels` under the uniform law on the inputs' numbers: `verify(certificate, { labels })` checks it. */
  readonly certificate: Certificate;
  /**
   * The members' values, a row a member, each less its mean and divided by its norm, as its output layer could do. Of
   * N inputs that are not equally likely each value is multiplied by sqrt(N times its input's probability): products
   * under the uniform law are then those of the members under their own.
   */
  readonly labels: Labels;
  /** The members' weights. */
  readonly weights: readonly Weights[];
  /** Steps, and the dimension of the random weights and of those that were found. */
  readonly search: { readonly steps: number; readonly start: number; readonly end: number };
}

/**
 * Searches networks that are hard to tell apart on the given inputs and certifies how many queries their learners need,
 * under the uniform law on these inputs, or under the probabilities given.
 * @param network one of the library's, or one's own: shapes of its weights, their fan-in, encoding and forward pass
 * @param inputs at least two; the certificate speaks of no others
 * @throws InputError for options out of range, and for a network that is constant on the inputs
 */
export async function certifyNetwork(
  network: Network,
  inputs: Samples,
  options: NetworkSearch = {},
): Promise<FoundNetworks> {
  const { tau, rho, onProgress, probabilities, ...given } = options;
  const half = Math.max(1, Math.floor(inputs.count / 2));
  const preset = { members: 64, steps: 400, batch: Math.min(256, half), seed: 0 };
  const { members, steps, batch, seed } = parseWith(searchSchema, { ...preset, ...given });
  if (2 * batch > inputs.count)
    reject({
      where: "batch",
      what: `two of ${batch} are more than ${inputs.count} inputs`,
      allowed: `at most ${half}`,
    });
  const law = probabilities === undefined ? undefined : lawOf(probabilities, inputs.count);
  const ordered = law === undefined ? (own: Key) => permutation(own, inputs.count) : drawer(law);
  const key = keyFor("own networks", network.architecture, members, seed);
  const random = randomWeights(network, members, key);
  const encoded = network.encode(inputs);
  const before = await valuesOf(network, random, encoded, inputs.count, law);
  const searching = sampledSearch({
    network,
    start: random,
    members,
    steps,
    batch,
    inputs: encoded,
    order: (epoch) => ordered(foldIn(key, `inputs ${epoch}`)),
  });
  const found = await runSteps(searching, ({ done, total, what }) => onProgress?.(done / total, what));
  const labels = await valuesOf(network, found, encoded, inputs.count, law);
  const asked = {
    ...(tau === undefined ? {} : { tau }),
    ...(rho === undefined ? {} : { rho }),
    law: "uniform" as const,
  };
  const certificate = await certifyLabels(labels, asked);
  const dimensionOf = ({ dimension }: Certificate): number => Number(dimension.spectral);
  const size = totalSize(network.weights);
  return {
    certificate,
    labels,
    weights: Array.from({ length: members }, (_, i) =>
      unpack(network.weights, found.subarray(i * size, (i + 1) * size)),
    ),
    search: { steps, start: dimensionOf(await certifyLabels(before, asked)), end: dimensionOf(certificate) },
  };
}

/** @throws InputError unless there is a probability above 0 for each input, 1 in all */
function lawOf(probabilities: Float64Array, count: number): Float64Array {
  const sum = probabilities.reduce((a, b) => a + b, 0);
  if (probabilities.length !== count || !probabilities.every((p) => p > 0) || Math.abs(sum - 1) > 1e-9)
    reject({
      where: "probabilities",
      what: `${probabilities.length} of ${count} inputs that add up to ${sum}`,
      allowed: "one above 0 an input, 1 in all",
    });
  return probabilities;
}

/** Draws as many inputs as there are, one by one: two batches of them are independent. */
function drawer(law: Float64Array): (key: Key) => Int32Array {
  const upTo = law.slice();
  for (let i = 1; i < upTo.length; i++) upTo[i] += upTo[i - 1];
  return (key) => {
    const { uniform } = stream(key);
    return Int32Array.from(law, () => Math.min(law.length - 1, firstAbove(upTo, uniform())));
  };
}

/** He's initial weights of every member, one after the other. */
function randomWeights(network: Network, members: number, key: Key): Float32Array {
  const size = totalSize(network.weights);
  const all = new Float32Array(members * size);
  for (let i = 0; i < members; i++)
    pack(network.weights, initialise(network, foldIn(key, i)), all.subarray(i * size, (i + 1) * size));
  return all;
}

/** Values on all inputs, of mean 0 and norm 1 under their law, and multiplied as `FoundNetworks` says. */
async function valuesOf(
  network: Network,
  weights: Float32Array,
  encoded: Readonly<Record<string, Float32Array>>,
  count: number,
  law: Float64Array | undefined,
): Promise<Labels> {
  const size = totalSize(network.weights);
  const functions = weights.length / size;
  const values = new Float64Array(functions * count);
  const predictor = createPredictor({ network });
  try {
    for (let i = 0; i < functions; i++) {
      const own = await predictor.predict(weights.subarray(i * size, (i + 1) * size), encoded, count);
      values.set(standardised(own, i, law), i * count);
    }
  } finally {
    await predictor.dispose();
  }
  return { functions, samples: count, values };
}

function standardised(values: Float32Array, member: number, law: Float64Array | undefined): Float64Array {
  const count = values.length;
  /** How often an input counts: 1 under the uniform law. */
  const times = (s: number): number => (law === undefined ? 1 : count * law[s]);
  const mean = values.reduce((sum, x, s) => sum + times(s) * x, 0) / count;
  const centred = Float64Array.from(values, (x) => x - mean);
  const norm = Math.sqrt(centred.reduce((sum, x, s) => sum + times(s) * x * x, 0) / count);
  if (!(norm > 0 && norm < Infinity))
    reject({
      where: `network ${member}`,
      what: "is constant on the inputs, or not finite",
      next: "take another seed, fewer steps or a wider network",
    });
  return centred.map((x, s) => (x / norm) * Math.sqrt(times(s)));
}
