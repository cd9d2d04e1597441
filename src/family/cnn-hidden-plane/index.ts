/** `cnn-hidden-plane`, put together. */

import type { Family } from "../family.ts";
import type { PlaneRows } from "../plane/plane.ts";
import { certifier } from "./certificate.ts";
import { draw, hiddenPlane, students, teacher } from "./family.ts";
import { gram } from "./gram.ts";
import { members } from "./members.ts";
import { id, parse, schema, type CnnPlaneValues } from "./params.ts";
import { gradientSignal } from "./signal.ts";
import { progress } from "./progress.ts";
import { settings } from "./settings.ts";
import { vectors } from "./vectors.ts";
import { verifier } from "./verifier.ts";

export const cnnHiddenPlane: Family<CnnPlaneValues, PlaneRows> = {
  id,
  title: "A hidden plane seen through a permutation group, by a convolutional network",
  source: "Kiani et al. 2024, invariant networks by group averages; Diakonikolas et al. 2020",
  references: ["diakonikolas2020"],
  model: "CSQ",
  schema,
  explanation: `A permutation group G on n coordinates (cyclic shifts by default), X in R^(n x columns) standard
normal, a hidden plane U in R^n. F is the alternating polygon of 2k relus, F(z) = sum over m = 1..2k of (-1)^m
relu(w_m . z), w_m at the angle pi m / k. The label is f(X) = mean over g in G of the sum over columns x of F(U g^-1
x): for cyclic shifts a one-layer convolutional network with full-length filters and average pooling.

Averaging shrinks the squared norm about as 1/|G|, so planes are weighted by it: with density proportional to
||f_U||^2 the spectral dimension is at least dim H_k(R^n) times the mean of ||f_U||^2 over that of the function before
averaging, about dim H_k / |G|. The mean norm is computed from the invariants of G, degree by degree (Molien's
series), never by sampling.
With --count D it is instead the Gram matrix of D planes drawn from the seed, in closed form.
k must be even. Use k >= 4: at k = 2 two planes of a cyclic family correlate by 0.25 to 0.8.

Easy twin: coefficients cos(2 pi m / k) instead of (-1)^m on the same plane, a function of degree 2. At k = 2 it is
the target.
Students: group-cnn (an MLP on every transformed input, averaged; with cyclic shifts the convolutional network; it
holds the target from width 2 k columns on), group-linear (layers that commute with the group), deep-sets (those of
all permutations) and mlp.`,
  parse,
  draw,
  students,
  teacher,
  certifier,
  verifier,
  gram,
  members,
  vectors,
  plane: hiddenPlane,
  gradientSignal,
  labelLaw: {
    twoValued: false,
    order: () => 2,
    statement: `E[y^2 (x x^T - I)] is the mean of g U^T U g^-1 over the group: for cyclic shifts the plane's power
spectrum and no phases. Whether a higher order tells the rest in fewer examples than correlations need is open.`,
  },
  progress,
  settings,
};
