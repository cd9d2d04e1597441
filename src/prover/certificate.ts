/**
 * Certificates of `network`: members are searched, frozen as 32-bit weights, and what was frozen is certified in closed
 * form. The search needs no proof, and however long it looked, nothing has to be corrected for it.
 */

import { exactly, numberAbove, divide, rational } from "../numeric/rational.ts";
import { printedLog2, shownAbove, shownBelow } from "../numeric/rounding.ts";
import type { Certifier, Claims, Description, EvidenceOptions, Scope } from "../query/certifier.ts";
import { listedClaims, listedMethod, schurClaims } from "../query/claims.ts";
import { confidence, dimensionLimit, failure } from "./concentration.ts";
import {
  evidenceSchema,
  type LipschitzEvidence,
  type ListedEvidence,
  type NetworkEvidence,
  type OrbitEvidence,
} from "./evidence.ts";
import { lipschitzAgain, lipschitzCost, lipschitzEvidence, type SampledOptions } from "./lipschitz-route.ts";
import { listedAgain, listedCost, listedEvidence, type SearchOptions } from "./listed-route.ts";
import { orbitAgain, orbitCost, orbitEvidence } from "./orbit-route.ts";
import type { NetworkValues } from "./params.ts";
import { startInputs } from "./sample-key.ts";
import { describeClass } from "./text.ts";

export const certifier: Certifier<NetworkValues, NetworkEvidence> = {
  evidence: evidenceSchema,
  options: ({ values: { deep } }) => (deep ? ["steps", "samples"] : ["steps", "restarts"]),

  certify({ values }, options) {
    if (values.deep) return lipschitzEvidence(values, sampledOf(options));
    return (values.orbit ? orbitEvidence : listedEvidence)(values, searchOf(values, options));
  },

  cost({ values }, options) {
    if (values.deep) return lipschitzCost(values, sampledOf(options));
    return (values.orbit ? orbitCost : listedCost)(values, searchOf(values, options));
  },

  again: ({ values }, evidence) =>
    evidence.kind === "lipschitz" ? lipschitzAgain(values, evidence) : closedAgain(values, evidence),

  claims({ values }, evidence) {
    if (evidence.kind === "lipschitz") return sampledClaims(values, evidence);
    return evidence.kind === "orbit"
      ? schurClaims(exactly(evidence.dimension))
      : listedClaims(values.members, evidence);
  },

  search: (_params, { steps, start }) => ({ steps, start }),

  scope: ({ values }, { kind }) => ({
    class: describeClass(values),
    members: membersLaw(values, kind),
    training: "none",
  }),

  describe(_params, evidence) {
    if (evidence.kind === "lipschitz") return describeSampled(evidence);
    return {
      method:
        evidence.kind === "orbit"
          ? "Schur's lemma and the formula of Funk and Hecke on every degree of harmonics, in closed form"
          : listedMethod("the Gram matrix", evidence),
      remarks: [howFound(evidence), evidence.kind === "orbit" ? whatAnOrbitSays : whatItSays],
    };
  },
};

/** Averages over a group have other norms after other rotations. */
function membersLaw({ setting }: NetworkValues, kind: NetworkEvidence["kind"]): Scope["members"] {
  if (kind === "orbit") return "group" in setting ? "norm-weighted" : "uniform-rotations";
  return kind === "members" ? "uniform" : "norm-weighted";
}

function* closedAgain(values: NetworkValues, evidence: ListedEvidence | OrbitEvidence) {
  return yield* evidence.kind === "orbit" ? orbitAgain(values, evidence) : listedAgain(values, evidence);
}

/** Of members weighted by their squared norms. */
function sampledClaims({ members }: NetworkValues, evidence: LipschitzEvidence): Claims {
  const dimension = exactly(dimensionLimit(evidence, evidence.lipschitz, failure));
  return {
    count: BigInt(members),
    log2Count: printedLog2(Math.log2(members)),
    method: "monte-carlo",
    lambdaMax: numberAbove(divide(rational(members), dimension)),
    maxAbsCorrelation: null,
    dimension,
    confidence,
  };
}

function describeSampled(evidence: LipschitzEvidence): Description {
  const { samples, lambda, meanSquare, lipschitz, steps, seed, start } = evidence;
  const [least, most] = [Math.min(...lipschitz), Math.max(...lipschitz)];
  const ideal = { samples, lambda: meanSquare / lipschitz.length, meanSquare };
  const reachable = dimensionLimit(ideal, lipschitz, failure);
  return {
    method: [
      `${samples} standard normal inputs that the search did not see, on which the dimension is`,
      `${shownBelow(meanSquare / lambda, 6)}, and concentration by Lipschitz constants from`,
      `${shownAbove(least, 4)} to ${shownAbove(most, 4)}, proved from the weights: with confidence`,
      `1 - ${failure}`,
    ].join(" "),
    remarks: [
      [
        "The weights are in the certificate; how they were found, by its own account by",
        `${steps} steps of gradient descent from random weights of seed ${seed}, whose dimension is`,
        `${shownBelow(start, 4)} as ${startInputs(samples)} of the inputs show it, plays no part.`,
        "`verify` draws four times as many inputs by randomness of its own, and",
        "asks that the claim is at most its own limit of confidence 0.99.",
      ].join(" "),
      "Members are weighted by their squared norms.",
      ...(reachable < 0.9 * lipschitz.length
        ? [
            [
              `From ${samples} samples no ${lipschitz.length} networks of these Lipschitz constants get a`,
              `dimension above ${shownAbove(reachable, 4)}: more samples may raise the bound.`,
            ].join(" "),
          ]
        : []),
      whatItSays,
    ],
  };
}

const sampledOf = ({ seed, steps = 400, samples = 100_000 }: EvidenceOptions): SampledOptions => ({
  seed,
  steps,
  samples,
});

/** Gradient steps and starts where none are asked for: those of one network are little work, and end far apart. */
const searchOf = ({ orbit }: NetworkValues, options: EvidenceOptions): SearchOptions => {
  const { seed, steps = orbit ? 2000 : 400, restarts = orbit ? 4 : 1, apart = false } = options;
  return { seed, steps, restarts, apart };
};

const howFound = ({ kind, steps, seed, start }: ListedEvidence | OrbitEvidence): string =>
  [
    `${kind === "orbit" ? "The network was" : "The members were"} found by ${steps} steps of gradient descent from`,
    `random weights of seed ${seed}, whose dimension is ${shownBelow(start, 4)}; the weights are in the certificate.`,
  ].join(" ");

/** The mean over all rotations is no network of the architecture, and may be most of one. */
const whatAnOrbitSays = [
  "It is about what tells these networks from each other: their mean is known beforehand, and a hypothesis may",
  "correlate with all of them by it alone. Of the architecture's average, and of other input laws, nothing is said.",
].join(" ");

const whatItSays = [
  "Whoever learns every network of this architecture learns these, so its worst case is at least as hard. Of its",
  "average, and of other input laws, nothing is said.",
].join(" ");
