/**
 * The verifier's half of `gnn-hidden-plane`: it shares no computation with the certifier.
 *
 * **All planes**: the dimension by two other formulas; the shares of the degrees by radial integrals and, on a graph,
 * by a series for every pair of nodes; and sampled planes that must not contradict them. For T of norm at most 1/N
 * two independent planes have E C^2 = tr T^2 <= ||T|| tr T = 1/N, C their correlation; overlaps with a common plane
 * are still independent in pairs, so all pairs of a sample count. A mean above 1/N by six standard errors is a
 * contradiction.
 *
 * **Listed planes**: drawn again, every inner product by the plain double sum of the arc-cosine kernel, and the
 * claims held against what these prove, errors included: bounds from above by elimination or row quotients, as the
 * evidence says; the estimate from below by an elimination that breaks off, or a Rayleigh quotient.
 */

import { keyFor } from "../../base/random.ts";
import type { Progress } from "../../base/progress.ts";
import { unitRoundoff } from "../../numeric/rounding.ts";
import type { Cost } from "../../base/cost.ts";
import type { Check, Verdict, Verifier } from "../../query/certifier.ts";
import { buildGraph, isDrawn, listedGraph } from "../parameter/graph-parameter.ts";
import { gainFailsAt, graphSharesByPairs } from "../plane/gain-recounted.ts";
import { harmonicDimensionByRestriction, harmonicDimensionBySeries } from "../plane/harmonics-recounted.ts";
import { heldAgainst } from "../plane/held-against.ts";
import { planeForm } from "../plane/listed.ts";
import { keptInFull, largestDefect, plainGram } from "../plane/plain-gram.ts";
import { plainProduct, sumsOf, type Sums } from "../plane/plain-product.ts";
import { drawPlane, listedPlane } from "../plane/plane.ts";
import type { AllPlanesEvidence, HiddenPlaneEvidence, ListedEvidence } from "./evidence.ts";
import { requireListed, type HiddenPlaneValues } from "./params.ts";

export const verifier: Verifier<HiddenPlaneValues, HiddenPlaneEvidence> = {
  wellFormed: ({ values: { count, d } }, evidence) =>
    planeForm(evidence, count, (planes) => requireListed(planes, d)),

  cost({ values }, evidence) {
    if (evidence.kind === "all-planes" || values.count === undefined) return { seconds: 1, bytes: 0 };
    return listedCost(values, values.count, sumsOf(listedGraph(values, evidence.seed)).length);
  },

  *check({ values }, evidence) {
    return evidence.kind === "all-planes"
      ? yield* checkAllPlanes(values, evidence)
      : yield* checkListed(values, values.count ?? 0, evidence);
  },
};

/** Arc sines, overlaps and two eliminations, or passes over the matrix. */
function listedCost({ d, k }: HiddenPlaneValues, count: number, sums: number): Cost {
  const pairs = (count * count) / 2;
  const whole = count <= keptInFull;
  return {
    seconds: pairs * (1.5e-8 * k * k * sums + 4e-9 * d) + (whole ? 4e-10 * count ** 3 : 3e-7 * count ** 2),
    bytes: count * count * (whole ? 16 : 4) + 16 * count * d,
  };
}

/** Additions of big integers that the second formula may take. */
const restrictionWork = 300_000;
/** Arc sines and numbers drawn for sampled planes. */
const sampledWork = 5_000_000;
const sampledNumbers = 1_000_000;

function* checkAllPlanes(
  { n, d, k, graph }: HiddenPlaneValues,
  { harmonicDimension, gain }: AllPlanesEvidence,
): Generator<Progress, Verdict> {
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
  if (checks.every((c) => c.ok)) checks.push(gainCheck({ n, d, k, graph }, gain));
  const key = keyFor("sampled planes", n, d, k, graph);
  const sums = sumsOf(buildGraph(n, graph, key));
  const sampled = yield* sampledPlanes(d, k, sums, keyFor(key, "planes"));
  const most = 1 / (Number(claimed) * gain);
  // beyond this the rounding of the plain sum is larger than the correlations
  if (sampled === undefined || most < 100 * sampled.rounding ** 2)
    return { route: "dimension by other formulas", checks };
  checks.push({
    name: "sampled Gram matrix",
    ok: sampled.mean - 6 * sampled.error <= most,
    detail:
      `${sampled.planes} planes, mean squared correlation ${show(sampled.mean)} +- ${show(sampled.error)}, ` +
      `at most ${show(most)} by the claim`,
  });
  return { route: "dimension by other formulas, sampled planes", checks };
}

/** Nothing is known of the shares on a graph that is drawn. */
function gainCheck({ n, d, k, graph }: HiddenPlaneValues, gain: number): Check {
  const name = "shares";
  if (isDrawn(n, graph)) return { name, ok: gain <= 1, detail: `${gain} is claimed for every graph` };
  const times = n === 1 ? undefined : graphSharesByPairs(d, k, listedGraph({ n, graph }, 0));
  const at = gainFailsAt(d, k, gain, times);
  const outcome = at === undefined ? "by radial integrals" : `which degree ${at} does not allow`;
  return {
    name,
    ok: at === undefined,
    detail: `dim H_l / share_l is at least ${gain} dim H_${k}, ${outcome}`,
  };
}

/** The mean squared correlation over the pairs of sampled planes; undefined where too few are affordable. */
function* sampledPlanes(d: number, k: number, sums: Sums, key: ReturnType<typeof keyFor>) {
  const affordable = Math.floor(Math.sqrt((2 * sampledWork) / (k * k * sums.length)));
  const count = Math.min(200, affordable, Math.max(8, Math.floor(sampledNumbers / (2 * d))));
  if (count < 8) return undefined;
  const planes = Array.from({ length: count }, (_, i) => drawPlane(keyFor(key, i), d));
  const gram = yield* plainGram(k, plainProduct(k, sums), plainProduct(k), planes);
  let [sum, squares] = [0, 0];
  for (let i = 0; i < count; i++)
    for (let j = 0; j < i; j++) {
      const x = gram.entries[i * count + j] ** 2;
      sum += x;
      squares += x * x;
    }
  const pairs = (count * (count - 1)) / 2;
  const mean = sum / pairs;
  const error = Math.sqrt(Math.max(0, squares / pairs - mean * mean) / pairs);
  return { planes: count, mean, error, rounding: gram.entryError };
}

function* checkListed(
  values: HiddenPlaneValues,
  count: number,
  evidence: ListedEvidence,
): Generator<Progress, Verdict> {
  const { d, k } = values;
  const { seed } = evidence;
  const planes = Array.from({ length: count }, (_, i) => listedPlane(d, seed, i));
  const worst = largestDefect(planes);
  const product = plainProduct(k, sumsOf(listedGraph(values, seed)));
  const gram = yield* plainGram(k, product, plainProduct(k), planes);
  const checks: Check[] = [
    {
      name: "planes",
      ok: worst <= 2 * (d + 4) * unitRoundoff,
      detail: `rows orthonormal within ${show(worst)}`,
    },
  ];
  yield { what: "largest eigenvalue", done: 1, total: 2 };
  checks.push(...heldAgainst(gram, evidence));
  return { route: "every inner product by the plain sum, the eigenvalue proved by other means", checks };
}

const show = (x: number): string => x.toPrecision(4);
const short = (x: bigint): string => {
  const text = x.toString();
  return text.length > 40 ? `${text.slice(0, 20)}... (${text.length} digits)` : text;
};
