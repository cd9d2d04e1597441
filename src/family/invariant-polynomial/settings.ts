/** Sizes at which studies run `invariant-polynomial`. */

import type { Settings } from "../settings.ts";

export const settings: Settings = {
  matrix: { params: { invariants: "legendre", variables: 20, degree: 4, terms: 3 }, train: {} },
  lead: { params: { invariants: "legendre", variables: 160, degree: 4 }, train: {} },
  transition: {
    sizeLabel: "invariants m (Hermite, 3 terms)",
    orderLabel: "degree",
    sizes: [5, 10, 20, 40, 80, 160],
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
