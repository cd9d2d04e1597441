/**
 * Certificates of `gnn-hidden-plane` (Kiani et al. 2024, hardness in the feature dimension).
 *
 * **All planes**, drawn uniformly: T = E[f_U (x) f_U] / ||f||^2 commutes with rotations X -> X Q of the features. f_U is a sum
 * of functions of single vectors (A X)_i and changes its sign when its plane is turned by pi/k, so T lives on
 * spherical-harmonic types of degree at least k; by Schur's lemma its eigenvalues are at most 1 / dim H_k(R^d). That
 * holds for every graph with an edge, and dim H_k is an integer: nothing is sampled or rounded.
 *
 * **Listed planes**: the Gram matrix of `count` planes drawn from the seed, each entry with an error bound, and a proved
 * upper bound on its largest eigenvalue.
 */

import type { Checked } from "../../base/checked.ts";
import { listedPlane } from "../plane/plane.ts";
import { isDrawn, listedGraph } from "../parameter/graph-parameter.ts";
import { requireListed, type HiddenPlaneValues } from "./params.ts";
import { correlationsOf } from "../plane/node-correlations.ts";
import { largestEigenvalue } from "../../numeric/eigenvalue-bounds.ts";
import { harmonicDimension } from "../plane/harmonics.ts";
import type { Progress } from "../../base/progress.ts";
import { rational } from "../../numeric/rational.ts";
import { polygonNormSquared } from "../plane/polygon-norm.ts";
import { polygonProduct } from "../plane/polygon-product.ts";
import { doubleUpTo, gramProduct, planeGram } from "../plane/plane-gram.ts";
import type { Certifier, Claims, Scope } from "../../query/certifier.ts";
import { listedClaims, listedMethod, schurClaims } from "../../query/claims.ts";
import { evidenceSchema, type HiddenPlaneEvidence, type ListedEvidence } from "./evidence.ts";

/** Room left on the safe side of what was proved, so that other arithmetic proves the claim again. */
const margin = 2e-8;
/** Beyond the order that is factorised the estimate from below is stated with room for a verifier's weaker one. */
const estimateMargin = 1e-3;
/** How much less accurate a verifier's inner products, by the plain sum, may be than the bound on this closed form's. */
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

  async *certify({ values }, { seed }) {
    const { d, k, count } = values;
    if (count === undefined)
      return { kind: "all-planes", harmonicDimension: harmonicDimension(d, k).toString() };
    return yield* listed({ ...values, count }, seed);
  },
};

async function* listed(
  params: HiddenPlaneValues & { readonly count: number },
  seed: number,
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
  };
}

function claims({ values: { count } }: Checked<HiddenPlaneValues>, evidence: HiddenPlaneEvidence): Claims {
  if (evidence.kind === "all-planes" || count === undefined)
    return schurClaims(rational(BigInt((evidence as { harmonicDimension: string }).harmonicDimension)));
  return listedClaims(count, evidence);
}

/** One for all planes; where the graph is drawn, one that no graph on so many nodes exceeds. */
function largestSquaredNorm({ values }: Checked<HiddenPlaneValues>, evidence: HiddenPlaneEvidence) {
  const { n, k, graph } = values;
  const drawn = evidence.kind === "all-planes" && isDrawn(graph);
  const seed = evidence.kind === "listed" ? evidence.seed : 0;
  // a sum over the nodes of norms sqrt(degree) ||F||, degrees up to n - 1
  if (drawn) return n ** 2 * (n - 1) * polygonNormSquared(k) * (1 + 1e-9);
  return polygonProduct(k, correlationsOf(listedGraph(values, seed))).normSquared * (1 + 1e-9);
}

function scope({ values }: Checked<HiddenPlaneValues>, evidence: HiddenPlaneEvidence): Scope {
  const { n, d, k, graph, count } = values;
  const where =
    n === 1
      ? "f(x) = F(U x)"
      : `sums over the nodes of ${typeof graph === "string" ? `the graph ${graph}` : "a graph from a file"} on ${n} nodes`;
  const family = `the alternating polygons of ${2 * k} relus on a hidden plane of R^${d}, ${where}`;
  return evidence.kind === "all-planes"
    ? { class: family, members: "uniform-planes", training: "same" }
    : {
        class: `${family}, for ${count} planes drawn from seed ${evidence.seed}`,
        members: "uniform",
        training: "other-functions",
      };
}

function describe({ values: { d, k } }: Checked<HiddenPlaneValues>, evidence: HiddenPlaneEvidence) {
  if (evidence.kind === "all-planes")
    return {
      method: `Schur's lemma: dim H_${k}(R^${d}) = C(${d + k - 1}, ${k}) - C(${d + k - 3}, ${k - 2}), an integer`,
      remarks: [
        "It holds for every graph with an edge, and on average over the very planes that instances draw.",
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
            `The proved bound is ${Math.round(100 * gap)} % above the estimate: the true dimension is about that much larger.`,
          ]
        : [],
  };
}
