/** The certifier's half of deep networks: a search on inputs of its own, then a sample that the members never saw. */

import { encodeFloats } from "../base/base64.ts";
import { reject } from "../base/errors.ts";
import type { Progress } from "../base/progress.ts";
import { foldIn, normals, permutation, type Key } from "../base/random.ts";
import { mean } from "../base/statistics.ts";
import type { numpy as np } from "../engine/lower/jax.ts";
import { totalSize } from "../engine/train/flat.ts";
import { createPredictor, type Predictor } from "../engine/train/predictor.ts";
import type { Network } from "../network/network.ts";
import { largestEigenvalue } from "../numeric/eigenvalue-bounds.ts";
import { roundings } from "../numeric/rounding.ts";
import type { Cost } from "../base/cost.ts";
import { failure } from "./concentration.ts";
import type { LipschitzEvidence } from "./evidence.ts";
import {
  layeredOf,
  layeredMembers,
  matrixSize,
  randomLayered,
  searchKey,
  weightsOf,
  type Layered,
} from "./layered.ts";
import { layeredNetwork, squaredStretch } from "./layered-network.ts";
import { lipschitzConstant, mapsNorms } from "./lipschitz.ts";
import type { NetworkValues } from "./params.ts";
import { leastVariance, sampleBlock as block, sampleKey, startInputs } from "./sample-key.ts";
import { sampledSearch } from "./sampled-search.ts";

/** How long a search is, and how large the sample. */
export interface SampledOptions {
  readonly seed: number;
  readonly steps: number;
  readonly samples: number;
}

/** Inputs that the search runs through, and those of each of the two batches of a step. */
const searchInputs = 2 ** 14;
const batch = 256;
/** What 32-bit floats may err by, relative to the values' norms, with room. */
const margin = 1e-5;

export async function* lipschitzEvidence(
  values: NetworkValues,
  { seed, steps, samples }: SampledOptions,
): AsyncGenerator<Progress, LipschitzEvidence> {
  const layered = layeredOf(values, seed);
  const network = layeredNetwork(layered);
  const random = randomLayered(layered, values.members, seed);
  const start = yield* startDimension(network, membersIn(random, weightsOf(layered)), { seed, samples });
  const weights = yield* searched(layered, network, random, { seed, steps, samples });
  return yield* evidenceOf(layered, network, weights, { seed, steps, samples, start });
}

const membersIn = (weights: Float32Array, size: number): Float32Array[] =>
  Array.from({ length: weights.length / size }, (_, i) => weights.subarray(i * size, (i + 1) * size));

/** Of random weights, on the first inputs of the sample. */
async function* startDimension(
  network: Network,
  members: readonly Float32Array[],
  { seed, samples }: Pick<SampledOptions, "seed" | "samples">,
): AsyncGenerator<Progress, number> {
  const predictor = createPredictor({ network });
  const count = startInputs(samples);
  const values = members.map(() => new Float32Array(count));
  try {
    for (let from = 0, b = 0; from < count; from += block, b++) {
      const inputs = { x: inputsOf(network, foldIn(sampleKey(seed), b), block) };
      for (const [i, weights] of members.entries())
        values[i].set(await predictor.predict(weights, inputs, Math.min(block, count - from)), from);
      yield { what: "random weights", done: from, total: count };
    }
  } finally {
    await predictor.dispose();
  }
  const matrix = correlations(values);
  const { lower, upper } = largestEigenvalue(matrix, members.length, { entryError: roundings(count) });
  return (2 * members.length) / (Math.min(lower, upper) + upper);
}

/** The evidence of the members that are stated, without the search. */
export async function* lipschitzAgain(
  values: NetworkValues,
  evidence: LipschitzEvidence,
): AsyncGenerator<Progress, LipschitzEvidence> {
  const layered = layeredOf(values, evidence.seed);
  const weights = layeredMembers(layered, values.members, evidence.members);
  return yield* evidenceOf(layered, layeredNetwork(layered), weights, evidence);
}

/** Members that are hard to tell apart on the search's inputs, of mean 0 and norm 1 there by their output layer. */
async function* searched(
  layered: Layered,
  network: Network,
  start: Float32Array,
  { seed, steps, samples }: SampledOptions,
): AsyncGenerator<Progress, Float32Array> {
  const size = totalSize(network.weights);
  const members = start.length / size;
  const key = searchKey(layered, members, seed);
  const inputs = { x: inputsOf(network, foldIn(key, "inputs"), searchInputs) };
  const found =
    steps === 0
      ? start
      : yield* sampledSearch({
          network,
          start,
          members,
          steps,
          batch,
          inputs,
          stretch: priceOf(layered, samples),
          order: (epoch) => permutation(foldIn(key, `order ${epoch}`), searchInputs),
        });
  const predictor = createPredictor({ network });
  try {
    for (const [i, own] of membersIn(found, size).entries())
      standardise(own, network, await predictor.predict(own, inputs, searchInputs), i);
  } finally {
    await predictor.dispose();
  }
  return found;
}

/** What the limit on lambda pays for a member's Lipschitz constant L: 2 ln(2/failure) L^2 / N. */
function priceOf(layered: Layered, samples: number): (weights: np.Array) => np.Array {
  const each = (2 * Math.log(2 / failure)) / samples;
  const gains = mapsNorms(layered).map((norm, l) => norm * norm * (l === 0 ? each : 1));
  return squaredStretch(layered, gains);
}

/** Standard normal inputs, an example after the other. */
const inputsOf = ({ inputs }: Network, key: Key, count: number): Float32Array =>
  normals(key, new Float32Array(count * totalSize(inputs)));

/** Of values on as many inputs, row-major; 0 of a member that is constant there. */
function correlations(values: readonly Float32Array[]): Float64Array {
  const units = values.map((own) => {
    const middle = mean(own);
    const centred = Float64Array.from(own, (x) => x - middle);
    const square = innerProduct(centred, centred);
    const known = square > leastVariance * middle * middle * own.length;
    return centred.map((x) => (known ? x / Math.sqrt(square) : 0));
  });
  return Float64Array.from({ length: units.length ** 2 }, (_, at) =>
    innerProduct(units[Math.floor(at / units.length)], units[at % units.length]),
  );
}

/** Changes the output layer, which lies last: its matrix, then its bias. */
function standardise(weights: Float32Array, network: Network, values: Float32Array, member: number): void {
  const middle = mean(values);
  const norm = Math.sqrt(values.reduce((sum, x) => sum + (x - middle) ** 2, 0) / values.length);
  if (!(norm > 1e-6 && norm < 1e6))
    reject({
      where: `member ${member}`,
      what: "is constant, or not finite",
      next: "take another seed, fewer steps or a wider network",
    });
  const from = weights.length - 1 - network.weights["out.w"][0];
  for (let k = from; k < weights.length - 1; k++) weights[k] /= norm;
  weights[weights.length - 1] = (weights[weights.length - 1] - middle) / norm;
}

async function* evidenceOf(
  layered: Layered,
  network: Network,
  weights: Float32Array,
  { seed, steps, samples, start }: SampledOptions & Pick<LipschitzEvidence, "start">,
): AsyncGenerator<Progress, LipschitzEvidence> {
  const own = membersIn(weights, weightsOf(layered));
  const members = own.length;
  const predictor = createPredictor({ network });
  try {
    const gram = yield* sampleGram(network, predictor, own, sampleKey(seed), samples);
    const trace = own.reduce((sum, _, i) => sum + gram[i * members + i], 0);
    const entryError = trace * roundings(samples + 8);
    const { upper } = largestEigenvalue(gram, members, { entryError });
    return {
      kind: "lipschitz",
      seed,
      steps,
      start,
      members: encodeFloats(weights),
      samples,
      lipschitz: own.map((w) => lipschitzConstant(layered, w)),
      lambda: upper + margin * trace,
      meanSquare: trace * (1 - margin),
    };
  } finally {
    await predictor.dispose();
  }
}

/** (1/N) sum_x v(x) v(x)^T over the sample. */
async function* sampleGram(
  network: Network,
  predictor: Predictor,
  members: readonly Float32Array[],
  key: Key,
  samples: number,
): AsyncGenerator<Progress, Float64Array> {
  const order = members.length;
  const gram = new Float64Array(order * order);
  for (let from = 0, b = 0; from < samples; from += block, b++) {
    const count = Math.min(block, samples - from);
    const inputs = { x: inputsOf(network, foldIn(key, b), block) };
    const values: Float32Array[] = [];
    for (const weights of members) values.push(await predictor.predict(weights, inputs, count));
    for (let i = 0; i < order; i++)
      for (let j = 0; j <= i; j++) gram[i * order + j] += innerProduct(values[i], values[j]);
    yield { what: "members on the sample", done: from + count, total: samples };
  }
  for (let i = 0; i < order; i++)
    for (let j = 0; j <= i; j++) gram[j * order + i] = gram[i * order + j] /= samples;
  return gram;
}

function innerProduct(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let sum = 0;
  for (let s = 0; s < x.length; s++) sum += x[s] * y[s];
  return sum;
}

/** Products of a member on one input, with those of its maps. */
export const productsOf = ({ layers }: Layered): number =>
  layers.reduce((sum, layer) => {
    const read = layer.maps.reduce((s, map) => s + map.reduce((t, parts) => t + parts.length, 0), 0);
    return sum + layer.maps[0].length * (matrixSize(layer) + layer.outputs) + read * layer.inputs;
  }, 0);

/** A search's steps go forward on two batches and back again, three times as much. */
export function lipschitzCost(values: NetworkValues, { seed, steps, samples }: SampledOptions): Cost {
  const layered = layeredOf(values, seed);
  const each = values.members * productsOf(layered);
  return {
    seconds: each * (steps * 6 * batch + samples) * 1e-9 + 5,
    bytes: 4 * values.members * block * 64 + 100e6,
  };
}
