/**
 * The verifier's half of `invariant-polynomial`: it counts subsets by Pascal's rule, integrates h_1 and h_1^2 over
 * the density, and draws random members and inputs: their correlations must not contradict 0, nor the norms of
 * h_1(z_i) contradict 1.
 */

import { keyFor, stream, type Key } from "../../base/random.ts";
import type { Progress } from "../../base/progress.ts";
import { evaluate } from "../../numeric/orthonormal.ts";
import { intervalRule } from "../../numeric/quadrature-panels.ts";
import type { Check, Verifier } from "../../query/certifier.ts";
import { parseInvariants, type Invariants } from "../../symmetry/invariants.ts";
import { basisValues } from "../polynomial/sparse-polynomial.ts";
import type { MultilinearEvidence } from "./evidence.ts";
import type { InvariantPolynomialValues } from "./params.ts";

export const verifier: Verifier<InvariantPolynomialValues, MultilinearEvidence> = {
  // a count is well formed by its schema, and names are canonical by `parse`
  wellFormed: () => [],

  cost: ({ values: { variables, degree } }) => ({ seconds: 1 + variables * degree * 1e-6, bytes: 2 ** 27 }),

  *check({ values }, evidence) {
    const { invariants, variables, degree } = values;
    const counted = yield* subsetsByPascal(variables, degree);
    const checks: Check[] = [
      {
        name: "count",
        ok: counted === BigInt(evidence.terms),
        detail: `${counted} subsets of ${degree} of ${variables} variables by Pascal's rule`,
      },
      ...orthonormality(invariants),
      sampledCorrelations(parseInvariants(invariants.name, variablesShown(values)), degree),
    ];
    return {
      route: "Pascal's rule, integrals over the density and sampled correlations of random members",
      checks,
    };
  },
};

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
 * E h_1 = 0 and E h_1^2 = 1, so that the Gram of products is the identity: h_1 from the recurrence, the expectations
 * from the density. None where the density's factors overflow (chi-square of hundreds of degrees of freedom).
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
  return [
    {
      name: "orthonormality",
      ok: off < 1e-10,
      detail: `E h_1 = 0 and E h_1^2 = 1 within ${off.toExponential(1)}`,
    },
  ];
}

const variablesShown = ({ variables, degree }: InvariantPolynomialValues): number =>
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
  const members = drawnSets(key, variables, degree);
  const z = invariants.map(invariants.sample(keyFor(key, "inputs"), SAMPLES), SAMPLES);
  const terms = members.map((s) => ({ factors: s.map((variable) => ({ variable, degree: 1 })) }));
  const values = basisValues(invariants.law, terms, z, variables);
  let worst = 0;
  for (let i = 0; i < members.length; i++)
    for (let j = -1; j < i; j++)
      worst = Math.max(
        worst,
        deviation(SAMPLES, (s) => values[i * SAMPLES + s] * (j < 0 ? 1 : values[j * SAMPLES + s])),
      );
  const first = evaluate(invariants.law.recurrence(2), 1, z).subarray(z.length);
  const norm = deviation(z.length, (s) => first[s] ** 2 - 1);
  return {
    name: "sampled correlations",
    ok: worst <= LIMIT && norm <= LIMIT,
    detail: [
      `${members.length} random members on ${SAMPLES} inputs: largest correlation`,
      `${worst.toFixed(1)} standard errors from 0, mean square of h_1 ${norm.toFixed(1)} from 1`,
    ].join(" "),
  };
}

/** Different sets of `size` variables, where as many as are wanted can be found. */
function drawnSets(key: Key, variables: number, size: number): number[][] {
  const { below } = stream(key);
  const drawn = new Map<string, number[]>();
  for (let draw = 0; draw < 10 * MEMBERS && drawn.size < MEMBERS; draw++) {
    const set = new Set<number>();
    while (set.size < size) set.add(below(variables));
    const sorted = [...set].sort((a, b) => a - b);
    drawn.set(sorted.join(), sorted);
  }
  return [...drawn.values()];
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
