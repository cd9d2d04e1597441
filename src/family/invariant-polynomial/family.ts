/**
 * `invariant-polynomial`: a sparse polynomial in independent invariants z_1..z_m of the input (Kiani et al. 2024,
 * "sparse invariant polynomials"). The degree-k multilinear terms alone are C(m, k) orthonormal functions, hard for
 * correlational queries; Growing-Basis (Andoni et al. 2014), which also uses squares of the label, finds them.
 */

import { defineStudent, perceptronSizes, plainMlp } from "../student.ts";
import type { Student, StudentOptions } from "../family.ts";
import { reject } from "../../base/errors.ts";
import { foldIn, type Key } from "../../base/random.ts";
import type { Checked } from "../../base/checked.ts";
import type { Json } from "../../base/json.ts";
import type { Law, Samples } from "../../distribution/law.ts";
import { numpy as np } from "../../engine/lower/jax.ts";
import { featureMlp } from "../../network/feature-mlp.ts";
import type { Features } from "../../network/features.ts";
import { gramSchmidtMlp } from "../../network/gram-schmidt.ts";
import type { Weights } from "../../network/network.ts";
import { polynomialNetwork } from "../../network/polynomial.ts";
import { binomial } from "../../numeric/choose.ts";
import { gaussOf } from "../../numeric/quadrature.ts";
import { leadingCoefficients } from "../../numeric/orthonormal.ts";
import { type Invariants } from "../../symmetry/invariants.ts";
import type { Instance, Target } from "../instance.ts";
import {
  drawTerms,
  linearTwin,
  polynomialValues,
  termJson,
  termsOf,
  type Term,
} from "../polynomial/sparse-polynomial.ts";
import type { SparsePolynomials } from "../polynomial/sparse-polynomials.ts";
import { id, type InvariantPolynomialValues } from "./params.ts";

/** The polynomials of the hard target and of its twin, as `termJson` writes them. */
export type InvariantPolynomialHidden = { readonly terms: Json; readonly easyTerms: Json };
export type InvariantPolynomialInstance = Instance<InvariantPolynomialValues, InvariantPolynomialHidden>;

const hiddenTerms = ({ hidden }: InvariantPolynomialInstance, easy: boolean): Term[] =>
  termsOf(easy ? hidden.easyTerms : hidden.terms);

export const polynomials: SparsePolynomials<InvariantPolynomialValues, InvariantPolynomialHidden> = {
  invariants: ({ params }) => params.values.invariants,
  told({ params }, easy) {
    const { terms, degree } = params.values;
    return { terms, degree: easy ? 1 : degree, least: 0.5 };
  },
  hidden: hiddenTerms,
};

/** Raw inputs as 32-bit floats: what is exported is what was labelled. */
export function inputLaw(invariants: Invariants): Law {
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

export function draw(params: Checked<InvariantPolynomialValues>, key: Key): InvariantPolynomialInstance {
  const { invariants, variables, degree, terms: count } = params.values;
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
    ...(invariants.raw === true ? { traced: (x) => np.divide(np.subtract(x, mean), sd) } : {}),
  };
}

const polynomialStudent = defineStudent(["width"], ({ params }: InvariantPolynomialInstance, { width }) => {
  const { invariants, degree } = params.values;
  return polynomialNetwork({ features: standardised(invariants), degree, width });
});

/** A perceptron on the standardised invariants: it shares the target's symmetry. */
const invariantMlp = defineStudent(
  perceptronSizes,
  ({ params }: InvariantPolynomialInstance, { layers, readoutLayers, width }) => {
    const { invariants } = params.values;
    const named = { network: "invariant-mlp", invariants: invariants.name };
    return featureMlp(standardised(invariants), { layers: layers + readoutLayers, width }, named);
  },
);

/**
 * A perceptron on the vectors' Gram-Schmidt form: invariant under one isometry for all vectors, which is a part of the
 * target's symmetry; oriented, under isometries of determinant 1 alone, SO(q) of rotations:q, a smaller part.
 */
const gramSchmidtStudent = (
  oriented: boolean,
): Student<InvariantPolynomialValues, InvariantPolynomialHidden> => ({
  ...defineStudent(
    perceptronSizes,
    ({ params }: InvariantPolynomialInstance, { layers, readoutLayers, width }) => {
      const { metric, name, variables } = params.values.invariants;
      if (metric === undefined)
        return reject({
          where: "student",
          what: `${name} are invariants of no vectors`,
          allowed: "sign-flips, rotations:q or lorentz:q",
        });
      return gramSchmidtMlp({ points: variables, metric, oriented, layers: layers + readoutLayers, width });
    },
  ),
  slow: true,
});

export const students = {
  polynomial: polynomialStudent,
  mlp: invariantMlp,
  "gram-schmidt": gramSchmidtStudent(false),
  "oriented-gram-schmidt": gramSchmidtStudent(true),
  "plain-mlp": plainMlp,
};

/**
 * One unit a term: h_t(z) = gamma_t prod (z - root), and in the student's input s = (z - mean) / sd each factor becomes
 * gamma_t^(1/t) sd (s - (root - mean) / sd), so that factors stay of moderate size.
 */
export function teacher(instance: InvariantPolynomialInstance, options: StudentOptions): Weights {
  const { variables, degree, invariants } = instance.params.values;
  const { law } = invariants;
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
