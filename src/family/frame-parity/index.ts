/** `frame-parity`, put together. */

import type { Family } from "../family.ts";
import { certifier } from "./certificate.ts";
import { draw, students, teacher, type FrameParityHidden } from "./family.ts";
import { gram } from "./gram.ts";
import { hiddenSet } from "./hidden-set.ts";
import { labelLaw } from "./label-law.ts";
import { members } from "./members.ts";
import { id, parse, schema, type FrameParityValues } from "./params.ts";
import { progress } from "./progress.ts";
import { settings } from "./settings.ts";
import { vectors } from "./vectors.ts";
import { verifier } from "./verifier.ts";

export const frameParity: Family<FrameParityValues, FrameParityHidden> = {
  id,
  title: "Parity of 2^k relu units, averaged over a frame of a group",
  source: "Kiani et al. 2024, frame-averaged networks",
  references: ["goel2020", "puny2022"],
  model: "CSQ",
  schema,
  explanation: `A permutation group G on n coordinates, x standard normal, and a hidden set S of k coordinates, k
even. The plain function g_S(x) = sum over w in {+-1}^k of (prod w_i) relu(<w, x_S>/sqrt k) is odd in every coordinate
of S; the target is its mean over the frame of G: f_S(x) = mean over g in F(x) of g_S(g^-1 x), an invariant network
with 2^k hidden units.

reynolds: F(x) = G. f_S is the mean over the orbit of S, its norm shrinks as ||g_S||^2 / |orbit|, and functions of
different orbits are orthogonal. So a learner from correlational queries faces as many orthogonal functions as there
are orbits of k-sets, about C(n,k)/|G|; they are counted exactly, never listed. With G = symmetric:n there is one
orbit: no bound.
sort-abs: F(x) is the element that sorts |x| (symmetric:n) or makes it lexicographically largest (any G). All C(n,k)
functions stay orthogonal; their norms differ, with the mean ||g_S||^2.

Odd k is refused: the relu units cancel to zero. Easy twin, for the same S and two marked points a, b of it: w_a w_b
in place of the product, a function of degree 2. At k = 2 the twin is the target itself: k = 2 is the easy case.

Students: frame-averaged (an MLP averaged over the same frame; it holds the target from width 2^k on), group-linear
(layers that commute with the group), deep-sets (those of all permutations) and mlp.`,
  parse,
  draw,
  students,
  teacher,
  certifier,
  verifier,
  gram,
  members,
  vectors,
  hiddenSet,
  labelLaw,
  progress,
  settings,
};
