/** `biased-neuron`, put together. */

import type { Family } from "../family.ts";
import { certifier } from "./certificate.ts";
import { draw, students, vectors, type BiasedNeuronHidden } from "./family.ts";
import { id, parse, schema, type BiasedNeuronValues } from "./params.ts";
import { settings } from "./settings.ts";
import { verifier } from "./verifier.ts";

/** One relu neuron with a bias, without its part of low degree. */
export const biasedNeuron: Family<BiasedNeuronValues, BiasedNeuronHidden> = {
  id,
  title: "One biased relu neuron without its part of low degree",
  source: "after Guo and Vijayaraghavan 2025 (agnostic learning of a neuron); the construction is ours",
  references: ["guo2025"],
  model: "CSQ",
  schema,
  explanation: `x is standard normal in R^d and w a hidden unit vector. The label is relu(w.x - b) without its part of
degree up to --order in w.x (Hermite polynomials, coefficients in closed form). Seen as a task with noise, the neuron is
the signal and the part that was taken away the adversary's noise: with a large bias it is a small share of the square.

Correlations with the label see w through harmonics of x of degree 1 and 2 times functions of |x|, and weakly: the
spectral query dimension over all w is exact by the formula of Funk and Hecke, about d^((order+1)/2) and more for larger
biases. Thresholded principal components (examples with large labels only) find w at once: the separation of statistical
from correlational queries by one neuron, without any symmetry.

Easy twin: the same w with b = 0 and the mean alone taken away.

Students: mlp. On samples, noise of correlations leaks the squared label: samples are no adversary.`,
  parse,
  draw,
  students,
  certifier,
  verifier,
  vectors,
  direction: { hidden: ({ hidden }) => hidden.direction },
  labelLaw: {
    twoValued: false,
    order: () => 2,
    statement:
      "labels of size above a threshold come from large w.x: E[(x x^T - I) 1(|y| > theta)] is a multiple of w w^T.",
  },
  settings,
};
