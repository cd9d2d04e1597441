/** `gnn-hidden-plane`, put together. */

import type { Family } from "../family.ts";
import type { PlaneRows } from "../plane/plane.ts";
import { certifier } from "./certificate.ts";
import { draw, hiddenPlane, settled, students, teacher } from "./family.ts";
import { gram } from "./gram.ts";
import { members } from "./members.ts";
import { id, parse, schema, type HiddenPlaneValues } from "./params.ts";
import { reluSums } from "./relu-sums.ts";
import { gradientSignal } from "./signal.ts";
import { progress } from "./progress.ts";
import { settings } from "./settings.ts";
import { vectors } from "./vectors.ts";
import { verifier } from "./verifier.ts";

export const gnnHiddenPlane: Family<HiddenPlaneValues, PlaneRows> = {
  id,
  title: "A hidden plane of node features, by a graph network",
  source: "Kiani et al. 2024, hardness in the feature dimension; Diakonikolas et al. 2020",
  references: ["diakonikolas2020"],
  model: "CSQ",
  schema,
  explanation: `A fixed graph on n nodes with adjacency matrix A; features X in R^(n x d), standard normal. A hidden
plane U in R^d (two orthonormal rows). F on the plane is the alternating polygon F(z) = sum over m = 1..2k of (-1)^m
relu(w_m . z), w_m at the angle pi m / k. The label is f(X) = sum over nodes i of F(U (A X)_i): a graph network with
one hidden layer of 2k units.

F has no Hermite component below degree k, so the functions of two planes correlate at most as the k-th power of the
largest cosine between them. For a uniformly drawn plane no correlational learner does better than the spectral
dimension dim H_k(R^d) = C(d+k-1, k) - C(d+k-3, k-2) allows, for every graph with an edge; 'certify' gives it exactly,
up to d = 10^6.
With --count D it is instead the Gram matrix of D planes drawn from the seed, in closed form (the arc-cosine kernel).
k must be even: for relu and odd k > 1 the sum is 0 everywhere. A is used as given, without self-loops; one node
stands for A = [1], that is f = F(U x).

Easy twin: coefficients cos(2 pi m / k) instead of (-1)^m on the same plane, a function of degree 2 with mean 0. At k
= 2 they are the same numbers: the twin is the target itself, which already has degree 2.
Not correlational, and finds the plane: the top two eigenvectors of E[y^2 sum over v of (x_v x_v^T - I)].
Students: gnn (holds the target), gin (graph isomorphism network, Xu et al. 2019), attention (graph attention network,
Velickovic et al. 2018), unitary (separable unitary convolutions, Kiani et al. 2024) and mlp (all features as they
are).`,
  parse,
  draw,
  students,
  teacher,
  certifier,
  verifier,
  gram,
  settled,
  members,
  vectors,
  plane: hiddenPlane,
  reluSums,
  gradientSignal,
  labelLaw: {
    twoValued: false,
    order: () => 2,
    statement:
      "E[y^2 sum over v of (x_v x_v^T - I)] is ||f||^2 U^T U for every graph: the whole plane, from O(d) examples.",
  },
  progress,
  settings,
};
