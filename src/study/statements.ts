/** What the paper's eight results state, in words and as formulas, and where docs/theory.md goes into them. */

import type { RowId } from "./paper.ts";

/** A result's statement, for its card. */
export interface Statement {
  readonly words: string;
  /** In the notation of report/math.ts. */
  readonly formula: string;
  /** What has to be so for it. */
  readonly hypotheses: string;
  /** The heading of docs/theory.md that proves it or says why not. */
  readonly anchor: string;
}

/** By the ids of `paperRows`. */
export const statements: Readonly<Record<RowId, Statement>> = {
  nodes: {
    words:
      "The label says whether the number of nodes whose degree lies in a hidden set S is even. " +
      "A two-layer graph network holds it exactly; statistical queries needed to find it grow, by the paper, faster " +
      "than any power of n.",
    formula: "f_S(A) = (-1)^{∑_{j ∈ S} c_j(A)} , d_{\\text{eff}} = 1 / \\text{max}_v \\text{Pr}[π(A) = v]",
    hypotheses:
      "Random graphs of a known law; labels ±1; a learner that succeeds for every S and every valid answer.",
    anchor: "where-the-dimension-comes-from",
  },
  features: {
    words:
      "A polygon of relus on a hidden plane of the node features, summed over a fixed graph. " +
      "Correlations with the label needed to find the plane grow as d^k in the feature dimension d, 2k relus.",
    formula: "f_U(X) = ∑_i F(U (A X)_i) , d_{\\text{eff}} ≥ \\text{dim } H_k(ℝ^d)",
    hypotheses:
      "Gaussian features, a fixed graph, uniformly drawn planes; correlations with labels, not with their squares.",
    anchor: "where-the-dimension-comes-from",
  },
  "small-groups": {
    words:
      "The same polygon, averaged over a group of polynomial size, as a convolution with pooling is. " +
      "Invariance does not make it easy: only harmonics that the group leaves alone can help.",
    formula: "f_U(X) = |G|^{-1} ∑_{g ∈ G} F(U g^{-1} X)",
    hypotheses:
      "Gaussian inputs, a permutation group, planes weighted by their squared norms; correlational queries.",
    anchor: "where-the-dimension-comes-from",
  },
  frames: {
    words:
      "A parity h_S of 2^k relus on a hidden subset S of k coordinates, averaged over a frame of the group. " +
      "Different orbits of subsets are uncorrelated, and a query of tolerance τ rules out fewer than 1/τ² of them.",
    formula: "f_S(x) = |G|^{-1} ∑_{g ∈ G} h_{g S}(x) , d_{\\text{eff}} = \\text{number of orbits}",
    hypotheses:
      "Inputs whose signs are fair coins, a permutation group, subsets of one size; correlational queries.",
    anchor: "where-the-dimension-comes-from",
  },
  polynomials: {
    words:
      "A few hidden products of invariants. Every product is uncorrelated with the others, so a query of tolerance τ " +
      "rules out fewer than 1/τ² of them; a learner that grows a basis from the label's square finds them.",
    formula: "f(x) = ∑_r a_r ∏_{j} h_{r j}(z_j(x))",
    hypotheses:
      "Independent invariants z of known laws, orthonormal polynomials h; certified for single products.",
    anchor: "where-the-dimension-comes-from",
  },
  proper: {
    words:
      "Finding weights of a small graph network that fit a labelled sample is NP-hard, even where there are any: " +
      "colouring the points of a hypergraph so that no edge is of one colour becomes fitting two threshold units.",
    formula: "\\text{2-colouring of } H ⟺ \\text{two threshold units that fit } D(H)",
    hypotheses:
      "A worst case over samples. Instances show the reduction at work and prove nothing about others.",
    anchor: "the-papers-results",
  },
  models: {
    words:
      "A learner by correlations meets an oracle that may answer anything within the tolerance. While the answer 0 " +
      "is allowed it learns nothing, and each query rules out few functions only. Gradient descent asks such queries.",
    formula: "q > τ^2 (d_{\\text{eff}} - 1/ρ^2)",
    hypotheses: "Success for every function and all valid answers; noise of a batch is no adversary.",
    anchor: "the-spectral-certificate",
  },
  practice: {
    words:
      "Students with the right symmetry, wider than the teacher that made the labels, trained on fresh examples: " +
      "they can hold the target and stay at chance.",
    formula: "\\text{width } ∈ {1, 2, 4, 8} × \\text{teacher}",
    hypotheses: "An experiment: it holds for the networks, optimisers and budgets that were run.",
    anchor: "gradient-descent-as-queries-a-heuristic",
  },
};
