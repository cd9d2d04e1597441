/**
 * Certificates of `cnn-hidden-plane` (Kiani et al. 2024, convolutional networks).
 *
 * **All planes**, with density proportional to ||f_U||^2: f_U = P f'_U with P the projection on G-invariant functions
 * and f'_U the sum of F(U x) over columns. Under the uniform law E[f' (x) f'] commutes with rotations, so on
 * harmonics of degree l its eigenvalues are at most columns ||F||^2 share_l / dim H_l, before and after projecting,
 * which leaves none where there is no invariant harmonic. So d_eff >= min over l of dim H_l / share_l, times
 * E||f_U||^2 / (columns ||F||^2); and this mean norm is sum over l of share_l dim H_l^G / dim H_l: all terms are
 * non-negative, so that stopping at a degree leaves a lower bound.
 *
 * **Listed planes**: the normalised Gram matrix of `count` planes drawn from the seed, entries in closed form with an
 * error bound, and a proved upper bound on its largest eigenvalue.
 */

import type { Checked } from "../../base/checked.ts";
import { reject } from "../../base/errors.ts";
import { listedPlane } from "../plane/plane.ts";
import { requireListed, type CnnPlaneValues } from "./params.ts";
import { averagedElements, groupProduct } from "../plane/group-product.ts";
import { largestEigenvalue } from "../../numeric/eigenvalue-bounds.ts";
import { harmonicGain } from "../plane/harmonic-gain.ts";
import { harmonicDimension } from "../plane/harmonics.ts";
import { polygonNormSquared } from "../plane/polygon-norm.ts";
import { harmonicShares, spectrumError } from "../plane/polygon-spectrum.ts";
import type { Progress } from "../../base/progress.ts";
import { compare, exactly, multiply, rational } from "../../numeric/rational.ts";
import { shownAbove, shownBelow } from "../../numeric/rounding.ts";
import { invariantHarmonics } from "../../symmetry/harmonic-invariants.ts";
import { apartInMatrix } from "../../query/apart-list.ts";
import type { Certifier, Claims, EvidenceOptions, Scope } from "../../query/certifier.ts";
import { listedClaims, listedMethod, schurClaims } from "../../query/claims.ts";
import {
  evidenceSchema,
  furthestDegree,
  type AllPlanesEvidence,
  type CnnPlaneEvidence,
  type ListedEvidence,
} from "./evidence.ts";

export const certifier: Certifier<CnnPlaneValues, CnnPlaneEvidence> = {
  evidence: evidenceSchema,
  claims,
  scope,
  // averaging shortens
  largestSquaredNorm: ({ values: { k, columns } }) => columns * polygonNormSquared(k) * (1 + 1e-9),
  describe,

  *certify({ values }, options) {
    if (values.count !== undefined) return yield* listed(values, values.count, options);
    return yield* allPlanes(values);
  },
};

/** Room left on the safe side of what was proved, so that other arithmetic proves the claim again. */
const margin = 2e-8;
/** How much less accurate a verifier's inner products may be. */
const room = 4;

/** Degrees beyond k that enter the mean norm; fewer where the group has many cycle types. */
const degreesBeyond = (types: number): number => (types <= 64 ? furthestDegree : 60);

function* allPlanes({ k, group }: CnnPlaneValues): Generator<Progress, AllPlanesEvidence> {
  const n = group.degree;
  const index = yield* group.cycleIndexSteps();
  yield { what: "invariant harmonics", done: 0, total: 1 };
  const degree = k + degreesBeyond(index.terms.length);
  const shares = harmonicShares(n, k, degree);
  const invariants = invariantHarmonics(index, degree);
  let [mean, covered] = [0, 0];
  for (let l = k; l <= degree; l += 2) {
    const [all, fixed] = [Number(harmonicDimension(n, l)), Number(invariants[l])];
    // beyond the range of floats terms are left out, which is on the safe side
    if (!Number.isFinite(all) || shares[l] < 1e-290) break;
    mean += shares[l] * fixed;
    covered += shares[l] * all;
  }
  return {
    kind: "all-planes",
    harmonicDimension: `${harmonicDimension(n, k)}`,
    gain: harmonicGain(n, k, (l) => (invariants[l] === 0n ? 0 : 1)),
    meanNorm: Math.min(1, mean * (1 - spectrumError(n, degree))),
    largestDegree: degree,
    coveredShare: Math.min(1, covered * (1 - spectrumError(n, degree))),
  };
}

function* listed(
  { group, k, columns }: CnnPlaneValues,
  count: number,
  { seed, apart = false }: EvidenceOptions,
): Generator<Progress, ListedEvidence> {
  yield* group.chainSteps();
  requireListed(count, group);
  const n = group.degree;
  const { value, error } = groupProduct(averagedElements(group), k, columns);
  const planes = Array.from({ length: count }, (_, i) => listedPlane(n, seed, i));
  const norms = planes.map((p) => value(p, p));
  const relative = planes.map((p, i) => error(p, p) / norms[i]);
  const matrix = new Float64Array(count * count);
  let [largest, entryError] = [0, 0];
  for (let i = 0; i < count; i++) {
    matrix[i * count + i] = 1;
    for (let j = 0; j < i; j++) {
      const scale = 1 / Math.sqrt(norms[i] * norms[j]);
      const entry = value(planes[i], planes[j]) * scale;
      matrix[i * count + j] = matrix[j * count + i] = entry;
      largest = Math.max(largest, Math.abs(entry));
      const doubt =
        error(planes[i], planes[j]) * scale + Math.abs(entry) * (relative[i] + relative[j] + 2 ** -50);
      entryError = Math.max(entryError, room * doubt);
    }
    if (i % 10 === 0) yield { what: "inner products", done: i * i, total: count * count };
  }
  if (!(entryError < 1e-3))
    reject({
      where: "group",
      what: `averaging over ${group.name} leaves norms too small for the inner products' rounding`,
      next: "leave --count out",
    });
  const { lower, upper, method } = largestEigenvalue(matrix, count, { entryError });
  const doubts = norms.map((x, i) => room * relative[i] * x);
  return {
    kind: "listed",
    seed,
    lambdaLower: Math.max(1, lower * (1 - margin) - count * entryError),
    lambdaUpper: Math.min(count, Math.max(1, upper * (1 + margin))),
    bound: method,
    maxAbsCorrelation: Math.min(1, largest + entryError),
    entryError,
    ...(apart ? { apart: apartInMatrix(matrix, count, 4 * entryError) } : {}),
    norms: [Math.min(...norms.map((x, i) => x - doubts[i])), Math.max(...norms.map((x, i) => x + doubts[i]))],
  };
}

function claims({ values: { count } }: Checked<CnnPlaneValues>, evidence: CnnPlaneEvidence): Claims {
  if (evidence.kind === "all-planes" || count === undefined) {
    const { harmonicDimension: least, gain, meanNorm } = evidence as AllPlanesEvidence;
    const dimension = multiply(multiply(rational(BigInt(least)), exactly(gain)), exactly(meanNorm));
    // no family has a smaller one
    return schurClaims(compare(dimension, rational(1)) < 0 ? rational(1) : dimension);
  }
  return listedClaims(count, evidence);
}

function scope({ values }: Checked<CnnPlaneValues>, evidence: CnnPlaneEvidence): Scope {
  const { group, k, columns, count } = values;
  const family = [
    `the alternating polygons of ${2 * k} relus on a hidden plane of R^${group.degree},`,
    `averaged over the group ${group.name}${columns > 1 ? `, ${columns} columns` : ""}`,
  ].join(" ");
  return evidence.kind === "all-planes"
    ? {
        class: `${family}, wherever the average is not 0`,
        members: "norm-weighted",
        training: "same-functions-another-law",
      }
    : {
        class: `${family}, for ${count} planes drawn from seed ${evidence.seed}`,
        members: "uniform",
        training: "other-functions",
      };
}

function describe({ values }: Checked<CnnPlaneValues>, evidence: CnnPlaneEvidence) {
  const { group, k } = values;
  const n = group.degree;
  const weak = k === 2 ? ["k = 2: planes of such families correlate strongly; k >= 4 makes them hard."] : [];
  if (evidence.kind === "all-planes") {
    const { harmonicDimension: least, gain, meanNorm, largestDegree, coveredShare } = evidence;
    const more =
      gain > 1 ? ` times ${shownBelow(gain, 6)}, as every degree holds only a part of the norm,` : "";
    return {
      method: [
        `Schur's lemma: dim H_${k}(R^${n}) = ${least}${more} times the mean squared norm, at`,
        `least ${shownBelow(meanNorm, 6)} of that before averaging (in closed form, from the invariant`,
        `harmonics up to degree ${largestDegree}, which hold ${shownBelow(coveredShare, 4)} of`,
        "it)",
      ].join(" "),
      remarks: [
        [
          "The deterministic statement needs no law of planes. With a probability it is about",
          "planes weighted by their functions' squared norms: of uniformly drawn ones nothing",
          "follows, as no norm is bounded from below.",
        ].join(" "),
        ...weak,
      ],
    };
  }
  const { norms } = evidence;
  return {
    method: listedMethod("the normalised Gram matrix", evidence),
    remarks: [
      [
        `Squared norms lie between ${shownBelow(norms[0], 4)} and ${shownAbove(norms[1], 4)}; the`,
        "tolerance is that of normalised functions.",
      ].join(" "),
      ...weak,
    ],
  };
}
