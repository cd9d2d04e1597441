/**
 * Sparse polynomials in independent variables of one law, in its orthonormal basis: f = sum_r c_r prod_j h_{t_j}(z_j).
 * Products of orthonormal polynomials of independent variables are orthonormal, so ||f||^2 = sum_r c_r^2.
 */

import type { Json } from "../../base/json.ts";
import { stream, type Key } from "../../base/random.ts";
import { evaluate, type PolynomialLaw } from "../../numeric/orthonormal.ts";

/** One factor h_degree(z_variable), degree at least 1. */
export interface Factor {
  readonly variable: number;
  readonly degree: number;
}

/** A product of orthonormal polynomials, each of its own variable, with its coefficient. */
export interface Term {
  readonly coefficient: number;
  /** By rising variable, each once. */
  readonly factors: readonly Factor[];
}

/** A term's basis function as text: equal for equal functions. */
export const nameOf = ({ factors }: Pick<Term, "factors">): string =>
  factors.map(({ variable, degree }) => `${variable}^${degree}`).join(" ");

export const totalDegree = ({ factors }: Pick<Term, "factors">): number =>
  factors.reduce((sum, f) => sum + f.degree, 0);

/** As records show it: variables from 0, and the degree of each. */
export const termJson = ({ coefficient, factors }: Term): Json => ({
  coefficient,
  variables: factors.map((f) => f.variable),
  degrees: factors.map((f) => f.degree),
});

/** The terms as `termJson` wrote them. */
export const termsOf = (json: Json): Term[] =>
  (json as { coefficient: number; variables: number[]; degrees: number[] }[]).map(
    ({ coefficient, variables, degrees }) => ({
      coefficient,
      factors: variables.map((variable, j) => ({ variable, degree: degrees[j] })),
    }),
  );

/**
 * Distinct terms of total degree exactly `degree`: exponents by repeatedly choosing a variable and a part of what is
 * left, coefficients +-Uniform[1/2, 1]. There must be as many terms (they are at least `variables`).
 */
export function drawTerms(
  key: Key,
  { variables, degree, terms }: { variables: number; degree: number; terms: number },
): Term[] {
  const draws = stream(key);
  const drawn = new Map<string, Term>();
  while (drawn.size < terms) {
    const exponents = new Map<number, number>();
    for (let left = degree; left > 0;) {
      const variable = draws.below(variables);
      const part = 1 + draws.below(left);
      exponents.set(variable, (exponents.get(variable) ?? 0) + part);
      left -= part;
    }
    const factors = [...exponents]
      .map(([variable, t]) => ({ variable, degree: t }))
      .sort((a, b) => a.variable - b.variable);
    const size = 0.5 + draws.uniform() / 2;
    const coefficient = draws.below(2) === 0 ? size : -size;
    const name = nameOf({ factors });
    if (!drawn.has(name)) drawn.set(name, { coefficient, factors });
  }
  return [...drawn.values()];
}

/**
 * The easy twin's terms: the same coefficients on degree 1, each on a variable of its own, one of its term's if free.
 */
export function linearTwin(terms: readonly Term[]): Term[] {
  const taken = new Set<number>();
  const free = (): number => {
    let variable = 0;
    while (taken.has(variable)) variable++;
    return variable;
  };
  return terms.map(({ coefficient, factors }) => {
    const variable = factors.find((f) => !taken.has(f.variable))?.variable ?? free();
    taken.add(variable);
    return { coefficient, factors: [{ variable, degree: 1 }] };
  });
}

/**
 * Values of the terms' basis functions (coefficients left out).
 * @param z variable j of sample i at i * variables + j
 * @returns term r at sample i at r * count + i
 */
export function basisValues(
  law: PolynomialLaw,
  terms: readonly Pick<Term, "factors">[],
  z: ArrayLike<number>,
  variables: number,
): Float64Array {
  const count = z.length / variables;
  const highest = new Map<number, number>();
  for (const { factors } of terms)
    for (const { variable, degree } of factors)
      highest.set(variable, Math.max(degree, highest.get(variable) ?? 0));
  const values = new Map<number, Float64Array>();
  const column = new Float64Array(count);
  for (const [variable, degree] of highest) {
    for (let i = 0; i < count; i++) column[i] = z[i * variables + variable];
    values.set(variable, evaluate(law.recurrence(degree + 1), degree, column));
  }
  const out = new Float64Array(terms.length * count).fill(1);
  terms.forEach(({ factors }, r) => {
    for (const { variable, degree } of factors) {
      const h = values.get(variable) as Float64Array;
      for (let i = 0; i < count; i++) out[r * count + i] *= h[degree * count + i];
    }
  });
  return out;
}

/** The polynomial's values, one a sample. */
export function polynomialValues(
  law: PolynomialLaw,
  terms: readonly Term[],
  z: ArrayLike<number>,
  variables: number,
): Float64Array {
  const count = z.length / variables;
  const basis = basisValues(law, terms, z, variables);
  const out = new Float64Array(count);
  terms.forEach(({ coefficient }, r) => {
    for (let i = 0; i < count; i++) out[i] += coefficient * basis[r * count + i];
  });
  return out;
}
