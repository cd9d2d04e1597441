/**
 * Certificates of `biased-neuron`: by Schur's lemma and the formula of Funk and Hecke, over all directions w. The
 * construction is ours; that agnostic learning of one biased neuron separates statistical from correlational queries is
 * Guo and Vijayaraghavan's (2025).
 */

import { exactly } from "../../numeric/rational.ts";
import { shownAbove } from "../../numeric/rounding.ts";
import type { Certifier } from "../../query/certifier.ts";
import { schurClaims } from "../../query/claims.ts";
import { evidenceSchema, type BiasedNeuronEvidence } from "./evidence.ts";
import { coefficients, normSquared, remaining } from "./link.ts";
import type { BiasedNeuronValues } from "./params.ts";
import { singleIndexDimension } from "./single-index.ts";

/** Coefficients that are summed one by one; a verifier sums more, and finds no less. */
const DEGREE = 200;
/** Room on the safe side, so that other arithmetic proves the claim again. */
const margin = 1e-6;

export const certifier: Certifier<BiasedNeuronValues, BiasedNeuronEvidence> = {
  evidence: evidenceSchema,

  *certify({ values: { d, bias, order } }) {
    yield { what: "Hermite coefficients", done: 0, total: 1 };
    const squares = coefficients(bias, DEGREE).map((c, l) => (l <= order ? 0 : c * c));
    const dimension = singleIndexDimension(squares, remaining(bias, order), d) * (1 - margin);
    return { kind: "single-index", dimension: Math.max(1, dimension) };
  },

  claims: (_params, { dimension }) => schurClaims(exactly(dimension)),

  scope: ({ values: { d, bias, order } }) => ({
    class: [
      `the neurons relu(w.x - ${bias}) without their parts of degree up to ${order}, each less the mean over all w,`,
      `w any unit vector of R^${d}, x standard normal`,
    ].join(" "),
    members: "uniform-directions",
    training: "same-with-a-mean",
  }),

  largestSquaredNorm: ({ values: { bias, order } }) => remaining(bias, order) * (1 + 1e-9),

  describe({ values: { bias, order } }) {
    const share = 1 - remaining(bias, order) / normSquared(bias);
    return {
      method: "Schur's lemma and the formula of Funk and Hecke on every degree of harmonics, in closed form",
      remarks: [
        [
          `As a task with noise: the neuron itself explains all but ${shownAbove(share, 3)} of its own square, which`,
          "is what the removed degrees hold.",
        ].join(" "),
        "It does not cover learners that look at large labels alone: thresholded second moments show w.",
      ],
    };
  },
};
