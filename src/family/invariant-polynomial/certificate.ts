/**
 * Certificates of `invariant-polynomial`: the C(m, k) multilinear terms prod_{i in S} h_1(z_i), |S| = k, are orthonormal
 * because the z_i are independent, so their Gram matrix is the identity and d_eff = C(m, k), an exact integer.
 *
 * The verifier counts subsets by Pascal's rule, integrates h_1 and h_1^2 over the density, and draws random
 * members and inputs: their correlations must not contradict 0, nor the norms of h_1(z_i) contradict 1.
 */

import * as z from "zod/mini";
import { reject } from "../../base/errors.ts";
import { keyFor } from "../../base/random.ts";
import { integer } from "../../base/schema.ts";
import { drawSubsets } from "./family.ts";
import { basisValues } from "./sparse-polynomial.ts";
import { binomial } from "../../numeric/integers.ts";
import { evaluate } from "../../numeric/orthonormal.ts";
import type { Progress } from "../../base/progress.ts";
import { intervalRule } from "../../numeric/quadrature-panels.ts";
import { parseInvariants, type Invariants } from "../../symmetry/invariants.ts";
import type { Certifier, Check } from "../../query/certifier.ts";
import { orthogonalClaims } from "../../query/claims.ts";

const paramsSchema = z.strictObject({
  invariants: z.string().check(z.maxLength(40)),
  variables: integer(1, 10_000),
  degree: integer(1, 40),
});
type MultilinearParams = z.output<typeof paramsSchema>;

const evidenceSchema = z.strictObject({
  kind: z.literal("multilinear"),
  /** C(variables, degree). */
  terms: z.string().check(z.regex(/^[1-9]\d{0,200}$/)),
});
type MultilinearEvidence = z.output<typeof evidenceSchema>;

export const invariantPolynomialCertifier: Certifier<MultilinearParams, MultilinearEvidence> = {
  family: "invariant-polynomial",
  model: "CSQ",
  params: paramsSchema,
  evidence: evidenceSchema,
  options: () => [],

  select({ invariants = "hermite", variables = 20, degree = 3 }) {
    const selected = { invariants, variables, degree } as MultilinearParams;
    parseInvariants(selected.invariants, selected.variables);
    if (selected.degree > selected.variables)
      reject({
        where: "degree",
        what: `there is no multilinear term of degree ${selected.degree} in ${selected.variables} variables`,
        allowed: `1 to ${selected.variables}`,
      });
    return selected;
  },

  // oxlint-disable-next-line require-yield -- nothing to report: it is one product
  *certify({ variables, degree }) {
    return { kind: "multilinear", terms: `${binomial(variables, degree)}` };
  },

  wellFormed({ invariants, variables, degree }) {
    return [
      { name: "family.params", ok: isKind(invariants, variables), detail: `invariants ${invariants}` },
      { name: "family.params", ok: degree <= variables, detail: "a multilinear term has distinct variables" },
    ];
  },

  claims(_, { terms }) {
    return orthogonalClaims(BigInt(terms));
  },

  *check(params, evidence) {
    const invariants = parseInvariants(params.invariants, params.variables);
    const counted = yield* subsetsByPascal(params.variables, params.degree);
    const checks: Check[] = [
      {
        name: "count",
        ok: counted === BigInt(evidence.terms),
        detail: `${counted} subsets of ${params.degree} of ${params.variables} variables by Pascal's rule`,
      },
      ...orthonormality(invariants),
      sampledCorrelations(parseInvariants(params.invariants, variablesShown(params)), params.degree),
    ];
    return {
      route: "Pascal's rule, integrals over the density and sampled correlations of random members",
      checks,
    };
  },

  describe({ invariants, variables, degree }, { terms }) {
    const { group } = parseInvariants(invariants, variables);
    return {
      family: `sparse polynomials of degree ${degree} in ${variables} independent invariants (${invariants}; group: ${group})`,
      method: `counting the multilinear terms of degree ${degree}: independent invariants make their ${terms} products of h_1 orthonormal`,
      remarks: [
        "It is a certificate of the class's single multilinear terms; a bound in the worst case over a part of a class holds for all of it.",
        "For functions of exactly s equal-sized terms, disjoint groups of s terms are orthonormal too: divide the dimension by s.",
      ],
    };
  },
};

function isKind(invariants: string, variables: number): boolean {
  try {
    return parseInvariants(invariants, variables).name === invariants;
  } catch {
    return false;
  }
}

/** C(n, k) by C(i, j) = C(i-1, j-1) + C(i-1, j). */
function* subsetsByPascal(n: number, k: number): Generator<Progress, bigint> {
  const row = [1n, ...Array.from({ length: k }, () => 0n)];
  for (let i = 1; i <= n; i++) {
    for (let j = Math.min(i, k); j >= 1; j--) row[j] += row[j - 1];
    if (i % 1000 === 0) yield { what: "counting subsets", done: i, total: n };
  }
  return row[k];
}

/**
 * E h_1 = 0 and E h_1^2 = 1, so that the Gram of products is the identity: h_1 from the recurrence, the expectations from
 * the density. None where the density's factors overflow (chi-square of hundreds of degrees of freedom).
 */
export function orthonormality({ law }: Invariants): Check[] {
  const { a, b } = law.recurrence(2);
  const sd = Math.sqrt(b[1]);
  const { nodes, weights } = intervalRule(law, [a[0] - 15 * sd, a[0] + 60 * sd]);
  const h = evaluate({ a, b }, 1, nodes).subarray(nodes.length);
  let [mean, square] = [0, 0];
  h.forEach((value, i) => {
    mean += weights[i] * value;
    square += weights[i] * value * value;
  });
  if (!Number.isFinite(square)) return [];
  const off = Math.max(Math.abs(mean), Math.abs(square - 1));
  return [{ name: "orthonormality", ok: off < 1e-10, detail: `E h_1 = 0 and E h_1^2 = 1 within ${off.toExponential(1)}` }]; // prettier-ignore
}

const variablesShown = ({ variables, degree }: MultilinearParams): number =>
  Math.min(variables, Math.max(64, 2 * degree));

const MEMBERS = 24;
const SAMPLES = 4000;
/** Standard errors from the value under independence. */
const LIMIT = 6;

/**
 * Correlations of random multilinear terms with each other and with the constant. The verifier asks for at most
 * `variablesShown` variables: more would only add like ones.
 */
export function sampledCorrelations(invariants: Invariants, degree: number): Check {
  const { name, variables } = invariants;
  const key = keyFor("verify", "invariant-polynomial", name, variables, degree);
  const wanted = Number([BigInt(MEMBERS), binomial(variables, degree)].reduce((a, b) => (a < b ? a : b)));
  const members = drawSubsets(key, variables, degree, wanted);
  const z = invariants.map(invariants.sample(keyFor(key, "inputs"), SAMPLES), SAMPLES);
  const terms = members.map((s) => ({ factors: s.map((variable) => ({ variable, degree: 1 })) }));
  const values = basisValues(invariants.law, terms, z, variables);
  let worst = 0;
  for (let i = 0; i < members.length; i++)
    for (let j = -1; j < i; j++)
      worst = Math.max(worst, deviation(SAMPLES, (s) => values[i * SAMPLES + s] * (j < 0 ? 1 : values[j * SAMPLES + s]))); // prettier-ignore
  const first = evaluate(invariants.law.recurrence(2), 1, z).subarray(z.length);
  const norm = deviation(z.length, (s) => first[s] ** 2 - 1);
  return {
    name: "sampled correlations",
    ok: worst <= LIMIT && norm <= LIMIT,
    detail: `${members.length} random members on ${SAMPLES} inputs: largest correlation ${worst.toFixed(1)} standard errors from 0, mean square of h_1 ${norm.toFixed(1)} from 1`,
  };
}

/** |sum| / sqrt(sum of squares): a self-normalised sum, sub-Gaussian for heavy tails too. */
function deviation(count: number, value: (s: number) => number): number {
  let [sum, squares] = [0, 0];
  for (let s = 0; s < count; s++) {
    const x = value(s);
    sum += x;
    squares += x * x;
  }
  return squares > 0 ? Math.abs(sum) / Math.sqrt(squares) : 0;
}
