/**
 * The verifier's half of `cnn-hidden-plane`: it shares no computation with the certifier.
 *
 * **All planes**: the dimension by its generating function; the mean norm from shares of the degrees by radial
 * integrals and the invariant harmonics by Newton's identities from numbers of fixed points; both held against the
 * norms of sampled planes by the plain arc-cosine sum, which know nothing of harmonics.
 *
 * **Listed planes**: every inner product by the plain sum over all elements, and the claims held against what these
 * prove.
 */

import type { Checked } from "../../base/checked.ts";
import { foldIn, keyFor } from "../../base/random.ts";
import type { Progress } from "../../base/progress.ts";
import { exactly, multiply, numberBelow, rational } from "../../numeric/rational.ts";
import { unitRoundoff } from "../../numeric/rounding.ts";
import { forEachElement } from "../../symmetry/chain.ts";
import { elementTypes, typesCost } from "../../symmetry/element-types.ts";
import { harmonicsByFixedPoints } from "../../symmetry/fixed-points.ts";
import type { PermutationGroup } from "../../symmetry/groups.ts";
import type { Permutation } from "../../symmetry/permutation.ts";
import type { Check, Verdict, Verifier } from "../../query/certifier.ts";
import { harmonicDimensionBySeries } from "../plane/harmonics-recounted.ts";
import { gainFailsAt } from "../plane/gain-recounted.ts";
import { heldAgainst } from "../plane/held-against.ts";
import { planeForm } from "../plane/listed.ts";
import { collector } from "../plane/plain-gram.ts";
import { largestSingularValue, plainProduct, type Overlap } from "../plane/plain-product.ts";
import { drawPlane, listedPlane, type Plane } from "../plane/plane.ts";
import { sharesByAngles } from "../plane/shares-recounted.ts";
import {
  furthestDegree,
  type AllPlanesEvidence,
  type CnnPlaneEvidence,
  type ListedEvidence,
} from "./evidence.ts";
import { requireListed, type CnnPlaneValues } from "./params.ts";

const sampledPlanes = 200;
/** Arc sines and overlaps of all sampled norms, together. */
const sampledWork = 5_000_000;

export const verifier: Verifier<CnnPlaneValues, CnnPlaneEvidence> = {
  wellFormed({ values: { count, group, k } }, evidence) {
    const form = planeForm(evidence, count, (planes) => requireListed(planes, group));
    if (evidence.kind === "listed") return form;
    const ok = evidence.largestDegree <= k + furthestDegree && evidence.largestDegree >= k;
    return [...form, { name: "evidence.largestDegree", ok, detail: `${k} to ${k + furthestDegree}` }];
  },

  cost({ values: { group, k, count = 0 } }, evidence) {
    if (evidence.kind === "listed") {
      const pairs = ((count * count) / 2) * Number(group.order());
      return {
        seconds: pairs * (1.5e-8 * k * k + 4e-9 * group.degree) + 4e-10 * count ** 3,
        bytes: 16 * count ** 2,
      };
    }
    const { types, cells } = typesCost(group);
    return { seconds: 1 + types * evidence.largestDegree ** 2 * 2e-8 + cells * 1e-8, bytes: 2 ** 27 };
  },

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
  const n = group.degree;
  const { harmonicDimension, gain, meanNorm, largestDegree, coveredShare } = evidence;
  const dimension = harmonicDimensionBySeries(n, k);
  const { mean, covered, fixed } = yield* meanNormBelow(group, k, largestDegree);
  const failing = gainFailsAt(n, k, gain, (l) => (fixed[l] === 0n ? 0 : 1));
  const checks: Check[] = [
    {
      name: "harmonic dimension",
      ok: BigInt(harmonicDimension) === dimension,
      detail: `${dimension} by the generating function`,
    },
    {
      name: "shares of invariant degrees",
      ok: failing === undefined,
      detail: [
        `dim H_l / share_l is at least ${gain} dim H_${k},`,
        failing === undefined ? "by radial integrals" : `which degree ${failing} does not allow`,
      ].join(" "),
    },
    {
      name: "mean norm",
      ok: meanNorm <= mean,
      detail: `at least ${mean} by radial integrals and fixed points, ${meanNorm} is claimed`,
    },
    {
      name: "shares",
      ok: coveredShare <= covered,
      detail: `the degrees up to ${largestDegree} hold at least ${covered}, ${coveredShare} is claimed`,
    },
  ];
  const route = "dimension by its generating function, mean norm by radial integrals and fixed points";
  const planes = Math.min(sampledPlanes, Math.floor(sampledWork / (Number(group.order()) * (k * k + n))));
  if (planes < 20 || checks.some((c) => !c.ok)) return { route, checks };
  checks.push(yield* sampledNorms(params, planes, meanNorm));
  return { route: `${route}; norms of sampled planes by the arc-cosine kernel`, checks };
}

/** The mean squared norm over planes drawn here, whose norms are summed over the group, not expanded. */
function* sampledNorms(
  params: Checked<CnnPlaneValues>,
  planes: number,
  meanNorm: number,
): Generator<Progress, Check> {
  const { k, group } = params.values;
  const n = group.degree;
  const elements = yield* elementsOf(group);
  const product = plainProduct(k);
  const key = keyFor("verify norms", params.json);
  let [sum, squares] = [0, 0];
  for (let i = 0; i < planes; i++) {
    const plane = drawPlane(foldIn(key, i), n);
    const norm = averaged(elements, plane, plane, product.value) / product.normSquared;
    sum += norm;
    squares += norm * norm;
    if (i % 20 === 0) yield { what: "norms of sampled planes", done: i, total: planes };
  }
  const found = sum / planes;
  const error = Math.sqrt(Math.max(0, squares / planes - found * found) / planes) + 1e-9 * found;
  return {
    name: "sampled norms",
    ok: found + 6 * error >= meanNorm,
    detail: [
      `${planes} planes: mean squared norm ${found.toPrecision(5)} +- ${error.toPrecision(2)},`,
      `claimed at least ${meanNorm.toPrecision(5)}`,
    ].join(" "),
  };
}

/** Lower bounds on the mean norm that degrees up to `degree` give, and on their share of ||F||^2. */
function* meanNormBelow(group: PermutationGroup, k: number, degree: number) {
  const n = group.degree;
  const fixed = yield* harmonicsByFixedPoints(yield* elementTypes(group), degree);
  const { shares, error } = sharesByAngles(n, k, degree);
  let [mean, covered] = [0, 0];
  for (let l = k; l <= degree; l += 2) {
    // the share of its types that is invariant, rounded down once
    const part = rational(fixed[l], harmonicDimensionBySeries(n, l));
    mean += numberBelow(multiply(part, exactly(shares[l])));
    covered += shares[l];
  }
  const safe = 1 - 2 * (error + degree * unitRoundoff);
  return { mean: mean * safe, covered: covered * safe, fixed };
}

/** All elements: the group's order times degree is limited where they are needed. */
function* elementsOf(group: PermutationGroup): Generator<Progress, Permutation[]> {
  const elements: Permutation[] = [];
  forEachElement(yield* group.chainSteps(), (g) => elements.push(Int32Array.from(g)));
  return elements;
}

/** The mean over all elements of a function of the overlap U P_g^T V^T = sum_i U_i V_g(i)^T. */
function averaged(
  elements: readonly Permutation[],
  u: Plane,
  v: Plane,
  of: (overlap: Overlap) => number,
): number {
  const n = u.length / 2;
  let sum = 0;
  for (const g of elements) {
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      a += u[i] * v[g[i]];
      b += u[i] * v[n + g[i]];
      c += u[n + i] * v[g[i]];
      d += u[n + i] * v[n + g[i]];
    }
    sum += of([a, b, c, d]);
  }
  return sum / elements.length;
}

function* checkListed(
  { group, k, columns, count = 0 }: CnnPlaneValues,
  evidence: ListedEvidence,
): Generator<Progress, Verdict> {
  const n = group.degree;
  const elements = yield* elementsOf(group);
  const product = plainProduct(k);
  // an overlap errs by n roundings and the rows' own, which moves the kernel's double sum by (2k)^2 s/4 times that
  const errorAt = (overlap: Overlap): number => {
    const s = Math.min(1, largestSingularValue(overlap));
    return product.error(s) + k ** 2 * s * (n + 8) * 2 * unitRoundoff;
  };
  const planes = Array.from({ length: count }, (_, i) => listedPlane(n, evidence.seed, i));
  const norms = planes.map((p) => averaged(elements, p, p, product.value));
  const doubts = planes.map(
    (p, i) => averaged(elements, p, p, errorAt) + norms[i] * elements.length * unitRoundoff,
  );
  const gram = collector(count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      const scale = 1 / Math.sqrt(norms[i] * norms[j]);
      const entry = averaged(elements, planes[i], planes[j], product.value) * scale;
      const relative = doubts[i] / norms[i] + doubts[j] / norms[j] + 2 ** -50;
      const error = averaged(elements, planes[i], planes[j], errorAt) * scale + Math.abs(entry) * relative;
      gram.put(i, j, entry, error * (1 + 1e-6) + Number.MIN_VALUE);
    }
    yield { what: "inner products", done: i * i, total: count * count };
  }
  const least = columns * Math.min(...norms.map((x, i) => x - doubts[i]));
  const most = columns * Math.max(...norms.map((x, i) => x + doubts[i]));
  const checks: Check[] = [
    {
      name: "norms",
      ok: evidence.norms[0] <= least && most <= evidence.norms[1],
      detail: `between ${least} and ${most}; ${evidence.norms.join(" and ")} are claimed`,
    },
    ...heldAgainst(gram.done(), evidence),
  ];
  return { route: "every inner product by the plain sum, the eigenvalue proved by other means", checks };
}
