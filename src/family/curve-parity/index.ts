/** `curve-parity`, put together. */

import type { Family } from "../family.ts";
import { certifier } from "./certificate.ts";
import { draw, students, type CurveParityHidden } from "./family.ts";
import { parities } from "./parities.ts";
import { id, parse, schema, type CurveParityValues } from "./params.ts";
import { settings } from "./settings.ts";
import { verifier } from "./verifier.ts";

/** Parities of the corner next to a point of the Gray-code curve; its easy twin lives on a shorter curve. */
export const curveParity: Family<CurveParityValues, CurveParityHidden> = {
  id,
  title: "Parity of the nearest corner on a curve through the corners of a cube",
  source: "Kiani, Wang, Weber 2024 (manifold hypothesis), with signs for their triangle waves",
  references: ["kiani2024manifold"],
  model: "SQ",
  schema,
  explanation: `A closed curve in R^n visits the 2^n corners of the cube in the order of the reflected Gray code, by
quarter circles from the middle of one edge to that of the next. It has dimension 1, curvature 2 and reach 1/2, whatever
n is; its length is 2^n pi/4. x is a uniform point of it, v the corner next to x, v_i = 1[x_i > 1/2], and the label is
the parity (-1)^(sum of v_i over i in S) of a hidden non-empty set S of bits.

The corner is uniform, so the parities are orthogonal: a learner from statistical queries faces all 2^n - 1 of them, or
C(n, size) where the size of S is given. Low dimension and bounded curvature do not help; the length is what counts.

Easy twin: the same ambient space, dimension and curvature, but the curve of few bits (--twin-bits), moved into R^n by a
random isometry: short enough to be learned piece by piece. The input law of the twin is its own.

Students: mlp. Ways round: elimination over F_2 reads the bits; nearest-neighbour learns a curve as soon as the examples
are dense on it.`,
  parse,
  draw,
  students,
  certifier,
  verifier,
  parities,
  labelLaw: {
    twoValued: true,
    order: () => null,
    statement: "labels are +-1, y^2 = 1: a function of the label says nothing that the label does not.",
  },
  settings,
};
