/**
 * Random invariant polynomials of degree exactly k: f = sum over the orbits of products of Hermite polynomials of total degree k,
 * each orbit's normalised sum with a Gaussian coefficient, ||f|| = 1, x standard normal. Coefficients uniform on the sphere of
 * V_k^G make E f (x) f the identity over its dimension: d_eff = dim V_k^G exactly, and nothing is hard about the class but
 * its size. A family of this study, not of the program.
 */

import * as z from "zod/mini";
import { parserOf } from "../../src/base/checked.ts";
import { foldIn, normals } from "../../src/base/random.ts";
import { integer } from "../../src/base/schema.ts";
import { gaussian } from "../../src/distribution/gaussian.ts";
import type { Family } from "../../src/family/family.ts";
import { filesField, groupField, resolveGroup } from "../../src/family/parameter/group-parameter.ts";
import { equivariantStudents } from "../../src/family/parameter/group-students.ts";
import type { InputVectors } from "../../src/family/vectors.ts";
import { lowDegreeFeatures } from "../../src/learner/low-degree-features.ts";
import { hermite } from "../../src/numeric/orthonormal.ts";
import type { PermutationGroup } from "../../src/symmetry/groups.ts";

const id = "random-invariants";

/** Most invariant functions of a degree and below. */
const FUNCTIONS_LIMIT = 1000;

const schema = z.strictObject({ group: groupField(), degree: integer(1, 8) });

/** The group, and the polynomials' degree. */
export interface RandomInvariantValues {
  readonly group: PermutationGroup;
  readonly degree: number;
}

const parse = parserOf(
  id,
  z.extend(schema, { files: filesField }),
  ({ group: name, files, degree }, readFile) => {
    const { json, group } = resolveGroup({ group: name, files }, readFile);
    return { json: { ...json, degree }, values: { group, degree } satisfies RandomInvariantValues };
  },
);

const vectorsOf = ({ group, degree }: RandomInvariantValues): InputVectors => ({
  dimension: group.degree,
  vectors: 1,
  law: hermite,
  degree,
  generators: group.generators,
  read: ({ data }) => Float64Array.from(data),
});

/** The family, with its students and what learners without a network read. */
export const randomInvariants: Family<RandomInvariantValues> = {
  id,
  title: "Random invariant polynomials of one degree",
  source: "Soleymani et al. 2025",
  references: ["soleymani2025"],
  explanation: "Random combinations of all invariant products of Hermite polynomials of one total degree.",
  model: "CSQ",
  schema,
  parse,
  draw(params, key) {
    const { group, degree } = params.values;
    const vectors = vectorsOf(params.values);
    const features = lowDegreeFeatures(vectors, FUNCTIONS_LIMIT);
    const { invariant } = features.eigenspaces[degree];
    const coefficients = normals(foldIn(key, "coefficients"), new Float64Array(invariant));
    const length = Math.sqrt(coefficients.reduce((sum, c) => sum + c * c, 0));
    const target = {
      label(samples: Parameters<InputVectors["read"]>[0]) {
        const values = features.values(vectors.read(samples));
        const first = (features.count - invariant) * samples.count;
        const labels = new Float64Array(samples.count);
        for (let at = first; at < values.length; at++)
          labels[at % samples.count] +=
            (coefficients[Math.floor((at - first) / samples.count)] / length) * values[at];
        return labels;
      },
      mean: { value: 0, standardError: 0 },
      secondMoment: { value: 1, standardError: 0 },
    };
    return {
      family: id,
      params,
      hidden: {},
      facts: { dimension: invariant },
      labels: "real",
      law: gaussian([group.degree]),
      hard: target,
      easy: target,
      key,
    };
  },
  students: equivariantStudents,
  vectors: ({ params }) => vectorsOf(params.values),
};
