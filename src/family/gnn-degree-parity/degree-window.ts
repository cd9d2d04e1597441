/**
 * Directed Erdos-Renyi graphs: the law of the parities of the numbers of nodes with out-degree in a window.
 *
 * The out-degrees are independent Bin(N, p), so E chi_U = (1 - 2 p_U)^n with p_U = Pr[Bin(N, p) in U], for any n.
 * For a window W of m degrees the 2^m subset probabilities come by doubling, and one Walsh-Hadamard transform of the
 * powers gives the law of pi_W. The event pi = v lies in the event pi_W = v_W, hence
 *
 *     max_v Pr[pi = v] <= max_w Pr[pi_W = w],
 *
 * so the window's query dimension is a valid lower bound for the whole family of 2^N functions, not only for the 2^m
 * sets inside the window; wider windows only improve it. At m = N nothing is lost: the last parity follows from the
 * others.
 */

import { binomialLaw, integerPower } from "../../numeric/binomial.ts";
import { unitRoundoff } from "../../numeric/rounding.ts";
import { walshHadamard } from "../../numeric/walsh-hadamard.ts";
import { largestDegree, type GraphLaw } from "../../distribution/erdos-renyi.ts";

export interface DegreeWindow {
  /** The window holds the degrees lowest .. lowest + size - 1. */
  readonly lowest: number;
  readonly size: number;
}

export interface WindowMaximum extends DegreeWindow {
  /** The likeliest vector of the window: bit i is the parity of c_{lowest + i}. */
  readonly vector: number;
  readonly probability: number;
  readonly relativeError: number;
}

/** min(n, 20, N), the default of the command line. */
export const defaultWindow = (law: GraphLaw): number => Math.min(law.n, 20, largestDegree(law));

/** `size` consecutive degrees around the mean N p, shifted to lie within 0..N. */
export function windowAround(law: GraphLaw, size: number): DegreeWindow {
  const largest = largestDegree(law);
  const start = Math.round(largest * law.p - (size - 1) / 2);
  return { lowest: Math.max(0, Math.min(start, largest + 1 - size)), size };
}

/**
 * The largest probability of the window's parity vectors, with its relative error bound.
 * @param size m, from 1 to min(N, `largestWindow` of the evidence)
 */
export function windowMaximum(law: GraphLaw, size: number): WindowMaximum {
  const window = windowAround(law, size);
  const { probabilities, errors } = binomialLaw(largestDegree(law), law.p);
  const { n } = law;
  const cells = new Float64Array(2 ** size);
  let error = 0;
  for (let i = 0; i < size; i++) {
    const add = probabilities[window.lowest + i];
    error += errors[window.lowest + i];
    for (let u = 0, half = 2 ** i; u < half; u++) cells[half + u] = cells[u] + add;
  }
  // |fl(1 - 2 p_U) - (1 - 2 p_U)|: the summands' errors, one rounding an addition, the last subtraction
  const off = 2 * error + 2 * (size + 2) * unitRoundoff;
  let [slopes, sizes] = [0, 0];
  for (let u = 0; u < cells.length; u++) {
    const base = Math.max(-1, Math.min(1, 1 - 2 * cells[u]));
    cells[u] = integerPower(base, n);
    // |a^n - b^n| <= n |a - b| max(|a|, |b|)^{n-1}
    slopes += integerPower(Math.min(1, Math.abs(base) + off), n - 1);
    sizes += Math.abs(cells[u]);
  }
  walshHadamard(cells);
  let best = 0;
  for (let v = 1; v < cells.length; v++) if (cells[v] > cells[best]) best = v;
  const total = cells[best];
  const absolute = 1.01 * (n * off * slopes + (n + size) * unitRoundoff * sizes);
  return {
    ...window,
    vector: best,
    probability: total / cells.length,
    relativeError: absolute / total + 2 * unitRoundoff,
  };
}

/**
 * The largest |<chi_S, chi_T>| of two members of the whole family, rounded up: |1 - 2 p_U|^n is largest where p_U is
 * nearest to 0 or 1, that is for U the single rarest degree (or its complement).
 */
export function largestDirectedCorrelation(law: GraphLaw): number {
  const { probabilities, errors } = binomialLaw(largestDegree(law), law.p);
  let rarest = Infinity;
  for (let j = 0; j < probabilities.length; j++) rarest = Math.min(rarest, probabilities[j] - errors[j]);
  const base = Math.min(1, 1 - 2 * Math.max(0, rarest) + 2 * unitRoundoff);
  return Math.min(1, integerPower(base, law.n) * (1 + 4 * law.n * unitRoundoff));
}
