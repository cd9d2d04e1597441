/**
 * Deep networks by a verifier: the weights are read from the document, their Lipschitz constants proved again, the
 * sample drawn again and summed in 64 bits; then four times as many inputs by the system's secure randomness, on which
 * the claim has to be at most the limit of confidence 0.99. Members that were fitted to the certificate's sample, or
 * chosen among many for it, do not pass that.
 */

import { foldIn, normals, secretKey, type Key } from "../base/random.ts";
import type { Progress } from "../base/progress.ts";
import { provesAtLeast, provesAtMost } from "../numeric/eigenvalue-proofs.ts";
import { roundings } from "../numeric/rounding.ts";
import type { Cost } from "../base/cost.ts";
import type { Check, Verdict } from "../query/certifier.ts";
import { dimensionLimit, failure, freshFailure, freshTimes, type SampleShown } from "./concentration.ts";
import type { LipschitzEvidence } from "./evidence.ts";
import { layeredMembers, layeredOf, matrixSize, randomLayered, weightsOf, type Layered } from "./layered.ts";
import type { NetworkValues } from "./params.ts";
import { plainMember, plainValue, type PlainMember } from "./plain-layered.ts";
import { leastVariance, sampleBlock, sampleKey, startInputs } from "./sample-key.ts";

export function lipschitzVerifierCost(values: NetworkValues, { seed, samples }: LipschitzEvidence): Cost {
  const { layers } = layeredOf(values, seed);
  const products = layers.reduce(
    (sum, layer) =>
      sum +
      layer.maps[0].length * (matrixSize(layer) + 10 * layer.outputs) +
      layer.maps.flat().reduce((s, parts) => s + parts.length * layer.inputs, 0),
    0,
  );
  const inputs = (1 + freshTimes) * samples;
  return {
    seconds: inputs * values.members * (2.5e-9 * products + 1e-9 * values.members + 1e-6),
    bytes: 1e8,
  };
}

export function* checkLipschitz(
  values: NetworkValues,
  evidence: LipschitzEvidence,
): Generator<Progress, Verdict> {
  const { samples, lipschitz, lambda, meanSquare, seed } = evidence;
  const layered = layeredOf(values, seed);
  const size = weightsOf(layered);
  const weights = layeredMembers(layered, values.members, evidence.members);
  const members = Array.from({ length: values.members }, (_, i) =>
    plainMember(layered, weights.subarray(i * size, (i + 1) * size)),
  );
  const checks = [constantsCheck(members, lipschitz), yield* startCheck(values, layered, evidence)];
  if (checks.some((c) => !c.ok)) return { route: "Lipschitz constants from the weights", checks };
  const all = (1 + freshTimes) * samples;
  const same = shownBy(yield* gramOn(members, layered, sampleKey(seed), samples, { from: 0, all }), samples);
  checks.push(
    {
      name: "eigenvalue on the sample",
      ok: provesAtMost(same.gram, lambda),
      detail: `at most ${lambda} is claimed`,
    },
    {
      name: "trace on the sample",
      ok: meanSquare <= same.meanSquare,
      detail: `at least ${meanSquare} is claimed, ${same.meanSquare} is found`,
    },
  );
  if (checks.some((c) => !c.ok))
    return { route: "Lipschitz constants from the weights, the sample again", checks };
  const key = secretKey();
  const many = freshTimes * samples;
  const fresh = shownBy(yield* gramOn(members, layered, key, many, { from: samples, all }), many);
  const claimed = dimensionLimit(evidence, lipschitz, failure);
  const own = members.map((member) => member.lipschitz);
  const shown: SampleShown = { samples: many, lambda: fresh.lambda, meanSquare: fresh.meanSquare };
  const limit = dimensionLimit(shown, own, freshFailure);
  checks.push({
    name: "fresh sample",
    ok: claimed <= limit,
    detail: `key ${key.join(",")}: at least ${limit} by ${many} inputs, ${claimed} is claimed`,
  });
  return {
    route: `Lipschitz constants from the weights, the sample again, and ${many} fresh inputs`,
    checks,
  };
}

/** How closely the start's dimension is to be stated, as it was found in 32 bits. */
const closeness = 1e-3;

/** The random weights again, on the sample's first inputs. */
function* startCheck(
  { members }: NetworkValues,
  layered: Layered,
  { seed, samples, start }: LipschitzEvidence,
): Generator<Progress, Check> {
  const [size, count] = [weightsOf(layered), startInputs(samples)];
  const random = randomLayered(layered, members, seed);
  const all = Array.from({ length: members }, (_, i) =>
    plainMember(layered, random.subarray(i * size, (i + 1) * size)),
  );
  const means = new Float64Array(members);
  const { entries } = yield* gramOn(all, layered, sampleKey(seed), count, { from: 0, all: count }, means);
  const covariance = (i: number, j: number): number => entries[i * members + j] - means[i] * means[j];
  const deviations = means.map((mean, i) => {
    const variance = covariance(i, i);
    return variance > leastVariance * mean * mean ? Math.sqrt(variance) : Infinity;
  });
  const correlations = entries.map((_, at) => {
    const [i, j] = [Math.floor(at / members), at % members];
    return covariance(i, j) / (deviations[i] * deviations[j]);
  });
  const gram = { entries: correlations, order: members, errorNorm: 1e-6 * closeness * members };
  const lambda = members / start;
  const ok = provesAtMost(gram, lambda * (1 + closeness)) && provesAtLeast(gram, lambda * (1 - closeness));
  return {
    name: "start of the search",
    ok,
    detail: `${start} is claimed of the seed's random weights, which ${ok ? "is" : "is not"} what is found`,
  };
}

/** Inputs drawn block by block, in 32 bits, as the certificate's are. */
function* inputsOf(key: Key, count: number, each: number): Generator<{ at: number; input: Float64Array }> {
  for (let from = 0, b = 0; from < count; from += sampleBlock, b++) {
    const inputs = normals(foldIn(key, b), new Float32Array(sampleBlock * each));
    for (let s = 0; s < Math.min(sampleBlock, count - from); s++)
      yield { at: from + s, input: Float64Array.from(inputs.subarray(s * each, (s + 1) * each)) };
  }
}

function constantsCheck(members: readonly PlainMember[], claimed: readonly number[]): Check {
  const wrong = members.findIndex(({ lipschitz }, i) => !(lipschitz <= claimed[i]));
  const found = members[wrong]?.lipschitz;
  return {
    name: "Lipschitz constants",
    ok: claimed.length === members.length && wrong < 0,
    detail:
      wrong < 0
        ? "each at least the product of its layers' norms"
        : `${claimed[wrong]} is claimed of member ${wrong}, its layers' norms have the product ${found}`,
  };
}

interface SummedGram {
  readonly entries: Float64Array;
  /** Bound on the root of the mean of sum_i (what roundings changed f_i by)^2. */
  readonly doubt: number;
}

/** Mean of v(x) v(x)^T over inputs drawn block by block. @param means zeros, to which the means of v are added */
function* gramOn(
  members: readonly PlainMember[],
  { points, features }: Layered,
  key: Key,
  samples: number,
  of: { from: number; all: number },
  means?: Float64Array,
): Generator<Progress, SummedGram> {
  const order = members.length;
  const each = points * features;
  const entries = new Float64Array(order * order);
  const values = new Float64Array(order);
  let doubts = 0;
  for (const { at, input } of inputsOf(key, samples, each)) {
    for (let i = 0; i < order; i++) {
      const { value, doubt } = plainValue(members[i], input);
      values[i] = value;
      doubts += doubt * doubt;
      if (means !== undefined) means[i] += value / samples;
    }
    for (let i = 0; i < order; i++)
      for (let j = 0; j <= i; j++) entries[i * order + j] += values[i] * values[j];
    if (at % sampleBlock === 0) yield { what: "members on samples", done: of.from + at, total: of.all };
  }
  for (let i = 0; i < order; i++)
    for (let j = 0; j <= i; j++) entries[j * order + i] = entries[i * order + j] /= samples;
  return { entries, doubt: Math.sqrt(doubts / samples) };
}

/** What a sample shows, roundings accounted for: both roots move by the doubt at most. */
function shownBy({ entries, doubt }: SummedGram, samples: number) {
  const order = Math.sqrt(entries.length);
  let trace = 0;
  for (let i = 0; i < order; i++) trace += entries[i * order + i];
  const sums = trace * roundings(samples + 8);
  const gram = { entries, order, errorNorm: sums + 2 * doubt * Math.sqrt(trace) + doubt * doubt };
  const meanSquare = Math.max(0, Math.sqrt(Math.max(0, trace - sums)) - doubt) ** 2;
  return { gram, meanSquare, lambda: provedEigenvalue(gram, trace) };
}

/** An upper bound within a part in 10^4: halved between what is not proved and what is. */
function provedEigenvalue(gram: { entries: Float64Array; order: number; errorNorm: number }, trace: number) {
  let [low, high] = [trace / gram.order, trace * (1 + 1e-9) + gram.errorNorm];
  while (high > low * (1 + 1e-4)) {
    const middle = Math.sqrt(low * high);
    if (provesAtMost(gram, middle)) high = middle;
    else low = middle;
  }
  return high;
}
