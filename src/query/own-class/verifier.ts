/**
 * The verifier's half of `custom`. With the labels at hand, their digest is compared, the assumptions are looked for in
 * them, and the two numbers are found anew: the sum of squares added up sample by sample; the largest eigenvalue estimated
 * without a Gram matrix by a power method from a random start, and its bound proved by factorising the matrix of the
 * samples instead of the functions (or the other way round) where that is small enough, else the same one.
 * Without the labels nothing of this can be done, and the certificate does not verify.
 */

import { compare } from "../../numeric/rational.ts";
import { mostOf, ofLabels, spare, type CustomEvidence, type CustomParams } from "./evidence.ts";
import { keyFor, normals } from "../../base/random.ts";
import { InputError } from "../../base/errors.ts";
import { factorisationBound } from "../../numeric/eigenvalue-bounds.ts";
import type { Progress } from "../../base/progress.ts";
import { timesPowerOfTwo } from "../../numeric/rounding.ts";
import type { Check, Verdict, Verifier } from "../certifier.ts";
import {
  inUnits,
  labelsDigest,
  rangeOf,
  rawGram,
  squaresBelow,
  type Labels,
  largestOrder,
} from "./labels.ts";

/** The larger side's matrix is factorised up to this order. */
const otherSideUpTo = 2000;
/** A random start leaves more than 15 % of the eigenvalue undiscovered with probability below 10^-5. */
const powerSteps = 100;

export const verifier: Verifier<CustomParams, CustomEvidence> = {
  wellFormed: ({ values }, evidence) => wellFormed(values, evidence),
  check: ({ values }, evidence, { labels }) => checkLabels(values, evidence, labels),
};

function wellFormed(params: CustomParams, evidence: CustomEvidence): Check[] {
  const { functions, values, bound } = params;
  const { samples, lambda, lambdaEstimate, meanSquare } = evidence;
  const order = Math.min(functions, samples);
  const demands: [name: string, ok: boolean, detail: string][] = [
    ["family.params", values === "real" || bound === 1, "signs have the bound 1"],
    ["family.params", order <= largestOrder, `at most ${largestOrder} functions or samples`],
    ["evidence.lambdaEstimate", lambdaEstimate <= lambda, "an estimate from below is not above the bound"],
    ["evidence.lambda", lambda * order >= meanSquare, "no eigenvalue below the mean of all"],
    [
      "evidence.meanSquare",
      compare(ofLabels(evidence, meanSquare), mostOf(params)) <= 0,
      "no mean above the bound",
    ],
  ];
  return demands.map(([name, ok, detail]) => ({ name, ok, detail }));
}

async function* checkLabels(
  params: CustomParams,
  evidence: CustomEvidence,
  labels: Labels | undefined,
): AsyncGenerator<Progress, Verdict> {
  if (labels === undefined)
    return {
      route: "arithmetic only: the labels were not given",
      checks: [
        {
          name: "labels",
          ok: false,
          detail: "not given, so the evidence could not be checked; --labels FILE names them",
        },
      ],
    };
  const checks = [...(await sameLabels(params, evidence, labels))];
  if (checks.some((c) => !c.ok)) return { route: "the labels themselves", checks };

  const { functions, samples } = labels;
  // claims are compared in the units of what is found, where no digit of it is lost, and shown in the evidence's
  const own = inUnits(labels);
  const apart = 2 * (own.exponent - (evidence.exponent ?? 0));
  const claimed = (x: number): number => timesPowerOfTwo(x, -apart);
  const shown = (x: number): number => timesPowerOfTwo(x, apart);
  const squares = squaresBelow(own.labels, "samples") / samples;
  checks.push({
    name: "mean square",
    ok: claimed(evidence.meanSquare) <= squares,
    detail: `${evidence.meanSquare} is claimed, ${shown(squares)} found sample by sample`,
  });

  const estimate = yield* powerEstimate(own.labels, evidence.sha256);
  const off = Math.abs(estimate - claimed(evidence.lambdaEstimate));
  checks.push({
    name: "eigenvalue from below",
    ok: estimate <= claimed(evidence.lambda) && off <= 0.15 * estimate,
    detail: `power method without a Gram matrix: ${shown(estimate)}; bound ${evidence.lambda}`,
  });

  const [smaller, larger] =
    functions <= samples ? (["functions", "samples"] as const) : (["samples", "functions"] as const);
  const side = Math.max(functions, samples) <= otherSideUpTo ? larger : smaller;
  const { gram, order, entryError } = yield* rawGram(own.labels, side);
  const most = claimed(evidence.lambda) * samples * (1 - 2 ** -50);
  const proved = factorisationBound(gram, order, most * (1 - 0.75 * spare(labels)), { entryError });
  checks.push({
    name: "eigenvalue from above",
    ok: proved <= most,
    detail: `a factorisation of the ${side}' matrix proves ${shown(proved / samples)}`,
  });
  return { route: `labels, power method and factorisation of the ${side}' matrix`, checks };
}

async function sameLabels(params: CustomParams, evidence: CustomEvidence, labels: Labels): Promise<Check[]> {
  const shape = {
    name: "labels",
    ok: labels.functions === params.functions && labels.samples === evidence.samples,
    detail: `${labels.functions} functions on ${labels.samples} samples`,
  };
  if (!shape.ok) return [shape];
  const digest = await labelsDigest(labels);
  return [shape, { name: "sha256", ok: digest === evidence.sha256, detail: digest }, range(params, labels)];
}

function range({ values, bound }: CustomParams, labels: Labels): Check {
  const name = "range";
  try {
    rangeOf(labels, values === "signs" ? undefined : bound);
    return { name, ok: true, detail: values === "signs" ? "all +1 or -1" : `all within ${bound}` };
  } catch (error) {
    if (error instanceof InputError) return { name, ok: false, detail: error.message };
    throw error;
  }
}

/** Rayleigh quotients of (1/N) sum_x v(x) v(x)^T, applied as Y^T then Y, from a start that depends on the labels. */
function* powerEstimate({ functions, samples, values }: Labels, seed: string): Generator<Progress, number> {
  const x = normals(keyFor("verify", seed), new Float64Array(functions));
  const w = new Float64Array(samples);
  let best = 0;
  for (let step = 0, still = 0; step < powerSteps && still < 5; step++) {
    const size = Math.sqrt(x.reduce((sum, a) => sum + a * a, 0));
    w.fill(0);
    for (let i = 0; i < functions; i++) {
      const [a, row] = [x[i] / size, i * samples];
      for (let s = 0; s < samples; s++) w[s] += a * values[row + s];
    }
    const quotient = w.reduce((sum, a) => sum + a * a, 0) / samples;
    still = quotient <= best * (1 + 1e-9) ? still + 1 : 0;
    best = Math.max(best, quotient);
    for (let i = 0; i < functions; i++) {
      let sum = 0;
      for (let s = 0, row = i * samples; s < samples; s++) sum += values[row + s] * w[s];
      x[i] = sum;
    }
    yield { what: "power method", done: step, total: powerSteps };
  }
  return best;
}
