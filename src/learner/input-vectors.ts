/**
 * What the learners without a network read: every example as a list of vectors, such that the label is a sum over its
 * vectors of a function that a group of coordinate permutations leaves alone. The family's law, graph and group are known
 * to any learner; the hidden parameters are not used.
 */

import { degreesOf, largestDegree, type GraphLaw } from "../distribution/erdos-renyi.ts";
import type { Samples } from "../distribution/law.ts";
import type { Family, Instance } from "../family/family.ts";
import { graphOf } from "../family/gnn-hidden-plane/family.ts";
import { groupOf, type GroupParameter } from "../family/parameter/group-parameter.ts";
import { invariantsOf } from "../family/invariant-polynomial/family.ts";
import { binomialPmf } from "../numeric/binomial.ts";
import { hermite, type PolynomialLaw } from "../numeric/orthonormal.ts";
import { actInversely } from "../symmetry/actions.ts";
import { frameOf, type FrameId } from "../symmetry/frames.ts";
import type { Permutation } from "../symmetry/permutation.ts";

export interface InputVectors {
  readonly dimension: number;
  /** Vectors of one example. */
  readonly vectors: number;
  /** The law of the entries, or one whose polynomials serve as features. */
  readonly law: PolynomialLaw;
  /** Generators of the group of coordinate permutations; none for the trivial group. */
  readonly generators: readonly Permutation[];
  /** Entry j of vector v of example s at (s * vectors + v) * dimension + j. */
  read(samples: Samples): Float64Array;
}

const readers: Readonly<Record<string, (instance: Instance) => InputVectors>> = {
  "cnn-hidden-plane": columnsOf,
  "frame-parity": framedInput,
  "gnn-degree-parity": degreeCounts,
  "gnn-hidden-plane": neighbourSums,
  "invariant-polynomial": invariantValues,
};

/** Why a family cannot be read so, null where it can. */
export const unreadable = ({ id }: Family): string | null =>
  Object.hasOwn(readers, id) ? null : "the family has no description of its examples as vectors";

export const inputVectors = (instance: Instance): InputVectors => readers[instance.family](instance);

/** The numbers c_j of nodes of degree j, standardised: one vector. */
function degreeCounts({ params }: Instance): InputVectors {
  const law = params as unknown as GraphLaw;
  const { n, p } = law;
  const pmf = binomialPmf(largestDegree(law), p);
  const dimension = pmf.length;
  return {
    dimension,
    vectors: 1,
    law: hermite,
    generators: [],
    read(samples) {
      const degrees = degreesOf(samples);
      const out = new Float64Array(samples.count * dimension);
      for (let i = 0; i < degrees.length; i++) out[Math.floor(i / n) * dimension + degrees[i]]++;
      for (let at = 0; at < out.length; at++) {
        const q = pmf[at % dimension];
        out[at] = (out[at] - n * q) / Math.sqrt(n * q * (1 - q) + 1 / n);
      }
      return out;
    },
  };
}

/** The sums (A X)_i over a node's neighbours, divided by the root of its degree: standard normal, one vector a node. */
function neighbourSums(instance: Instance): InputVectors {
  const { n, adjacency } = graphOf(instance);
  const [, dimension] = instance.law.shape;
  const nodes = Array.from({ length: n }, (_, i) => {
    const neighbours = Array.from({ length: n }, (__, j) => j).filter((j) => adjacency[i * n + j] === 1);
    return { neighbours, scale: 1 / Math.sqrt(neighbours.length) };
  }).filter(({ neighbours }) => neighbours.length > 0);
  return {
    dimension,
    vectors: nodes.length,
    law: hermite,
    generators: [],
    read({ count, data }) {
      const out = new Float64Array(count * nodes.length * dimension);
      for (let s = 0, to = 0; s < count; s++)
        for (const { neighbours, scale } of nodes) {
          for (const j of neighbours)
            for (let a = 0, from = (s * n + j) * dimension; a < dimension; a++)
              out[to + a] += scale * data[from + a];
          to += dimension;
        }
      return out;
    },
  };
}

/** The columns of X under the group. */
function columnsOf({ params, law }: Instance): InputVectors {
  const [dimension, vectors] = law.shape;
  return {
    dimension,
    vectors,
    law: hermite,
    generators: groupOf(params as unknown as GroupParameter).generators,
    read({ data, count }) {
      const out = new Float64Array(data.length);
      for (let s = 0, at = 0; s < count; s++)
        for (let j = 0; j < dimension; j++)
          for (let v = 0; v < vectors; v++) out[(s * vectors + v) * dimension + j] = data[at++];
      return out;
    },
  };
}

/** The input itself under the whole group; for other frames the input as the frame's first element straightens it. */
function framedInput({ params, law }: Instance): InputVectors {
  const { frame } = params as { frame: FrameId };
  const group = groupOf(params as unknown as GroupParameter);
  const [dimension] = law.shape;
  const whole = frame === "reynolds";
  const straighten = whole ? null : frameOf(frame, group);
  return {
    dimension,
    vectors: 1,
    law: hermite,
    generators: whole ? group.generators : [],
    read({ data, count }) {
      const out = Float64Array.from(data);
      if (straighten === null) return out;
      for (let s = 0; s < count; s++) {
        const x = data.subarray(s * dimension, (s + 1) * dimension);
        const [first] = straighten.elements(x);
        actInversely(first, x, out.subarray(s * dimension, (s + 1) * dimension));
      }
      return out;
    },
  };
}

/** The invariants themselves: one vector. */
function invariantValues({ params }: Instance): InputVectors {
  const invariants = invariantsOf(params);
  return {
    dimension: invariants.variables,
    vectors: 1,
    law: invariants.law,
    generators: [],
    read: ({ data, count }) => invariants.map(data, count),
  };
}
