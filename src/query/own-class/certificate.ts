/**
 * Certificates of a class that is not built in, from the values of its D functions on N independent samples.
 *
 * Let v(x) = (f_1(x), ..., f_D(x)) and |f_i| <= B. The Gram matrix E[v v^T] has the largest eigenvalue E[(u.v)^2] at
 * one fixed, unknown unit vector u, and (u.v)^2 lies in [0, D B^2]. The largest eigenvalue of the samples' own matrix
 * is at least the mean of (u.v)^2 over the samples at that u, so the one-sided Chernoff limit for the mean of a
 * variable in [0, D B^2], taken at the samples' eigenvalue, covers the true one: no union bound over directions.
 *
 * Functions of values +-1 have norm 1: d_eff = D / lambda. Others are weighted by ||f_i||^2, d_eff = sum_i ||f_i||^2
 * / lambda, and half of the error probability goes to a lower limit for the sum of the norms, the mean of |v|^2 in
 * [0, D B^2]. Label-free parts of statistical queries say nothing, as all functions share one input law; so for
 * values +-1 the bound covers statistical queries.
 */

import {
  mostOf,
  confidence,
  evidenceSchema,
  largestPlainExponent,
  ofLabels,
  spare,
  type CustomEvidence,
  type CustomParams,
} from "./evidence.ts";
import type { Checked } from "../../base/checked.ts";
import { reject } from "../../base/errors.ts";
import { meanLowerLimit, meanUpperLimit } from "../../numeric/confidence.ts";
import { largestEigenvalue } from "../../numeric/eigenvalue-bounds.ts";
import {
  compare,
  decimalAbove,
  decimalBelow,
  divide,
  exactly,
  multiply,
  numberAbove,
  numberBelow,
  rational,
  type Rational,
} from "../../numeric/rational.ts";
import {
  nextDown,
  nextUp,
  printedLog2,
  roundings,
  shownAbove,
  shownBelow,
  timesPowerOfTwo,
} from "../../numeric/rounding.ts";
import { apartInMatrix, mostTried } from "../apart-list.ts";
import type { Cost } from "../../base/cost.ts";
import type { Certifier, Claims, Description } from "../certifier.ts";
import { labelsDigest, largestOrder, rangeOf, type Labels } from "./labels.ts";
import { inUnits, rawGram, squaresBelow } from "./sample-gram.ts";

export const certifier: Certifier<CustomParams, CustomEvidence> = {
  evidence: evidenceSchema,
  options: () => ["labels"],
  claims,
  scope: ({ values: { functions, values, bound, law } }) => ({
    class: [
      `the ${functions} functions given,`,
      `${values === "signs" ? "of values +1 and -1" : `of values at most ${bound}`}, under the`,
      law === "uniform" ? "uniform law on the inputs given" : "law that the samples are from",
    ].join(" "),
    members: values === "signs" ? "uniform" : "norm-weighted",
    training: "none",
  }),
  largestSquaredNorm({ values: { bound } }) {
    // rounded up where the square underflows; none where it overflows
    const square = nextUp(bound ** 2 * (1 + 1e-9));
    return Number.isFinite(square) ? square : undefined;
  },
  describe,

  async *certify({ values: { values, bound, law } }, { labels, apart = false }) {
    if (labels === undefined)
      return reject({ where: "custom", what: "no labels", next: "see docs/your-own-family.md" });
    rangeOf(labels, values === "signs" ? undefined : bound);
    const { functions, samples } = labels;
    const sha256 = await labelsDigest(labels);
    const own = inUnits(labels);
    const { gram, order, entryError } = yield* rawGram(
      own.labels,
      functions <= samples ? "functions" : "samples",
    );
    yield { what: "largest eigenvalue", done: 1, total: 2 };
    const { lower, upper } = largestEigenvalue(gram, order, { entryError, factoriseUpTo: largestOrder });
    const safe = spare(labels);
    const plain = Math.abs(own.exponent) <= largestPlainExponent;
    const stated = (x: number): number => (plain ? timesPowerOfTwo(x, 2 * own.exponent) : x);
    return {
      kind: "labels",
      samples,
      sha256,
      ...(plain ? {} : { exponent: own.exponent }),
      lambda: stated(nextUp((upper * (1 + safe)) / samples)),
      lambdaEstimate: stated((Math.min(lower, upper) * (1 - 2 * safe)) / samples),
      meanSquare: stated(nextDown((squaresBelow(own.labels, "functions") * (1 - safe)) / samples)),
      ...(apart && law === "uniform" ? { apart: apartRows(own.labels) } : {}),
    };
  },

  cost: (_params, { labels }) => (labels === undefined ? { seconds: 0, bytes: 0 } : cost(labels)),
};

/** Rows no two of which correlate much, among the first that are not 0: by the quotients of their inner products. */
function apartRows({ functions, samples, values }: Labels): number[] {
  const rows = Array.from({ length: Math.min(functions, mostTried) }, (_, i) => i).filter((i) =>
    values.subarray(i * samples, (i + 1) * samples).some((y) => y !== 0),
  );
  const units = rows.map((i) => {
    const row = Float64Array.from(values.subarray(i * samples, (i + 1) * samples));
    const norm = Math.sqrt(row.reduce((sum, y) => sum + y * y, 0));
    return row.map((y) => y / norm);
  });
  const order = rows.length;
  const matrix = new Float64Array(order * order);
  for (let i = 0; i < order; i++)
    for (let j = 0; j < i; j++)
      matrix[i * order + j] = matrix[j * order + i] = units[i].reduce(
        (sum, y, s) => sum + y * units[j][s],
        0,
      );
  return apartInMatrix(matrix, order, 8 * roundings(samples + 8)).map((place) => rows[place]);
}

/** The Gram matrix at a billion operations a second, and some fifteen attempts at a factorisation. */
function cost({ functions, samples }: Labels): Cost {
  const order = Math.min(functions, samples);
  return {
    seconds: (order * functions * samples + 5 * order ** 3) / 1e9,
    bytes: 16 * order ** 2 + 8 * functions * samples,
  };
}

/** With the stated confidence: the limits of the two means, divided by D B^2; the means themselves of a uniform law. */
function limits(params: CustomParams, evidence: CustomEvidence): { lambda: number; meanSquare: number } {
  const most = mostOf(params);
  const share = (x: number): Rational => divide(ofLabels(evidence, x), most);
  const signs = params.values === "signs";
  if (params.law === "uniform")
    return {
      lambda: Math.min(1, numberAbove(share(evidence.lambda))),
      meanSquare: signs ? 1 : Math.min(1, numberBelow(share(evidence.meanSquare))),
    };
  const sure = signs ? confidence : (1 + confidence) / 2;
  return {
    lambda: meanUpperLimit(Math.min(1, numberAbove(share(evidence.lambda))), evidence.samples, sure),
    meanSquare: signs
      ? 1
      : meanLowerLimit(Math.min(1, numberBelow(share(evidence.meanSquare))), evidence.samples, sure),
  };
}

function claims({ values: params }: Checked<CustomParams>, evidence: CustomEvidence): Claims {
  const { lambda, meanSquare } = limits(params, evidence);
  const found = divide(exactly(meanSquare), exactly(lambda));
  // the trace of a Gram matrix is never below its largest eigenvalue
  const dimension = compare(found, rational(1)) < 0 ? rational(1) : found;
  const count = BigInt(params.functions);
  return {
    count,
    log2Count: printedLog2(Math.log2(params.functions)),
    method: params.law === "uniform" ? "exact" : "monte-carlo",
    lambdaMax: numberAbove(divide(rational(count), dimension)),
    maxAbsCorrelation: null,
    dimension,
    confidence: params.law === "uniform" ? 1 : confidence,
    ...(evidence.apart === undefined ? {} : { apart: evidence.apart.length }),
    model: params.values === "signs" ? "SQ" : "CSQ",
  };
}

function describe({ values: params }: Checked<CustomParams>, evidence: CustomEvidence): Description {
  return params.law === "uniform" ? describeUniform(params, evidence) : describeSamples(params, evidence);
}

function describeUniform({ values }: CustomParams, evidence: CustomEvidence): Description {
  const { samples, lambda, lambdaEstimate } = evidence;
  const [low, high] = [
    decimalBelow(ofLabels(evidence, lambdaEstimate), 6),
    decimalAbove(ofLabels(evidence, lambda), 6),
  ];
  return {
    method: `the Gram matrix on all ${samples} inputs, whose largest eigenvalue is between ${low} and ${high}`,
    remarks: [
      `The input law is uniform on these ${samples} inputs; of one that they may be drawn from nothing is said.`,
      ...(values === "signs" ? [] : ["Members are weighted by their squared norms."]),
    ],
  };
}

function describeSamples(params: CustomParams, evidence: CustomEvidence): Description {
  const { functions, values, bound } = params;
  const { samples, lambda, lambdaEstimate, meanSquare } = evidence;
  const signs = values === "signs";
  const limit = multiply(exactly(limits(params, evidence).lambda), mostOf(params));
  const between = [
    decimalBelow(ofLabels(evidence, lambdaEstimate), 6),
    decimalAbove(ofLabels(evidence, lambda), 6),
  ];
  const reachable = 1 / meanUpperLimit(1 / Math.min(functions, samples), samples, confidence);
  return {
    method: [
      `${samples} samples, whose own Gram matrix has its largest eigenvalue between`,
      `${between.join(" and ")}; with confidence ${confidence} that of the input law is at most`,
      `${decimalAbove(limit, 6)} (Chernoff)`,
    ].join(" "),
    remarks: [
      [
        "Taken as given: the samples are independent draws from the input law, the functions do",
        "not depend on them, and every value of a function",
        `${signs ? "is +1 or -1" : `is at most ${bound} in absolute value`}, also off the`,
        "samples.",
      ].join(" "),
      [
        `The dimension on the samples is ${shownBelow(meanSquare / lambda, 6)}; what is missing`,
        "from it is the price of confidence.",
      ].join(" "),
      ...(reachable < 0.9 * functions
        ? [
            [
              `From ${samples} samples no class of ${functions} functions gets a dimension above`,
              `${shownAbove(reachable, 4)}: more samples may raise the bound.`,
            ].join(" "),
          ]
        : []),
      ...(signs ? [] : ["Members are weighted by their squared norms."]),
    ],
  };
}
