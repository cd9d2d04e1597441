/**
 * The verifier's half of `cnn-hidden-plane`. **All planes**: the dimension by its generating function instead of binomial
 * coefficients, the mean norm recomputed, and held against the norms of sampled planes by the plain arc-cosine sum, which
 * know nothing of harmonics or invariants. **Listed planes**: recomputed; a tenth of the Gram matrix, chosen by a key that
 * depends on the evidence, by the plain sum instead of the series.
 */

import type { Checked } from "../../base/checked.ts";
import { canonicalJson } from "../../base/json.ts";
import { foldIn, keyFor, stream } from "../../base/random.ts";
import { allPlanes, listed } from "./certificate.ts";
import { listedPlane } from "./members.ts";
import { requireListed, type CnnPlaneValues } from "./params.ts";
import { averagedElements, groupProduct } from "../plane/group-product.ts";
import { drawPlane } from "../plane/plane.ts";
import { harmonicDimensionBySeries } from "../plane/harmonics.ts";
import { polygonNormSquared } from "../plane/polygon.ts";
import type { Progress } from "../../base/progress.ts";
import type { Check, Verdict, Verifier } from "../../query/certifier.ts";
import { planeForm } from "../plane/listed.ts";
import type { AllPlanesEvidence, CnnPlaneEvidence, ListedEvidence } from "./evidence.ts";

const SAMPLED_PLANES = 200;
/** Group elements times points of all sampled norms. */
const SAMPLED_WORK = 20_000_000;

export const verifier: Verifier<CnnPlaneValues, CnnPlaneEvidence> = {
  wellFormed: ({ values: { count, group } }, evidence) =>
    planeForm(evidence, count, (planes) => requireListed(planes, group)),

  *check(params, evidence) {
    if (evidence.kind === "all-planes") return yield* checkAllPlanes(params, evidence);
    return yield* checkListed(params.values, evidence);
  },
};

function* checkAllPlanes(
  params: Checked<CnnPlaneValues>,
  evidence: AllPlanesEvidence,
): Generator<Progress, Verdict> {
  const { k, group } = params.values;
  const recomputed = yield* allPlanes(params.values);
  const n = group.degree;
  const dimension = harmonicDimensionBySeries(n, k);
  const same = canonicalJson(evidence) === canonicalJson(recomputed);
  const checks: Check[] = [
    {
      name: "harmonic dimension",
      ok: BigInt(evidence.harmonicDimension) === dimension,
      detail: `${dimension} by the generating function`,
    },
    { name: "recomputed", ok: same, detail: "mean norm from the invariant harmonics" },
    {
      name: "shares",
      ok: evidence.coveredShare <= 1 + 1e-9,
      detail: `the shares of the degrees add up to ${evidence.coveredShare}`,
    },
  ];
  const planes = Math.min(SAMPLED_PLANES, Math.floor(SAMPLED_WORK / (n * Number(group.order()))));
  if (planes < 20 || checks.some((c) => !c.ok))
    return { route: "dimension by its generating function; norms recomputed", checks };
  const { closedForm } = groupProduct(averagedElements(group), k, 1);
  const key = keyFor("verify norms", params.json);
  let [sum, squares] = [0, 0];
  for (let i = 0; i < planes; i++) {
    const plane = drawPlane(foldIn(key, i), n);
    const norm = closedForm(plane, plane) / polygonNormSquared(k);
    sum += norm;
    squares += norm * norm;
    if (i % 20 === 0) yield { what: "norms of sampled planes", done: i, total: planes };
  }
  const mean = sum / planes;
  const error = Math.sqrt(Math.max(0, squares / planes - mean * mean) / planes) + 1e-9 * mean;
  const most = evidence.meanNorm + Math.max(0, 1 - evidence.coveredShare);
  checks.push({
    name: "sampled norms",
    ok: mean + 6 * error >= evidence.meanNorm && mean - 6 * error <= most,
    detail: `${planes} planes: mean squared norm ${mean.toPrecision(5)} +- ${error.toPrecision(2)}, claimed at least ${evidence.meanNorm.toPrecision(5)}`,
  });
  return {
    route: "dimension by its generating function; norms of sampled planes by the arc-cosine kernel",
    checks,
  };
}

function* checkListed(values: CnnPlaneValues, evidence: ListedEvidence): Generator<Progress, Verdict> {
  const { group, k, columns, count = 0 } = values;
  const recomputed = yield* listed(values, count, evidence.seed);
  const n = group.degree;
  const checks: Check[] = [
    {
      name: "recomputed",
      ok: canonicalJson(evidence) === canonicalJson(recomputed),
      detail: "planes, inner products and bounds",
    },
  ];
  const route = "recomputed; a tenth of the Gram matrix by the plain sum";
  if (!checks[0].ok) return { route, checks };
  const { value, closedForm, error } = groupProduct(averagedElements(group), k, columns);
  const { below } = stream(keyFor("verify Gram", evidence));
  const entries = Math.ceil((count * (count + 1)) / 20);
  let worst = 0;
  for (let e = 0; e < entries; e++) {
    const [u, v] = [below(count), below(count)].map((i) => listedPlane(n, evidence.seed, i));
    worst = Math.max(worst, Math.abs(value(u, v) - closedForm(u, v)) / error(u, v));
    if (e % 100 === 0) yield { what: "inner products", done: e, total: entries };
  }
  checks.push({
    name: "inner products",
    ok: worst <= 1,
    detail: `${entries} entries by the plain sum: differences up to ${worst.toPrecision(2)} of the error bound`,
  });
  return { route, checks };
}
