/**
 * The polynomial network: a sum of products of affine forms,
 *
 *     f(z) = sum_u out.w_u prod_{r = 1..degree} (w_r z + b_r)_u + out.b.
 *
 * Orthonormal polynomials have real roots, so a product of them of total degree `degree` is one unit.
 */

import { numpy as np } from "../engine/lower/jax.ts";
import { encodeFeatures, type Features } from "./features.ts";
import { affine, readout } from "./layers.ts";
import type { Network } from "./network.ts";

/** The features that are multiplied, how many at a time, and in how many units. */
export interface PolynomialOptions {
  readonly features: Features;
  /** Affine forms multiplied in each unit. */
  readonly degree: number;
  readonly width: number;
}

/** The polynomial network on given features of the examples. */
export function polynomialNetwork({ features, degree, width }: PolynomialOptions): Network {
  const { size } = features;
  const weights: Record<string, readonly number[]> = {};
  // a unit has no relu to halve the variance: twice the inputs as fan-in keeps an affine form's at 1
  const fanIn: Record<string, number> = { "out.w": width };
  for (let r = 1; r <= degree; r++) {
    weights[`factor${r}.w`] = [size, width];
    weights[`factor${r}.b`] = [width];
    fanIn[`factor${r}.w`] = 2 * size;
  }
  weights["out.w"] = [width];
  weights["out.b"] = [1];
  return {
    architecture: { network: "polynomial", inputs: size, degree, width },
    inputs: { z: [size] },
    weights,
    fanIn,
    first: Object.keys(weights).filter((name) => name.startsWith("factor")),
    ...encodeFeatures(features, "z"),
    forward(w, { z }) {
      const form = (r: number): np.Array =>
        affine(r === degree ? z : z.ref, w[`factor${r}.w`], w[`factor${r}.b`]);
      let product = form(1);
      for (let r = 2; r <= degree; r++) product = np.multiply(product, form(r));
      return readout(product, 0, w);
    },
  };
}
