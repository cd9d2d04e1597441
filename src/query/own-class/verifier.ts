/**
 * The verifier's half of `custom`: it shares no computation with the certifier. With the labels at hand, their digest
 * is compared, the assumptions are looked for in them, and the numbers are held against the labels: the sum of
 * squares added up sample by sample; the largest eigenvalue from above by an elimination of the matrix of the samples
 * instead of the functions (or the other way round) where that is small enough, and from below by one that breaks
 * off. Without the labels nothing of this can be done, and the certificate does not verify.
 */

import { compare } from "../../numeric/rational.ts";
import {
  largestPlainExponent,
  mostOf,
  ofLabels,
  type CustomEvidence,
  type CustomParams,
} from "./evidence.ts";
import { InputError } from "../../base/errors.ts";
import { provesAtLeast, provesAtMost } from "../../numeric/eigenvalue-proofs.ts";
import type { Progress } from "../../base/progress.ts";
import { roundings, timesPowerOfTwo } from "../../numeric/rounding.ts";
import { labelsDigest, largestOrder, rangeOf, type Labels } from "./labels.ts";
import { apartCheck } from "../listed-evidence.ts";
import { gramOf, scaledValues, squaresAtLeast, type ScaledValues } from "./plain-gram.ts";
import type { Check, Verdict, Verifier } from "../certifier.ts";

/** The larger side's matrix is factorised up to this order. */
const otherSideUpTo = 2000;
export const verifier: Verifier<CustomParams, CustomEvidence> = {
  wellFormed: ({ values }, evidence) => wellFormed(values, evidence),
  reads: () => ["labels"],
  cost({ values: { functions } }, { samples }, { labels }) {
    if (labels === undefined) return { seconds: 0, bytes: 0 };
    const order =
      Math.max(functions, samples) <= otherSideUpTo
        ? Math.max(functions, samples)
        : Math.min(functions, samples);
    return {
      seconds: 1e-9 * order * functions * samples + 4e-10 * order ** 3,
      bytes: 16 * order ** 2 + 8 * functions * samples,
    };
  },
  check: ({ values }, evidence, { labels }) => checkLabels(values, evidence, labels),
};

function wellFormed(params: CustomParams, evidence: CustomEvidence): Check[] {
  const { functions, values, bound, law } = params;
  const { samples, lambda, lambdaEstimate, meanSquare } = evidence;
  const order = Math.min(functions, samples);
  const demands: [name: string, ok: boolean, detail: string][] = [
    ["family.params", values === "real" || bound === 1, "signs have the bound 1"],
    ["family.params", order <= largestOrder, `at most ${largestOrder} functions or samples`],
    ["evidence.lambdaEstimate", lambdaEstimate <= lambda, "an estimate from below is not above the bound"],
    ["evidence.apart", evidence.apart === undefined || law === "uniform", "a list belongs to a uniform law"],
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
  // claims are compared in the units of what is found, where no digit of it is lost
  const own = scaledValues(labels);
  const apart = 2 * (own.exponent - (evidence.exponent ?? 0));
  const claimed = (x: number): number => timesPowerOfTwo(x, -apart);
  const stated = Math.abs(own.exponent) > largestPlainExponent ? own.exponent : undefined;
  checks.push({
    name: "exponent",
    ok: evidence.exponent === stated,
    detail: `${stated ?? "none"}: numbers of certificates have one form`,
  });
  const squares = squaresAtLeast(own) / samples;
  checks.push({
    name: "mean square",
    ok: claimed(evidence.meanSquare) <= squares,
    detail: `${evidence.meanSquare} is claimed, ${timesPowerOfTwo(squares, apart)} found sample by sample`,
  });

  const [smaller, larger] =
    functions <= samples ? (["functions", "samples"] as const) : (["samples", "functions"] as const);
  const side = Math.max(functions, samples) <= otherSideUpTo ? larger : smaller;
  const gram = yield* gramOf(own, side);
  yield { what: "largest eigenvalue", done: 1, total: 2 };
  const above = provesAtMost(gram, claimed(evidence.lambda) * samples * (1 - 2 ** -50));
  checks.push({
    name: "eigenvalue from above",
    ok: above,
    detail: [
      `${evidence.lambda} is claimed, which elimination of the ${side}' matrix`,
      above ? "proves" : "does not prove",
    ].join(" "),
  });
  const below = provesAtLeast(gram, claimed(evidence.lambdaEstimate) * samples * (1 + 2 ** -50));
  checks.push({
    name: "eigenvalue from below",
    ok: below,
    detail: `${evidence.lambdaEstimate} is claimed, which elimination ${below ? "proves" : "does not prove"}`,
  });
  if (evidence.apart !== undefined) checks.push(listCheck(own, evidence.apart));
  return { route: `the labels themselves, and elimination of the ${side}' matrix`, checks };
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

/** Every two rows of the list, by their own inner product. */
function listCheck({ functions, samples, bySample }: ScaledValues, list: readonly number[]): Check {
  const product = (i: number, j: number): number => {
    let sum = 0;
    for (let s = 0; s < samples; s++) sum += bySample[s * functions + i] * bySample[s * functions + j];
    return sum;
  };
  const [error, norms] = [2 * roundings(samples + 4), list.map((i) => Math.sqrt(product(i, i)))];
  let largest = 0;
  for (const [a, i] of list.entries())
    for (let b = 0; b < a; b++)
      largest = Math.max(largest, Math.abs(product(i, list[b])) / (norms[a] * norms[b]) + error);
  const there = list.every((i, a) => i < functions && norms[a] > 1e-120);
  return apartCheck(list, largest * (1 + error), there);
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
