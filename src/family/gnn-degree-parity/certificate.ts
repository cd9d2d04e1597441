/**
 * Certificates of `gnn-degree-parity` (Kiani et al. 2024, hardness in the number of nodes): the Gram matrix of the
 * degree parities is group-circulant with eigenvalues D Pr[pi = v], so d_eff = 1 / max_v Pr[pi(A) = v].
 *
 * Undirected graphs up to n = 15: the whole law of pi as evidence, in exact counts, or in float64 where these would
 * be too long. Beyond: sampled parity vectors and the Clopper-Pearson limit of the fullest cell. The likeliest vector
 * is one fixed cell, whose count is at most the largest count K, so the limit of (K, samples) covers its probability
 * with the stated confidence, without a union bound. Directed graphs, any n: the law of a window of degrees.
 */

import { checked, type Checked } from "../../base/checked.ts";
import { reject } from "../../base/errors.ts";
import { degreeCounts, estimateCounts } from "./degree-counts.ts";
import { degreeParityLawSteps, estimateDegreeLaw } from "./degree-law.ts";
import { countCells, defaultSamples, sampleCells } from "./degree-sample.ts";
import { defaultWindow, largestDirectedCorrelation, windowMaximum } from "./degree-window.ts";
import { largestDegree } from "../../distribution/erdos-renyi.ts";
import type { Progress } from "../../base/progress.ts";
import {
  add,
  asWritten,
  exactly,
  least,
  multiply,
  numberAbove,
  rational,
  reciprocal,
  type Rational,
} from "../../numeric/rational.ts";
import { upperLimit } from "../../numeric/confidence.ts";
import { walshHadamard } from "../../numeric/walsh-hadamard.ts";
import { apartCharacters } from "../../query/apart-list.ts";
import type { Cost } from "../../base/cost.ts";
import type { Certifier, Claims, EvidenceOptions } from "../../query/certifier.ts";
import { spreadOfCounts, spreadOfLaw } from "./spread.ts";
import { describeEvidence, scopeOf } from "./text.ts";
import {
  evidenceSchema,
  exactUpTo,
  exactUpToAsked,
  largestWindow,
  limitedBy,
  totalOf,
  type CountEvidence,
  type DegreeParityEvidence,
  type LawEvidence,
  type SampleEvidence,
  type WindowEvidence,
} from "./evidence.ts";
import { id, type DegreeParityValues } from "./params.ts";
import { confidence, deltaOf, edgesOf, isRound, mostSamples, samplesKey } from "./samples.ts";

export const certifier: Certifier<DegreeParityValues, DegreeParityEvidence> = {
  evidence: evidenceSchema,
  options({ values: { n, edges } }, { exact = false }) {
    if (edges !== "undirected") return [];
    return n <= exactUpTo || exact ? ["exact"] : ["samples", "exact"];
  },
  defining,
  claims,
  scope: scopeOf,
  largestSquaredNorm: () => 1,
  describe: describeEvidence,
  cost,

  async *certify({ values }, options) {
    if (values.edges !== "undirected") return windowOf(values);
    if (values.n <= exactUpTo || options.exact === true) {
      requireExactOrder(values.n);
      return totalOf(values) === null ? yield* lawOf(values, options) : yield* countsOf(values, options);
    }
    return yield* sampled(values, options);
  },
};

/** The certified family does not depend on the hidden set and bit; an absent window is the default one. */
function defining({ values }: Checked<DegreeParityValues>): Checked<DegreeParityValues> {
  const { n, edges, p, window = defaultWindow(values) } = values;
  if (edges === "undirected") return checked(id, { n, edges, p }, { n, edges, p, bit: 0 });
  if (window > largestDegree(values))
    reject({
      where: "window",
      what: `${window} degrees are more than there are to choose`,
      allowed: `1 to ${Math.min(largestDegree(values), largestWindow)}`,
    });
  return checked(id, { n, edges, p, window }, { n, edges, p, window, bit: 0 });
}

/** Of the law as measured; of samples at the slower rate, that of a general p. */
function cost(
  { values: params }: Checked<DegreeParityValues>,
  { exact = false, samples, doAll }: EvidenceOptions,
): Cost {
  const { n, edges, p } = params;
  if (edges !== "undirected") return { seconds: 0, bytes: 0 };
  if (n <= exactUpTo || exact) {
    requireExactOrder(n);
    if (totalOf(params) === null) return estimateDegreeLaw(n);
    return estimateCounts(n, asWritten(p), doAll === undefined ? 1 : 2);
  }
  const graphs = samples ?? defaultSamples(params);
  return { seconds: (graphs * edgesOf(params)) / edgesASecond, bytes: 16 * graphs };
}

const edgesASecond = 3e7;

function requireExactOrder(n: number): void {
  if (n > exactUpToAsked)
    reject({
      where: "n",
      what: `${n} is beyond the exact computation`,
      allowed: `at most ${exactUpToAsked}`,
      next: "leave out 'exact' for a sampled certificate",
    });
}

async function* countsOf(
  params: DegreeParityValues,
  { doAll, apart = false }: EvidenceOptions,
): AsyncGenerator<Progress, CountEvidence> {
  const { n } = params;
  const p = asWritten(params.p);
  const counts = yield* degreeCounts(n, p, doAll);
  const total = counts.reduce((sum, [, count]) => sum + count, 0n);
  const likeliest = counts.reduce((a, b) => (b[1] > a[1] ? b : a));
  const coefficients = coefficientsOf(n, counts);
  const largest = coefficients.slice(1).reduce((a, b) => (b > a ? b : a), 0n);
  return {
    kind: "counts",
    maxParityVectorProbability: numberAbove(rational(likeliest[1], total)),
    likeliest: likeliest[0],
    maxAbsCorrelation: numberAbove(rational(largest, total)),
    total: `${total}`,
    counts: counts.map(([v, count]) => [v, `${count}`]),
    ...(apart ? { apart: apartSets(coefficients.map((x) => Number((x << 64n) / total) * 2 ** -64)) } : {}),
  };
}

/** Room for the roundings of a sum over a law, the other way round. */
const listRoom = 1e-10;

/** @param correlations an upper bound on |E chi_u| for every set u, but for what `room` covers */
const apartSets = (correlations: ArrayLike<number>, room = listRoom): number[] =>
  apartCharacters(correlations.length, (u, d) => correlations[u] + room > 1 / d);

/** |sum_v (-1)^<u, v> count_v| for every set u; the first is constant. */
function coefficientsOf(n: number, counts: readonly (readonly [number, bigint])[]): bigint[] {
  // sets without 0 and 1 stand for all classes, and see a vector without its coordinates 0 and 1
  let cells = Array.from({ length: 2 ** (n - 2) }, () => 0n);
  for (const [v, count] of counts) cells[v >>> 2] += count;
  for (let half = 1; half < cells.length; half *= 2)
    cells = cells.map((x, i) => ((i & half) === 0 ? x + cells[i | half] : cells[i ^ half] - x));
  return cells.map((x) => (x < 0n ? -x : x));
}

/** What is stated exceeds the pass's own bound, so that a check with roundings of its own can prove it. */
const statedError = (bound: number): number => 4 * bound;

function* lawOf(
  params: DegreeParityValues,
  { apart = false }: EvidenceOptions,
): Generator<Progress, LawEvidence> {
  const { n, p } = params;
  const computed = yield* degreeParityLawSteps(n, p);
  const law = Array.from(computed.vectors, (v, i): [number, number] => [
    v,
    Math.min(1, computed.probabilities[i]),
  ]);
  const likeliest = law.reduce((a, b) => (b[1] > a[1] ? b : a));
  const relativeError = statedError(computed.relativeError);
  const cells = new Float64Array(2 ** (n - 2));
  for (const [v, x] of law) cells[v >>> 2] += x;
  walshHadamard(cells);
  const largest = cells.subarray(1).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return {
    kind: "law",
    maxParityVectorProbability: likeliest[1],
    likeliest: likeliest[0],
    maxAbsCorrelation: Math.min(1, largest + 1.1 * relativeError + n * 2 ** -51),
    relativeError,
    law,
    ...(apart ? { apart: apartSets(cells.map(Math.abs), listRoom + 3 * relativeError) } : {}),
  };
}

function windowOf(params: DegreeParityValues): WindowEvidence {
  const { lowest, size, vector, probability, relativeError } = windowMaximum(
    params,
    params.window ?? defaultWindow(params),
  );
  return {
    kind: "window",
    maxParityVectorProbability: Math.min(1, probability),
    likeliest: vector,
    maxAbsCorrelation: largestDirectedCorrelation(params),
    relativeError: statedError(relativeError),
    lowest,
    size,
  };
}

function* sampled(
  params: DegreeParityValues,
  { samples = defaultSamples(params), seed }: EvidenceOptions,
): Generator<Progress, SampleEvidence> {
  const delta = requireDelta(params, samples, seed);
  const { largestCount, likeliest } = countCells(
    yield* sampleCells(samplesKey(params, seed), params, samples),
  );
  return {
    kind: "samples",
    maxParityVectorProbability: upperLimit(largestCount, samples, delta),
    likeliest,
    samples,
    largestCount,
    seed,
    delta,
    limitedBy: limitedBy(largestCount),
  };
}

function requireDelta(params: DegreeParityValues, samples: number, seed: number): number {
  if (!isRound(samples) || samples > mostSamples)
    reject({
      where: "samples",
      what: `${samples}`,
      allowed: `1, 2 or 5 times a power of ten, at most ${mostSamples}: the confidence is shared among these`,
    });
  const delta = deltaOf(params, samples, seed);
  if (delta === 0)
    reject({
      where: "p",
      what: `${params.p} has too many digits: no confidence is left for it`,
      allowed: "in a sampled certificate, fewer than 100 decimals",
    });
  return delta;
}

/** An upper bound on the largest probability, exact where the evidence is. */
function largestProbability(evidence: DegreeParityEvidence): Rational {
  if (evidence.kind === "counts") {
    const count = evidence.counts.reduce((most, [, text]) => (BigInt(text) > most ? BigInt(text) : most), 0n);
    return rational(count, BigInt(evidence.total));
  }
  const shown = exactly(evidence.maxParityVectorProbability);
  if (evidence.kind === "samples") return shown;
  return least(rational(1), multiply(shown, add(rational(1), exactly(evidence.relativeError))));
}

const methods = { counts: "exact", law: "exact", window: "closed-form", samples: "monte-carlo" } as const;

function claims({ values: params }: Checked<DegreeParityValues>, evidence: DegreeParityEvidence): Claims {
  const log2Count = params.edges === "undirected" ? params.n - 2 : largestDegree(params);
  const count = 1n << BigInt(log2Count);
  const largest = largestProbability(evidence);
  const lambda = numberAbove(multiply(rational(count), largest));
  return {
    count,
    log2Count,
    method: methods[evidence.kind],
    lambdaMax: Number.isFinite(lambda) ? lambda : null,
    maxAbsCorrelation: evidence.kind === "samples" ? null : evidence.maxAbsCorrelation,
    dimension: reciprocal(largest),
    confidence: evidence.kind === "samples" ? confidence : 1,
    ...spreadOf(params.n, evidence),
    ...("apart" in evidence && evidence.apart !== undefined ? { apart: evidence.apart.length } : {}),
  };
}

function spreadOf(n: number, evidence: DegreeParityEvidence): Partial<Claims> {
  switch (evidence.kind) {
    case "counts": {
      const counts = evidence.counts.map(([v, count]) => [v, BigInt(count)] as const);
      return spreadOfCounts(n, counts, BigInt(evidence.total));
    }
    case "law":
      return spreadOfLaw(n, evidence.law, evidence.relativeError);
    default:
      return {};
  }
}
