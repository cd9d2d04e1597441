/**
 * What learners without a network read of `gnn-degree-parity`: the numbers c_j of nodes of degree j, standardised;
 * one vector.
 */

import { degreesOf, largestDegree } from "../../distribution/erdos-renyi.ts";
import { binomialPmf } from "../../numeric/binomial.ts";
import { hermite } from "../../numeric/orthonormal.ts";
import type { InputVectors } from "../vectors.ts";
import type { DegreeParityInstance } from "./family.ts";

export function vectors({ params }: DegreeParityInstance): InputVectors {
  const { n, p } = params.values;
  const pmf = binomialPmf(largestDegree(params.values), p);
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
