/**
 * Certificates of `gnn-hidden-plane` (Kiani et al. 2024, hardness in the feature dimension).
 *
 * **All planes**, drawn uniformly: T = E[f_U (x) f_U] / ||f||^2 commutes with rotations X -> X Q of the features. f_U
 * is a sum of functions of single vectors (A X)_i and changes its sign when its plane is turned by pi/k, so T lives
 * on spherical-harmonic types of degree l >= k; by Schur's lemma its eigenvalues on one are at most share_l / dim
 * H_l(R^d), share_l the part of ||f||^2 of that type. A graph that is drawn has unknown shares: then 1 / dim H_k,
 * which holds for every graph with an edge.
 *
 * **Listed planes**: the Gram matrix of `count` planes drawn from the seed, each entry with an error bound, and a
 * proved upper bound on its largest eigenvalue.
 */

import type { Checked } from "../../base/checked.ts";
import { listedPlane } from "../plane/plane.ts";
import { isDrawn, listedGraph } from "../parameter/graph-parameter.ts";
import { requireListed, type HiddenPlaneValues } from "./params.ts";
import { correlationsOf } from "../plane/node-correlations.ts";
import { largestEigenvalue } from "../../numeric/eigenvalue-bounds.ts";
import { graphShares, harmonicGain } from "../plane/harmonic-gain.ts";
import { harmonicDimension } from "../plane/harmonics.ts";
import type { Progress } from "../../base/progress.ts";
import { exactly, multiply, rational } from "../../numeric/rational.ts";
import { polygonNormSquared } from "../plane/polygon-norm.ts";
import { polygonProduct } from "../plane/polygon-product.ts";
import { doubleUpTo, gramProduct, planeGram } from "../plane/plane-gram.ts";
import { shownBelow } from "../../numeric/rounding.ts";
import { apartInMatrix } from "../../query/apart-list.ts";
import type { Certifier, Claims, EvidenceOptions, Scope } from "../../query/certifier.ts";
import { listedClaims, listedMethod, schurClaims } from "../../query/claims.ts";
import {
  evidenceSchema,
  type AllPlanesEvidence,
  type HiddenPlaneEvidence,
  type ListedEvidence,
} from "./evidence.ts";

/** Room left on the safe side of what was proved, so that other arithmetic proves the claim again. */
const margin = 2e-8;
/** Beyond the order that is factorised the estimate from below is stated with room for a verifier's weaker one. */
const estimateMargin = 1e-3;
/**
 * How much less accurate a verifier's inner products, by the plain sum, may be than the bound on this closed form's.
 */
const plainSums = 8;

export const certifier: Certifier<HiddenPlaneValues, HiddenPlaneEvidence> = {
  evidence: evidenceSchema,
  cost({ values: { d, count = 0 } }) {
    requireListed(count, d); // before anyone is asked to agree to it
    return {
      // pairs and their overlaps, then some fifty passes over the matrix
      seconds: count * count * (4e-7 + 1e-10 * d),
      bytes: count * count * (count > doubleUpTo ? 4 : 8) + 32 * count * d,
    };
  },
  claims,
  scope,
  largestSquaredNorm,
  describe,

  async *certify({ values }, options) {
    const { d, k, count } = values;
    if (count === undefined)
      return {
        kind: "all-planes",
        harmonicDimension: harmonicDimension(d, k).toString(),
        gain: gainOf(values),
      };
    return yield* listed({ ...values, count }, options);
  },
};

function gainOf({ n, d, k, graph }: HiddenPlaneValues): number {
  if (n === 1) return harmonicGain(d, k);
  if (isDrawn(n, graph)) return 1;
  return harmonicGain(d, k, graphShares(d, k, correlationsOf(listedGraph({ n, graph }, 0))));
}

async function* listed(
  params: HiddenPlaneValues & { readonly count: number },
  { seed, apart = false }: EvidenceOptions,
): AsyncGenerator<Progress, ListedEvidence> {
  const { d, k, count } = params;
  requireListed(count, d);
  const product = gramProduct(k, correlationsOf(listedGraph(params, seed)), count);
  const gram = yield* planeGram(product, d, count, (i) => listedPlane(d, seed, i));
  yield { what: "largest eigenvalue", done: 1, total: 1 };
  const { lower, upper, method } = largestEigenvalue(gram.matrix, count, gram);
  const room = plainSums * (product.closedFormError(1) / product.normSquared);
  const estimate = lower * (1 - (count > doubleUpTo ? estimateMargin : margin)) - count * room;
  return {
    kind: "listed",
    seed,
    // the trace's mean is below the largest eigenvalue, and no eigenvalue is above the trace
    lambdaLower: Math.max(1, estimate),
    lambdaUpper: Math.min(count, Math.max(1, upper * (1 + margin) + count * room)),
    bound: method,
    maxAbsCorrelation: Math.min(1, gram.maxAbsCorrelation + room),
    entryError: gram.entryError + room,
    ...(apart ? { apart: apartInMatrix(gram.matrix, count, 4 * (gram.entryError + room)) } : {}),
  };
}

function claims({ values: { count } }: Checked<HiddenPlaneValues>, evidence: HiddenPlaneEvidence): Claims {
  if (evidence.kind === "all-planes" || count === undefined) {
    const { harmonicDimension: least, gain } = evidence as AllPlanesEvidence;
    return schurClaims(multiply(rational(BigInt(least)), exactly(gain)));
  }
  return listedClaims(count, evidence);
}

/** One for all planes; where the graph is drawn, one that no graph on so many nodes exceeds. */
function largestSquaredNorm({ values }: Checked<HiddenPlaneValues>, evidence: HiddenPlaneEvidence) {
  const { n, k, graph } = values;
  const drawn = evidence.kind === "all-planes" && isDrawn(n, graph);
  const seed = evidence.kind === "listed" ? evidence.seed : 0;
  // a sum over the nodes of norms sqrt(degree) ||F||, degrees up to n - 1
  if (drawn) return n ** 2 * (n - 1) * polygonNormSquared(k) * (1 + 1e-9);
  return polygonProduct(k, correlationsOf(listedGraph(values, seed))).normSquared * (1 + 1e-9);
}

function scope({ values }: Checked<HiddenPlaneValues>, evidence: HiddenPlaneEvidence): Scope {
  const { n, d, k, graph, count } = values;
  const drawnOn = typeof graph === "string" ? `the graph ${graph}` : "a graph from a file";
  const where = n === 1 ? "f(x) = F(U x)" : `sums over the nodes of ${drawnOn} on ${n} nodes`;
  const family = `the alternating polygons of ${2 * k} relus on a hidden plane of R^${d}, ${where}`;
  return evidence.kind === "all-planes"
    ? { class: family, members: "uniform-planes", training: "same" }
    : {
        class: `${family}, for ${count} planes drawn from seed ${evidence.seed}`,
        members: "uniform",
        training: "other-functions",
      };
}

function describe({ values: { n, d, k, graph } }: Checked<HiddenPlaneValues>, evidence: HiddenPlaneEvidence) {
  if (evidence.kind === "all-planes")
    return {
      method: [
        `Schur's lemma: dim H_${k}(R^${d}) = C(${d + k - 1}, ${k}) - C(${d + k - 3}, ${k - 2})`,
        evidence.gain > 1
          ? ` times ${shownBelow(evidence.gain, 6)}, as every degree of harmonics holds only a part of ||f||^2`
          : "",
      ].join(""),
      remarks: [
        [
          `It holds for ${isDrawn(n, graph) ? "every graph with an edge" : "this graph"}, and on`,
          "average over the very planes that instances draw.",
        ].join(" "),
        "It does not cover learners that use squares of labels: a label-squared second moment finds the plane.",
      ],
    };
  const { lambdaUpper, lambdaLower } = evidence;
  const gap = lambdaUpper / lambdaLower - 1;
  return {
    method: listedMethod("the Gram matrix", evidence),
    remarks:
      gap > 0.05
        ? [
            [
              `The proved bound is ${Math.round(100 * gap)} % above the estimate: the true dimension may be`,
              "up to about that much larger.",
            ].join(" "),
          ]
        : [],
  };
}
