/** Sizes at which studies run `invariant-polynomial`. */

import type { Settings, Sized } from "../settings.ts";

/** One size for every kind of invariants: three are of a group, two are abstract variables. */
const sized = (invariants: string): Sized => ({
  params: { invariants, variables: 20, degree: 4, terms: 3 },
  train: {},
});

export const settings: Settings = {
  matrix: {
    columns: [sized("sign-flips")],
    more: ["rotations:3", "power-spectrum", "legendre", "hermite"].map(sized),
  },
  // of a group; with 80 or 120 variables four times the steps learn some, with higher degrees the twin is not learned
  failing: [
    {
      params: { invariants: "rotations:3", variables: 200, degree: 4, terms: 3 },
      train: { steps: 2000, batch: 256 },
    },
    // certified queries for more than the training asks; the product of five affine forms does not learn the twin here
    {
      params: { invariants: "rotations:3", variables: 400, degree: 5, terms: 3 },
      train: { student: "mlp", steps: 2000, batch: 256 },
    },
  ],
  lead: { params: { invariants: "legendre", variables: 160, degree: 4 }, train: {} },
  transition: {
    sizeLabel: "invariants m (Hermite, 3 terms)",
    orderLabel: "degree",
    sizes: [10, 40, 160],
    orders: [2, 3, 4],
    params: (variables, degree) => ({ variables, degree }),
    train: { width: 64, lr: 2e-3, steps: 4000, batch: 256, stopAt: 0.99 },
  },
  certified: [
    { variables: 20, degree: 2 },
    { variables: 20, degree: 3 },
    { variables: 100, degree: 4 },
    { variables: 1000, degree: 10, invariants: "power-spectrum" },
  ],
};
