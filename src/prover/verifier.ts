/**
 * The verifier's half of `network`: it shares no computation with the certifier. The weights are read from the
 * document, every inner product is the plain double sum over the units' own vectors (of an orbit: its harmonics by
 * cosine polynomials and integrals), and the claims are held against what these prove, errors included. So is the
 * dimension of the random weights that the search started from.
 */

import type { Progress } from "../base/progress.ts";
import { heldAgainst } from "../family/plane/held-against.ts";
import type { PlainGram } from "../family/plane/plain-gram.ts";
import { provesAtLeast, provesAtMost } from "../numeric/eigenvalue-proofs.ts";
import type { Cost } from "../base/cost.ts";
import type { Check, Verdict, Verifier } from "../query/certifier.ts";
import { fitting, orderedBounds } from "../query/listed-evidence.ts";
import { membersOf, randomMembers, viewsOf } from "./class.ts";
import type { ListedEvidence, NetworkEvidence, OrbitEvidence } from "./evidence.ts";
import { layeredMembers, layeredOf } from "./layered.ts";
import type { NetworkValues } from "./params.ts";
import { plainSums } from "./plain-sums.ts";
import { typesCost } from "../symmetry/element-types.ts";
import { checkLipschitz, lipschitzVerifierCost } from "./verify-lipschitz.ts";
import { plainOrbitDimension, plainRotations } from "./plain-zonal.ts";

/** How closely the start's dimension is to be stated, relative to it. */
const closeness = 1e-6;

export const verifier: Verifier<NetworkValues, NetworkEvidence> = {
  wellFormed({ values }, evidence) {
    const kind: Check = {
      name: "evidence.kind",
      ok: evidence.kind === kindOf(values),
      detail: "of an orbit, of networks in closed form, or of deep ones",
    };
    if (!kind.ok) return [kind];
    if (evidence.kind === "lipschitz") {
      const read = () => layeredMembers(layeredOf(values, evidence.seed), values.members, evidence.members);
      return [kind, fitting("evidence.members", read)];
    }
    const weights = fitting("evidence.members", () => membersOf(values, evidence.members));
    if (evidence.kind === "orbit") return [kind, weights];
    const start: Check = {
      name: "evidence.start",
      ok: evidence.start <= values.members,
      detail: "no dimension is above the number of functions",
    };
    return [kind, weights, orderedBounds(evidence, values.members), start];
  },

  cost({ values }, evidence) {
    if (evidence.kind === "lipschitz") return lipschitzVerifierCost(values, evidence);
    return values.orbit ? orbitCost(values) : listedCost(values, evidence.seed);
  },

  *check({ values }, evidence) {
    if (evidence.kind === "lipschitz") return yield* checkLipschitz(values, evidence);
    return evidence.kind === "orbit"
      ? yield* checkOrbit(values, evidence)
      : yield* checkListed(values, evidence);
  },
};

const kindOf = ({ deep, orbit }: NetworkValues): NetworkEvidence["kind"] => {
  if (deep) return "lipschitz";
  return orbit ? "orbit" : "members";
};

/** Cosines and arc cosines of all pairs of units, twice, and four eliminations. */
function listedCost({ members, width, setting }: NetworkValues, seed: number): Cost {
  const { views, inputs, alike } = viewsOf(setting, seed);
  const units = members * width;
  const pairs = (units * (alike ? 1 : views.length) * units * views.length) / 2;
  return {
    seconds: 2 * pairs * (40e-9 + 1.5e-9 * inputs) + 2e-9 * members ** 3,
    bytes: 16 * units * views.length * inputs + 32 * members ** 2,
  };
}

function orbitCost({ width, unitInputs, setting }: NetworkValues): Cost {
  const { types, cells } = "group" in setting ? typesCost(setting.group) : { types: 0, cells: 0 };
  return {
    seconds: 2 * width ** 2 * (4e-5 + 1e-9 * unitInputs) + types * 1e-4 + cells * 1e-8 + 1,
    bytes: 0,
  };
}

function* checkListed(values: NetworkValues, evidence: ListedEvidence): Generator<Progress, Verdict> {
  const views = viewsOf(values.setting, evidence.seed);
  const gram = yield* plainSums(membersOf(values, evidence.members), views);
  const random = yield* plainSums(randomMembers(values, evidence.seed, evidence.restart), views);
  return {
    route: "the weights in the document, every inner product by the plain double sum over units",
    checks: [...heldAgainst(gram, evidence), heldAgainstStart(random, evidence.start)],
  };
}

function heldAgainstStart(random: PlainGram, start: number): Check {
  const lambda = random.order / start;
  const ok =
    provesAtMost(random, lambda * (1 + closeness)) && provesAtLeast(random, lambda * (1 - closeness));
  return {
    name: "start of the search",
    ok,
    detail: `${start} is claimed of the seed's random weights, which elimination ${ok ? "shows" : "does not show"}`,
  };
}

function* checkOrbit(values: NetworkValues, evidence: OrbitEvidence): Generator<Progress, Verdict> {
  yield { what: "harmonics", done: 0, total: 2 };
  const rotations = yield* plainRotations(values.setting, evidence.seed);
  const found = plainOrbitDimension(membersOf(values, evidence.members), rotations);
  yield { what: "harmonics of the start", done: 1, total: 2 };
  const start = plainOrbitDimension(randomMembers(values, evidence.seed, evidence.restart), rotations);
  return {
    route: "the weights in the document, harmonics by cosine polynomials and integrals",
    checks: [
      {
        name: "dimension",
        ok: evidence.dimension <= Math.max(1, found),
        detail: `${evidence.dimension} is claimed, ${found} is proved`,
      },
      {
        name: "start of the search",
        ok: Math.abs(evidence.start - start) <= closeness * start,
        detail: `${evidence.start} is claimed of the seed's random weights, ${start} is found`,
      },
    ],
  };
}
