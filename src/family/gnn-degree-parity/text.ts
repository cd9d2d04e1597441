/** The sentences of a `gnn-degree-parity` certificate. */

import { largestDegree } from "../../distribution/erdos-renyi.ts";
import type { Description, Scope } from "../../query/certifier.ts";
import { upperLimit } from "../../numeric/confidence.ts";
import { printRational, rational } from "../../numeric/rational.ts";
import { shownAbove, shownBelow } from "../../numeric/rounding.ts";
import type {
  CountEvidence,
  DegreeParityEvidence,
  LawEvidence,
  SampleEvidence,
  WindowEvidence,
} from "./evidence.ts";
import { confidence, failure } from "./samples.ts";
import type { Checked } from "../../base/checked.ts";
import type { DegreeParityValues } from "./params.ts";

const finiteSize = ({ maxParityVectorProbability: most }: DegreeParityEvidence): string =>
  [
    `It does not explain why gradient descent fails at these sizes: a dimension of ${Math.round(1 / most)}`,
    "is far below the queries that a training makes.",
  ].join(" ");

/** The largest probability as a fraction in lowest terms. */
function exactLargest({ counts, likeliest, total }: CountEvidence): string {
  const count = counts.find(([v]) => v === likeliest)?.[1] ?? "0";
  return printRational(rational(BigInt(count), BigInt(total)));
}

const graphs = {
  undirected: "undirected simple graphs",
  directed: "directed graphs without self-loops",
  "directed-loops": "directed graphs with self-loops",
};

/** How the largest probability was found, and what a reader should know about it. */
export function describeEvidence(
  { values }: Checked<DegreeParityValues>,
  evidence: DegreeParityEvidence,
): Description {
  switch (evidence.kind) {
    case "counts":
      return ofCounts(evidence);
    case "law":
      return ofLaw(evidence);
    case "window":
      return ofWindow(evidence, largestDegree(values));
    case "samples":
      return ofSamples(evidence);
  }
}

/** One of the sets gives a constant, which the statement counts and `train` never draws. */
export function scopeOf({ values }: Checked<DegreeParityValues>): Scope {
  const { n, edges, p } = values;
  const degree = edges === "undirected" ? "degree" : "out-degree";
  const family = [
    `the degree parities chi_S(A) = (-1)^(number of nodes with ${degree} in S) of`,
    `${graphs[edges]} on ${n} nodes, edge probability ${p}`,
  ].join(" ");
  return { class: family, members: "uniform", training: "same-functions-another-law" };
}

/** From above, whatever the error that is allowed for. */
const largest = ({ maxParityVectorProbability }: DegreeParityEvidence, relativeError = 0): string =>
  shownAbove(Math.min(1, maxParityVectorProbability * (1 + relativeError + 2 ** -50)), 8);

function ofCounts(evidence: CountEvidence): Description {
  const exact = exactLargest(evidence);
  return {
    method: [
      `exact law of the parity vector, ${evidence.counts.length} counts in integers; its`,
      `largest probability is ${exact.length <= 80 ? `${exact}, about ` : "about "}${largest(evidence)}`,
    ].join(" "),
    remarks: [finiteSize(evidence)],
  };
}

const ofLaw = (evidence: LawEvidence): Description => ({
  method: [
    "law of the parity vector in float64 (p has too many digits for exact counts), relative",
    `error at most ${shownAbove(evidence.relativeError, 2)}, rounded to the safe side; its`,
    `largest probability is at most ${largest(evidence, evidence.relativeError)}`,
  ].join(" "),
  remarks: [finiteSize(evidence)],
});

function ofWindow(evidence: WindowEvidence, degrees: number): Description {
  const { lowest, size } = evidence;
  const whole = size === degrees;
  return {
    method: [
      `closed form of the correlations and one Walsh-Hadamard transform over the ${size}`,
      `degrees ${lowest} to ${lowest + size - 1}; the likeliest parities of their counts have`,
      `a probability of at most ${largest(evidence, evidence.relativeError)}`,
    ].join(" "),
    remarks: whole
      ? []
      : ["A window of degrees bounds the whole family from below; a wider one only raises the bound."],
  };
}

function ofSamples(evidence: SampleEvidence): Description {
  const { samples, largestCount, delta } = evidence;
  const most = shownAbove(1 / upperLimit(1, samples, delta), 4);
  const sure = [
    `With confidence ${confidence} none is false of all the certificates among which one may`,
    `choose by variant, n, p, samples and seed: delta is this one's share of ${failure}.`,
    "'verify --fresh' draws samples of its own.",
  ];
  const limit = [
    `From ${samples} samples no class gets a dimension above ${most}:`,
    "more samples may raise the bound.",
  ];
  return {
    method: [
      `${samples} sampled graphs, at most ${largestCount} of them with one parity vector; no`,
      `vector has a probability above ${largest(evidence)} (Clopper-Pearson, delta =`,
      `${shownBelow(delta, 3)})`,
    ].join(" "),
    remarks: [sure, ...(evidence.limitedBy === "samples" ? [limit] : [])].map((words) => words.join(" ")),
  };
}
