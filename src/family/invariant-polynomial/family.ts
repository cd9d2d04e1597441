/**
 * `invariant-polynomial`: a sparse polynomial in independent invariants z_1..z_m of the input (Kiani et al. 2024,
 * "sparse invariant polynomials"). The degree-k multilinear terms alone are C(m, k) orthonormal functions, hard for
 * correlational queries; Growing-Basis (Andoni et al. 2014), which also uses squares of the label, finds them.
 */

import * as z from "zod/mini";
import { reject } from "../../base/errors.ts";
import { foldIn, keyFor, stream, type Key } from "../../base/random.ts";
import { described, integer, parseWith } from "../../base/schema.ts";
import type { Law, Samples } from "../../distribution/law.ts";
import { encodeFeatures, type Features } from "../../network/features.ts";
import { mlp } from "../../network/mlp.ts";
import type { Weights } from "../../network/network.ts";
import { polynomialNetwork } from "../../network/polynomial.ts";
import { binomial } from "../../numeric/integers.ts";
import { gaussOf } from "../../numeric/quadrature.ts";
import { leadingCoefficients } from "../../numeric/orthonormal.ts";
import { invariantKinds, parseInvariants, type Invariants } from "../../symmetry/invariants.ts";
import type { ConceptList, Family, Instance, Params, StudentOptions, Target } from "../family.ts";
import { basisValues, drawTerms, linearTwin, polynomialValues, termJson, termsOf, type Term } from "./sparse-polynomial.ts"; // prettier-ignore
import { defineStudent, perceptronSizes, plainMlp } from "../student.ts";

const id = "invariant-polynomial";

const schema = z.strictObject({
  invariants: described(
    z._default(z.string(), "hermite"),
    `kind of independent invariants: ${invariantKinds.map((k) => k.name).join(", ")}`,
  ),
  variables: described(z._default(integer(1, 10_000), 20), "number m of invariants"),
  degree: described(z._default(integer(1, 40), 3), "total degree of every term"),
  terms: described(
    z._default(integer(1, 10_000), 3),
    "number of terms, at most one a variable (the easy twin's)",
  ),
});

export type InvariantPolynomialParams = z.output<typeof schema>;

const paramsOf = (params: Params): InvariantPolynomialParams => params as InvariantPolynomialParams;

/** The invariants of an instance or of a family's parameters. */
export const invariantsOf = (params: Params): Invariants =>
  parseInvariants(paramsOf(params).invariants, paramsOf(params).variables);

/** The instance's hidden polynomial. */
export const hiddenTerms = ({ hidden }: Instance, easy: boolean): Term[] =>
  termsOf(easy ? hidden["easyTerms"] : hidden["terms"]);

/** Raw inputs as 32-bit floats: what is exported is what was labelled. */
function inputLaw(invariants: Invariants): Law {
  return {
    id: invariants.inputLaw,
    shape: invariants.shape,
    sample: (key, count) => ({
      count,
      shape: invariants.shape,
      data: Float32Array.from(invariants.sample(key, count)),
    }),
  };
}

function draw(params: Params, key: Key): Instance {
  const invariants = invariantsOf(params);
  const { variables, degree, terms: count } = paramsOf(params);
  const terms = drawTerms(foldIn(key, "terms"), { variables, degree, terms: count });
  const easyTerms = linearTwin(terms);
  const variance = terms.reduce((sum, { coefficient }) => sum + coefficient ** 2, 0);
  const target = (of: readonly Term[]): Target => ({
    label: ({ data, count: samples }: Samples) =>
      polynomialValues(invariants.law, of, invariants.map(data, samples), variables),
    mean: { value: 0, standardError: 0 },
    secondMoment: { value: variance, standardError: 0 },
  });
  return {
    family: id,
    params,
    hidden: { terms: terms.map(termJson), easyTerms: easyTerms.map(termJson) },
    facts: { variance, group: invariants.group, multilinearTerms: `${binomial(variables, degree)}` },
    labels: "real",
    law: inputLaw(invariants),
    hard: target(terms),
    easy: target(easyTerms),
    key,
  };
}

/** The invariants standardised by their law: (z - E z) / sd z, which is h_1(z). */
export function standardised(invariants: Invariants): Features {
  const { a, b } = invariants.law.recurrence(2);
  const [mean, sd] = [a[0], Math.sqrt(b[1])];
  return {
    size: invariants.variables,
    write({ data, count }, out) {
      const values = invariants.map(data, count);
      for (let i = 0; i < values.length; i++) out[i] = (values[i] - mean) / sd;
    },
  };
}

const polynomialStudent = defineStudent(["width"], ({ params }, { width }) =>
  polynomialNetwork({ features: standardised(invariantsOf(params)), degree: paramsOf(params).degree, width }),
);

/** A perceptron on the standardised invariants: it shares the target's symmetry. */
const invariantMlp = defineStudent(perceptronSizes, ({ params }, { layers, readoutLayers, width }) => {
  const invariants = invariantsOf(params);
  const plain = mlp({ inputs: invariants.variables, layers: layers + readoutLayers, width });
  return {
    ...plain,
    architecture: { ...plain.architecture, network: "invariant-mlp", invariants: invariants.name },
    encode: encodeFeatures(standardised(invariants), "x"),
  };
});

/**
 * One unit a term: h_t(z) = gamma_t prod (z - root), and in the student's input s = (z - mean) / sd each factor becomes
 * gamma_t^(1/t) sd (s - (root - mean) / sd), so that factors stay of moderate size.
 */
function teacher(instance: Instance, options: StudentOptions): Weights {
  const { variables, degree } = paramsOf(instance.params);
  const { law } = invariantsOf(instance.params);
  const terms = hiddenTerms(instance, false);
  const { width } = options;
  if (width < terms.length)
    reject({
      where: "width",
      what: `${width} units cannot hold the target's ${terms.length} terms`,
      allowed: `at least ${terms.length}`,
    });
  const { a, b } = law.recurrence(degree + 1);
  const gamma = leadingCoefficients({ a, b }, degree);
  const [mean, sd] = [a[0], Math.sqrt(b[1])];
  const weights: Weights = {};
  for (let r = 1; r <= degree; r++) {
    weights[`factor${r}.w`] = new Float32Array(variables * width);
    weights[`factor${r}.b`] = new Float32Array(width);
  }
  terms.forEach(({ factors }, unit) => {
    let r = 1;
    for (const { variable, degree: t } of factors) {
      const scale = gamma[t] ** (1 / t) * sd;
      for (const root of gaussOf(law, t).nodes) {
        weights[`factor${r}.w`][variable * width + unit] = scale;
        weights[`factor${r}.b`][unit] = (-scale * (root - mean)) / sd;
        r++;
      }
    }
  });
  weights["out.w"] = Float32Array.from({ length: width }, (_, u) => terms[u]?.coefficient ?? 0);
  weights["out.b"] = Float32Array.of(0);
  return weights;
}

const LISTED_LIMIT = 1_000_000;

/** The multilinear terms of the family's degree, all of them or `count` distinct ones drawn. */
function concepts(params: Params, { count, seed }: { count?: number; seed: number }): ConceptList {
  const invariants = invariantsOf(params);
  const { variables, degree } = paramsOf(params);
  const total = binomial(variables, degree);
  const wanted = count ?? (total <= BigInt(LISTED_LIMIT) ? Number(total) : NaN);
  if (!(wanted >= 1 && wanted <= LISTED_LIMIT && BigInt(wanted) <= total))
    reject({
      where: "count",
      what: `${count ?? "all"} of the ${total} multilinear terms of degree ${degree} in ${variables} variables cannot be listed`,
      allowed: `1 to ${total < BigInt(LISTED_LIMIT) ? total : LISTED_LIMIT}`,
    });
  const members =
    2n * BigInt(wanted) > total
      ? allSubsets(variables, degree).slice(0, wanted)
      : drawSubsets(keyFor("concepts", id, params, seed), variables, degree, wanted);
  return {
    count: wanted,
    law: inputLaw(invariants),
    values(samples: Samples, from, to) {
      const terms = members.slice(from, to).map((s) => ({ factors: s.map((variable) => ({ variable, degree: 1 })) })); // prettier-ignore
      const values = invariants.map(samples.data, samples.count);
      return Float32Array.from(basisValues(invariants.law, terms, values, variables));
    },
    hidden: (index) => ({ variables: members[index] }),
  };
}

/** All k-subsets of 0..n-1 in lexicographic order. */
function allSubsets(n: number, k: number): number[][] {
  const subset = Array.from({ length: k }, (_, i) => i);
  const all: number[][] = [];
  for (;;) {
    all.push([...subset]);
    let i = k - 1;
    while (i >= 0 && subset[i] === n - k + i) i--;
    if (i < 0) return all;
    subset[i]++;
    for (let j = i + 1; j < k; j++) subset[j] = subset[j - 1] + 1;
  }
}

/** Distinct random k-subsets of 0..n-1. */
export function drawSubsets(key: Key, n: number, k: number, count: number): number[][] {
  const draws = stream(key);
  const drawn = new Map<string, number[]>();
  while (drawn.size < count) {
    const subset = new Set<number>();
    while (subset.size < k) subset.add(draws.below(n));
    const sorted = [...subset].sort((a, b) => a - b);
    drawn.set(sorted.join(), sorted);
  }
  return [...drawn.values()];
}

export const invariantPolynomial: Family = {
  id,
  title: "Sparse polynomial in independent invariants",
  source: "Kiani et al. 2024, sparse invariant polynomials; Growing-Basis of Andoni et al. 2014",
  model: "CSQ",
  schema,
  explanation: `Invariants z_1..z_m of the input x, independent under its law, each with known orthonormal polynomials h_t:
  sign-flips      z_i = x_i^2, x Gaussian; signs of the coordinates
  rotations:q     z_i = |v_i|^2, m Gaussian vectors of length q; each by its own rotation
  power-spectrum  |Fourier coefficient|^2 of a Gaussian signal of length 2m+1, frequencies 1..m; cyclic shifts
  hermite         z = x Gaussian, no group
  legendre        z = x uniform on [-1, 1], no group
The label is f = sum_r c_r prod_j h_(t_rj)(z_j): 'terms' distinct terms of total degree exactly 'degree', |c_r| from 1/2 to 1.
It is not normalised; the record gives its variance, sum c_r^2.

Products of orthonormal polynomials of independent variables are orthonormal: the C(m, k) multilinear terms of degree k
alone have spectral query dimension C(m, k), superpolynomial at k = log m. The bound is for correlational queries.

Easy twin: the same coefficients on terms of degree 1, each on a variable of its own.
Escape: 'growing-basis' reads one factor after the other from squares of the label, which are no correlational queries.
Inputs +-1 are refused: there x^2 = 1, and squares say nothing.
Students: 'polynomial' (sums of products of affine forms, holds the target with one unit a term), 'mlp' on the
standardised invariants, 'plain-mlp' on the raw input.`,
  parse(input) {
    const params = parseWith(schema, input);
    parseInvariants(params.invariants, params.variables);
    if (params.terms > params.variables)
      reject({
        where: "terms",
        what: `${params.terms} terms, but the easy twin has one variable a term and there are ${params.variables}`,
        allowed: `1 to ${params.variables}`,
      });
    return params;
  },
  draw,
  students: {
    polynomial: polynomialStudent,
    mlp: invariantMlp,
    "plain-mlp": plainMlp,
  },
  teacher,
  concepts,
};
