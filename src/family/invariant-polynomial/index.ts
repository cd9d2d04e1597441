/** `invariant-polynomial`, put together. */

import type { Family } from "../family.ts";
import { certifier } from "./certificate.ts";
import { draw, polynomials, students, teacher, type InvariantPolynomialHidden } from "./family.ts";
import { members } from "./members.ts";
import { id, parse, schema, type InvariantPolynomialValues } from "./params.ts";
import { progress } from "./progress.ts";
import { settings } from "./settings.ts";
import { vectors } from "./vectors.ts";
import { verifier } from "./verifier.ts";

export const invariantPolynomial: Family<InvariantPolynomialValues, InvariantPolynomialHidden> = {
  id,
  title: "Sparse polynomial in independent invariants",
  source: "Kiani et al. 2024, sparse invariant polynomials; Growing-Basis of Andoni et al. 2014",
  references: ["andoni2014"],
  model: "CSQ",
  schema,
  explanation: `Invariants z_1..z_m of the input x, independent under its law, each with known orthonormal polynomials
h_t:
  sign-flips      z_i = x_i^2, x Gaussian; signs of the coordinates
  rotations:q     z_i = |v_i|^2, m Gaussian vectors of length q; each by its own rotation
  lorentz:q       z_i = |v_i|^2 - t_i^2, m Gaussian (t_i, v_i), q space coordinates; each by its own boost and rotation
  power-spectrum  |Fourier coefficient|^2 of a Gaussian signal of length 2m+1, frequencies 1..m; cyclic shifts
  hermite         z = x Gaussian, no group
  legendre        z = x uniform on [-1, 1], no group
The label is f = sum_r c_r prod_j h_(t_rj)(z_j): 'terms' distinct terms of total degree exactly 'degree', |c_r| from
1/2 to 1.
It is not normalised; the record gives its variance, sum c_r^2.

Products of orthonormal polynomials of independent variables are orthonormal: the C(m, k) multilinear terms of degree
k alone have spectral query dimension C(m, k), superpolynomial at k = log m. The bound is for correlational queries.

Easy twin: the same coefficients on terms of degree 1, each on a variable of its own.
Escape: 'growing-basis' reads from the label's size, which is no correlational query, which variables occur, and
measures the coefficients of the monomials in these.
Inputs +-1 are refused: there x^2 = 1, and squares say nothing.
Students: 'polynomial' (sums of products of affine forms, holds the target with one unit a term), 'mlp' on the
standardised invariants, 'gram-schmidt' (a perceptron on the vectors in the basis of the first independent ones: one
isometry for all of them leaves it alone) and 'oriented-gram-schmidt' (one of determinant 1: SO(q), which tells
reflections apart as the target does not), 'plain-mlp' on the raw input.`,
  parse,
  draw,
  students,
  teacher,
  certifier,
  verifier,
  members,
  vectors,
  polynomials,
  labelLaw: {
    twoValued: false,
    order: () => 2,
    statement: `in the variables z: E[y^2 h_2(z_i)] tells which variables there are; Growing-Basis takes them from |y|
(bounded, whatever the tails), and the terms from the coefficients of the monomials in them.`,
  },
  progress,
  settings,
};
