/**
 * The verifier's half of `gnn-hidden-plane`.
 *
 * **All planes**: the dimension by two other formulas, and sampled planes that must not contradict it. For T of norm at most
 * 1/N two independent planes have E C^2 = tr T^2 <= ||T|| tr T = 1/N, C their correlation; overlaps with a common
 * plane are still independent in pairs, so all pairs of a sample count. A mean above 1/N by six standard errors is a
 * contradiction. (D / lambda of a sampled Gram is none: it stays below 1/||T|| on average whatever N claims.)
 *
 * **Listed planes**: drawn again in reverse order, so that no rounding repeats; a tenth of the pairs, chosen at random by a
 * key that depends on the document, by the other formula from overlaps of their own; the eigenvalue claimed is proved
 * again, by factorisation where the order allows it.
 */

import { keyFor, stream } from "../../base/random.ts";
import { listedGraph, listedPlane } from "./members.ts";
import { requireListed, type HiddenPlaneValues } from "./params.ts";
import { buildGraph, correlationsOf } from "../parameter/graph-parameter.ts";
import { drawPlane, overlap, type Plane } from "../plane/plane.ts";
import { kappa } from "../../numeric/arc-cosine.ts";
import { collatzWielandt, factorisationProves, rayleighEstimate } from "../../numeric/eigenvalue-bounds.ts";
import { harmonicDimensionByRestriction, harmonicDimensionBySeries } from "../plane/harmonics.ts";
import { directions } from "../plane/polygon.ts";
import {
  overlapNorm,
  polygonProduct,
  type Correlations,
  type PolygonProduct,
} from "../plane/polygon-product.ts";
import type { Progress } from "../../base/progress.ts";
import { unitRoundoff } from "../../numeric/rounding.ts";
import {
  correlationError,
  defect,
  doubleUpTo,
  planeGram,
  gramProduct,
  type PlaneGram,
} from "../plane/plane-gram.ts";
import type { Check, Verdict, Verifier } from "../../query/certifier.ts";
import { planeForm } from "../plane/listed.ts";
import type { AllPlanesEvidence, HiddenPlaneEvidence, ListedEvidence } from "./evidence.ts";

export const verifier: Verifier<HiddenPlaneValues, HiddenPlaneEvidence> = {
  wellFormed: ({ values: { count, d } }, evidence) =>
    planeForm(evidence, count, (planes) => requireListed(planes, d)),

  async *check(params, evidence) {
    return evidence.kind === "all-planes"
      ? yield* checkAllPlanes(params.values, evidence)
      : yield* checkListed({ ...params.values, count: params.values.count as number }, evidence);
  },
};

/** Additions of big integers that the second formula may take. */
const restrictionWork = 300_000;
/** Numbers drawn for sampled planes. */
const sampledNumbers = 1_000_000;
/** Beyond this dimension squares of correlations are no float64 any more, and no sample says anything. */
const sampledUpTo = 10n ** 280n;

async function* checkAllPlanes(
  { n, d, k, graph }: HiddenPlaneValues,
  { harmonicDimension }: AllPlanesEvidence,
): AsyncGenerator<Progress, Verdict> {
  const checks: Check[] = [];
  const claimed = BigInt(harmonicDimension);
  const series = harmonicDimensionBySeries(d, k);
  checks.push({
    name: "dimension",
    ok: claimed === series,
    detail: `coefficients of (1 + t) / (1 - t)^${d - 1}: ${short(series)}`,
  });
  if (d * k <= restrictionWork) {
    const restricted = harmonicDimensionByRestriction(d, k);
    checks.push({
      name: "dimension by restriction",
      ok: claimed === restricted,
      detail: `sums of harmonics on hyperplanes: ${short(restricted)}`,
    });
  }
  if (series > sampledUpTo) return { route: "dimension by other formulas", checks };
  yield { what: "sampled planes", done: 0, total: 1 };
  const key = keyFor("sampled planes", n, d, k, graph);
  const order = Math.max(8, Math.min(200, Math.floor(sampledNumbers / (2 * d))));
  const product = polygonProduct(k, correlationsOf(buildGraph(n, graph, key)));
  const planes = Array.from({ length: order }, (_, i) => drawPlane(keyFor(key, i), d));
  const gram = yield* planeGram(product, d, order, (i) => planes[i]);
  const { mean, error } = meanSquare(gram);
  const most = 1 / Number(claimed);
  checks.push({
    name: "sampled Gram matrix",
    ok: mean - 6 * error <= most,
    detail: `${order} planes, mean squared correlation ${show(mean)} +- ${show(error)}, at most ${show(most)} by the claim`,
  });
  return { route: "dimension by other formulas, sampled planes", checks };
}

/** Over the pairs of different planes, with the standard error of uncorrelated pairs. */
function meanSquare({ matrix, order }: PlaneGram): { mean: number; error: number } {
  let [sum, squares, pairs] = [0, 0, 0];
  for (let i = 0; i < order; i++)
    for (let j = 0; j < i; j++) {
      const x = matrix[i * order + j] ** 2;
      sum += x;
      squares += x * x;
      pairs++;
    }
  const mean = sum / pairs;
  return { mean, error: Math.sqrt(Math.max(0, squares / pairs - mean * mean) / pairs) };
}

/** Evaluations of kappa that the pairs may take, and the largest number of pairs. */
const kappaWork = 60_000_000;
const mostPairs = 200_000;

async function* checkListed(
  params: HiddenPlaneValues & { count: number },
  evidence: ListedEvidence,
): AsyncGenerator<Progress, Verdict> {
  const { d, k, count } = params;
  const { seed, lambdaUpper, lambdaLower, maxAbsCorrelation, entryError } = evidence;
  const correlations = correlationsOf(listedGraph(params, seed));
  const product = gramProduct(k, correlations, count);
  const planes = Array.from({ length: count }, (_, i) => listedPlane(d, seed, count - 1 - i));
  const gram = yield* planeGram(product, d, count, (i) => planes[i]);
  const checks: Check[] = [];
  const worst = planes.reduce((max, plane) => Math.max(max, defect(plane)), 0);
  checks.push({
    name: "planes",
    ok: worst <= 2 * (d + 4) * unitRoundoff,
    detail: `rows orthonormal within ${show(worst)}`,
  });
  yield { what: "a tenth of the entries by the other formula", done: 0, total: 1 };
  checks.push(checkPairs(params, evidence, product, correlations, planes, gram));
  checks.push({
    name: "largest correlation",
    ok: Math.abs(maxAbsCorrelation - gram.maxAbsCorrelation) <= 4 * entryError + gram.relativeError + 1e-9,
    detail: `${show(gram.maxAbsCorrelation)} in the matrix drawn again`,
  });
  checks.push({
    name: "entry error",
    ok: Math.abs(entryError - gram.entryError) <= 1e-3 * entryError,
    detail: `${show(gram.entryError)} by the roundings of the matrix drawn again`,
  });
  yield { what: "largest eigenvalue", done: 0, total: 1 };
  const start = Float64Array.from({ length: count }, (_, i) => Math.cos(1 + i * i));
  const estimate = rayleighEstimate(gram.matrix, count, undefined, start);
  checks.push({
    name: "estimate from below",
    ok: Math.abs(estimate / lambdaLower - 1) < 0.02 && estimate <= lambdaUpper,
    detail: `${show(estimate)} from another start`,
  });
  yield { what: "largest eigenvalue", done: 1, total: 2 };
  checks.push(prove(gram, lambdaUpper));
  return { route: "the Gram matrix drawn again, by the other formula, its eigenvalue proved again", checks };
}

function checkPairs(
  params: HiddenPlaneValues & { count: number },
  evidence: ListedEvidence,
  product: PolygonProduct,
  correlations: Correlations,
  planes: readonly Plane[],
  { matrix, relativeError }: PlaneGram,
): Check {
  const { d, k, count } = params;
  const all = (count * (count - 1)) / 2;
  const affordable = Math.floor(kappaWork / (k * k * correlations.length));
  const pairs = Math.max(20, Math.min(Math.ceil(all / 10), affordable, mostPairs));
  const { below } = stream(keyFor("checked pairs", params, evidence));
  const accurate = polygonProduct(k, correlations);
  let [wrong, worst] = [0, 0];
  for (let p = 0; p < pairs; p++) {
    const i = below(count);
    const j = (i + 1 + below(count - 1)) % count;
    const K = overlap(planes[i], planes[j]);
    const s = Math.min(1, overlapNorm(...K));
    // the matrix has the series up to `switchAt`, beyond the closed form over half a turn
    const [other, error] =
      s <= product.switchAt
        ? [product.closedForm(...K), product.closedFormError(s)]
        : s <= accurate.seriesUpTo
          ? [accurate.series(...K), accurate.seriesError(s)]
          : [byDefinition(k, correlations, K), definitionError(k, correlations)];
    const entry = matrix[i * count + j];
    const allowed =
      error / product.normSquared + 2 * correlationError(product, s, d) + relativeError * Math.abs(entry);
    const off = Math.abs(other / product.normSquared - entry);
    worst = Math.max(worst, off);
    if (!(off <= allowed)) wrong++;
  }
  return {
    name: "entries",
    ok: wrong === 0,
    detail: `${pairs} random pairs of ${all} by the other formula: largest difference ${show(worst)}, ${wrong} beyond the error bounds`,
  };
}

/** sum_r weight_r sum_{m,l} (-1)^{m+l} kappa(r w_m^T K w_l), all (2k)^2 terms. */
function byDefinition(k: number, correlations: Correlations, [a, b, c, d]: readonly number[]): number {
  const w = directions(k);
  let total = 0;
  for (const { correlation, weight } of correlations)
    for (let m = 0; m < 2 * k; m++)
      for (let l = 0; l < 2 * k; l++) {
        const [x, y, u, v] = [w[2 * m], w[2 * m + 1], w[2 * l], w[2 * l + 1]];
        const cosine = correlation * ((x * a + y * c) * u + (x * b + y * d) * v);
        const sign = (m + l) % 2 === 0 ? weight : -weight;
        total += sign * kappa(Math.max(-1, Math.min(1, cosine)));
      }
  return total;
}

const definitionError = (k: number, correlations: Correlations): number =>
  correlations.reduce((sum, { weight }) => sum + weight, 0) * 4 * k * k * (4 * k * k + 30) * unitRoundoff;

function prove(gram: PlaneGram, claimed: number): Check {
  const { matrix, order } = gram;
  const name = "largest eigenvalue";
  if (order <= doubleUpTo) {
    const bound = factorisationProves(matrix, order, claimed * (1 - 1e-8), gram);
    if (bound !== undefined && bound <= claimed)
      return { name, ok: true, detail: `at most ${show(claimed)}, proved by factorising in reverse order` };
  }
  const bound = collatzWielandt(matrix, order, gram, 40);
  const ok = bound <= claimed || claimed === order;
  return {
    name,
    ok,
    detail: `at most ${show(bound)} by Collatz and Wielandt's quotients; ${show(claimed)} is claimed`,
  };
}

const show = (x: number): string => x.toPrecision(4);
const short = (x: bigint): string => {
  const text = x.toString();
  return text.length > 40 ? `${text.slice(0, 20)}... (${text.length} digits)` : text;
};
