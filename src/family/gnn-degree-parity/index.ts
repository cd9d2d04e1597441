/** `gnn-degree-parity`, put together. */

import type { Family } from "../family.ts";
import { certifier } from "./certificate.ts";
import { draw, students, teacher, type DegreeParityHidden } from "./family.ts";
import { gram } from "./gram.ts";
import { members } from "./members.ts";
import { id, parse, schema, type DegreeParityValues } from "./params.ts";
import { parities } from "./parities.ts";
import { population } from "./population.ts";
import { settings } from "./settings.ts";
import { vectors } from "./vectors.ts";
import { verifier } from "./verifier.ts";

export const gnnDegreeParity: Family<DegreeParityValues, DegreeParityHidden> = {
  id,
  title: "Parity of a degree count, by a graph network",
  source: "Kiani et al. 2024, hardness in the number of nodes",
  references: [],
  model: "SQ",
  schema,
  explanation: `A graph on n nodes, every edge present with probability p. A hidden set S of degrees; c_j is the number
of nodes of degree j. The label is (-1)^(b + sum of c_j over j in S): is the number of nodes whose degree lies in S
even?

A graph network with two layers and small integer weights computes it exactly, so it is not a matter of expressivity.
The class consists of parities of one random vector, pi = (c_j mod 2), 2^(n-2) up to sign for undirected graphs; its
spectral query dimension is 1 / max_v Pr[pi = v], which 'certify' computes exactly up to n = 15, on request to 17, and
bounds from below beyond: by samples, for directed graphs of any n by a window of degrees. For labels +-1 the bound
covers all statistical queries, not only correlational ones.

Easy twin: the same count, at least its median or not; one threshold instead of a parity, same S.
Escapes: Gaussian elimination over F_2 on pi (not a statistical-query algorithm; needs noiseless labels), and queries
for single values of pi, which read one linear bit of S each where the tolerance allows.
What makes a single S hard for gradient descent seems to be mu(S), the least expected count among the four sets with the
same parity up to sign; it is recorded with every instance, as is the majority baseline (1 + |E chi_S|)/2.
Students: gnn (holds the target; degrees, then message passing), gin (graph isomorphism network, Xu et al. 2019),
attention (graph attention network, Velickovic et al. 2018), unitary and unitary-lie (unitary convolutions, separable
and in Lie form, Kiani et al. 2024) and canonical (a perceptron on canonical forms, Lin et al. 2024), these three of
undirected graphs, and mlp (adjacency matrix as it is).`,
  parse,
  draw,
  students,
  teacher,
  certifier,
  verifier,
  gram,
  members,
  vectors,
  parities,
  population,
  labelLaw: {
    twoValued: true,
    order: () => null,
    statement: "labels are +-1, y^2 = 1: a function of the label says nothing that the label does not.",
  },
  settings,
};
