/**
 * Certificates of `gnn-degree-parity` (Kiani et al. 2024, hardness in the number of nodes): the Gram matrix of the
 * degree parities is group-circulant with eigenvalues D Pr[pi = v], so d_eff = 1 / max_v Pr[pi(A) = v].
 *
 * Undirected graphs up to n = 15: the whole law of pi as evidence. Beyond: sampled parity vectors and the
 * Clopper-Pearson limit of the fullest cell. The likeliest vector is one fixed cell, whose count is at most the largest count
 * K, so the limit of (K, samples) covers its probability with the stated confidence, without a union bound. Directed
 * graphs, any n: the law of a window of degrees.
 */

import { checked, type Checked } from "../../base/checked.ts";
import { reject } from "../../base/errors.ts";
import { keyFor, type Key } from "../../base/random.ts";
import {
  degreeParityLawSteps,
  estimateDegreeLaw,
  exactDegreeParityLaw,
  largestExactOrder,
  type DegreeParityLaw,
} from "./degree-law.ts";
import { countCells, defaultSamples, edgesOf, sampleCells } from "./degree-sample.ts";
import { defaultWindow, largestDirectedCorrelation, largestWindow, windowMaximum } from "./degree-window.ts";
import { largestDegree } from "../../distribution/erdos-renyi.ts";
import type { Progress } from "../../base/progress.ts";
import {
  add,
  asWritten,
  compare,
  exactly,
  floor,
  least,
  multiply,
  nearestNumber,
  numberAbove,
  parseRational,
  printRational,
  rational,
  reciprocal,
  type Rational,
} from "../../numeric/rational.ts";
import { upperLimit } from "../../numeric/confidence.ts";
import { walshHadamard } from "../../numeric/walsh-hadamard.ts";
import type { Certifier, Claims, Cost, EvidenceOptions } from "../../query/certifier.ts";
import { spreadOfCounts, spreadOfLaw } from "./spread.ts";
import { describeEvidence, scopeOf } from "./text.ts";
import {
  confidence,
  evidenceSchema,
  exactUpTo,
  hasRationals,
  type DegreeParityEvidence,
  type LawEvidence,
  type SampleEvidence,
  type WindowEvidence,
} from "./evidence.ts";
import { id, type DegreeParityValues } from "./params.ts";

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

  *certify({ values }, options) {
    if (values.edges !== "undirected") return windowOf(values);
    if (values.n <= exactUpTo || (options.exact === true && values.n <= largestExactOrder))
      return lawOf(values, yield* degreeParityLawSteps(values.n, values.p));
    if (options.exact === true)
      reject({
        where: "n",
        what: `${values.n} is beyond the exact computation`,
        allowed: `at most ${largestExactOrder}`,
      });
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
  { exact = false, samples }: EvidenceOptions,
): Cost {
  const { n, edges } = params;
  const little = { seconds: 0, bytes: 0 };
  if (edges !== "undirected") return little;
  if (n <= exactUpTo || exact) return n <= largestExactOrder ? estimateDegreeLaw(n) : little;
  const graphs = samples ?? defaultSamples(params);
  return { seconds: (graphs * edgesOf(params)) / edgesASecond, bytes: 16 * graphs };
}

function lawOf(params: DegreeParityValues, computed: DegreeParityLaw): LawEvidence {
  const exact = hasRationals(params) ? exactDegreeParityLaw(params.n, asWritten(params.p)) : null;
  const listed: [number, number][] =
    exact === null
      ? Array.from(computed.vectors, (v, i) => [v, Math.min(1, computed.probabilities[i])])
      : Array.from(exact, ([v, x]) => [v, nearestNumber(x)]);
  // what is below the smallest float64 is left out
  const law = listed.filter(([, x]) => x > 0);
  const likeliest = law.reduce((a, b) => (b[1] > a[1] ? b : a));
  const largest = exact === null ? null : [...exact.values()].reduce((a, b) => (compare(a, b) >= 0 ? a : b));
  return {
    kind: "law",
    maxParityVectorProbability: likeliest[1],
    likeliest: likeliest[0],
    relativeError: computed.relativeError,
    exactMaximum: largest === null ? null : printRational(largest),
    law,
    exactLaw: exact === null || params.p !== 0.5 ? null : [...exact.values()].map(printRational),
  };
}

export function windowOf(params: DegreeParityValues): WindowEvidence {
  const { lowest, size, vector, probability, relativeError } = windowMaximum(
    params,
    params.window ?? defaultWindow(params),
  );
  return {
    kind: "window",
    maxParityVectorProbability: Math.min(1, probability),
    likeliest: vector,
    relativeError,
    lowest,
    size,
  };
}

const edgesASecond = 3e7;

/** The stream of a certificate's samples; the verifier's fresh ones have another `use`. */
export const samplesKey = ({ n, edges, p }: DegreeParityValues, seed: number, use: string): Key =>
  keyFor(use, "gnn-degree-parity", n, edges, p, seed);

function* sampled(params: DegreeParityValues, options: EvidenceOptions): Generator<Progress, SampleEvidence> {
  const samples = options.samples ?? defaultSamples(params);
  const cells = yield* sampleCells(samplesKey(params, options.seed, "certificate"), params, samples);
  const { largestCount, likeliest } = countCells(cells);
  return {
    kind: "samples",
    maxParityVectorProbability: limitOf({ largestCount, samples }),
    likeliest,
    samples,
    largestCount,
    seed: options.seed,
    limitedBy: limitedBy(largestCount),
  };
}

export const limitOf = ({
  largestCount,
  samples,
}: Pick<SampleEvidence, "largestCount" | "samples">): number => upperLimit(largestCount, samples, confidence);
/** With a count below ten the limit is far above the observed share: more samples would raise the bound. */
export const limitedBy = (largestCount: number): "samples" | "family" =>
  largestCount < 10 ? "samples" : "family";

/** An upper bound on the largest probability, exact where the evidence is. */
function largestProbability(evidence: DegreeParityEvidence): Rational {
  const shown = exactly(evidence.maxParityVectorProbability);
  if (evidence.kind === "samples") return shown;
  if (evidence.kind === "law" && evidence.exactMaximum !== null) return parseRational(evidence.exactMaximum);
  return least(rational(1), multiply(shown, add(rational(1), exactly(evidence.relativeError))));
}

function claims({ values: params }: Checked<DegreeParityValues>, evidence: DegreeParityEvidence): Claims {
  const log2Count = params.edges === "undirected" ? params.n - 2 : largestDegree(params);
  const count = 1n << BigInt(log2Count);
  const largest = largestProbability(evidence);
  const lambda = numberAbove(multiply(rational(count), largest));
  const shared = {
    count,
    log2Count,
    lambdaMax: Number.isFinite(lambda) ? lambda : null,
    dimension: reciprocal(largest),
    confidence: 1,
  };
  switch (evidence.kind) {
    case "law":
      return {
        ...shared,
        ...spreadOf(params.n, evidence),
        method: "exact",
        maxAbsCorrelation: largestCorrelation(params.n, evidence),
      };
    case "window":
      return { ...shared, method: "closed-form", maxAbsCorrelation: largestDirectedCorrelation(params) };
    case "samples":
      return { ...shared, method: "monte-carlo", maxAbsCorrelation: null, confidence };
  }
}

function spreadOf(n: number, { law, relativeError, exactLaw }: LawEvidence) {
  if (exactLaw === null) return spreadOfLaw(n, law, relativeError);
  // graphs out of all of them
  const total = 1n << BigInt((n * (n - 1)) / 2);
  const counts = exactLaw.map(
    (text, i) => [law[i][0], floor(multiply(parseRational(text), rational(total)))] as const,
  );
  return spreadOfCounts(n, counts, total);
}

/** The largest |E chi_U| over sets U that are not constant, from the law by one transform; rounded up. */
function largestCorrelation(n: number, { law, relativeError, exactLaw }: LawEvidence): number {
  // sets without 0 and 1 stand for all classes, and see a vector without its coordinates 0 and 1
  const cells = new Float64Array(2 ** (n - 2));
  for (const [v, x] of law) cells[v >>> 2] += x;
  walshHadamard(cells);
  let largest = 0;
  for (let u = 1; u < cells.length; u++) largest = Math.max(largest, Math.abs(cells[u]));
  // at p = 1/2 and n <= 10 every sum is a multiple of 2^-45 below 1: no rounding
  if (exactLaw !== null) return largest;
  return Math.min(1, largest + 1.1 * relativeError + n * 2 ** -52);
}
