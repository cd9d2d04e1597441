/**
 * The verifier's half of `biased-neuron`: coefficients by integrals over the neuron instead of closed forms, zonal
 * moments by the three-term recursion of the harmonics instead of products, all errors on the safe side.
 *
 * In units of phi(b), the coefficients are g_l = integral over s > 0 of s h_l(b + s) exp(-b s - s^2/2). t times a zonal
 * harmonic of degree j is a mean of those of degrees j + 1 and j - 1, with the weights (j + d - 2) and j over
 * (2 j + d - 2): so a_(l+1)j is that mean of a_l(j+1) and a_l(j-1), sums of positive terms from a_00 = 1 on.
 */

import type { Checked } from "../../base/checked.ts";
import type { Progress } from "../../base/progress.ts";
import { unitRoundoff } from "../../numeric/rounding.ts";
import type { Verdict, Verifier } from "../../query/certifier.ts";
import { harmonicDimensionBySeries } from "../plane/harmonics-recounted.ts";
import type { BiasedNeuronEvidence } from "./evidence.ts";
import type { BiasedNeuronValues } from "./params.ts";

/** Coefficients that are integrated. */
const DEGREE = 320;
/** Degrees of harmonics that are looked at one by one. */
const HARMONICS = 16;
/** Bound on the error of an integral g_l relative to the largest, and of that of s^2: their rule converges to 1e-14. */
const integralError = 2e-12;
/** Of a zonal moment, relative: a few roundings a step. */
const momentError = 8 * (DEGREE + 4) * unitRoundoff;

export const verifier: Verifier<BiasedNeuronValues, BiasedNeuronEvidence> = {
  wellFormed: () => [],
  check: checkDimension,
};

function* checkDimension(
  { values: { d, bias, order } }: Checked<BiasedNeuronValues>,
  { dimension }: BiasedNeuronEvidence,
): Generator<Progress, Verdict> {
  yield { what: "integrals", done: 0, total: 2 };
  const { high, least, most: whole, tail } = squaresBetween(integrals(bias), bias, order);
  yield { what: "zonal moments", done: 1, total: 2 };
  const moments = momentsByRecursion(d);
  const above = (j: number): number => eigenvalueAbove(high, tail, moments[j]);
  // dim H_j lambda_j is at most the whole
  let most = whole / Number(harmonicDimensionBySeries(d, HARMONICS + 1));
  for (let j = 1; j <= HARMONICS; j++) most = Math.max(most, above(j));
  const proved = (least - above(0)) / most;
  const found = proved * (1 - 16 * unitRoundoff);
  return {
    route: "coefficients by integrals, zonal moments by recursion",
    checks: [
      {
        name: "norm",
        ok: least > 0,
        detail: `at least ${least.toPrecision(6)} phi(b)^2 of it is left`,
      },
      {
        name: "dimension",
        ok: least > 0 && dimension <= Math.max(1, found),
        detail: `${dimension} is claimed, ${found} is proved`,
      },
    ],
  };
}

interface Integrals {
  readonly coefficients: Float64Array;
  readonly square: number;
}

/** g_0, ..., g_DEGREE, and the integral of s^2 exp(-b s - s^2/2), which is ||sigma_b||^2 / phi(b). */
function integrals(b: number): Integrals {
  const coefficients = new Float64Array(DEGREE + 1);
  let square = 0;
  const [panels, end] = [96, 12];
  const rule = legendreRule(24);
  for (let panel = 0; panel < panels; panel++)
    for (const { node, weight } of rule) {
      const width = end / panels;
      const s = width * (panel + (1 + node) / 2);
      const mass = (weight / 2) * width * s * Math.exp(-b * s - (s * s) / 2);
      square += mass * s;
      let [before, here] = [0, 1];
      for (let l = 0; l <= DEGREE; l++) {
        coefficients[l] += mass * here;
        [before, here] = [here, ((b + s) * here - Math.sqrt(l) * before) / Math.sqrt(l + 1)];
      }
    }
  return { coefficients, square };
}

/** Nodes and weights on [-1, 1], by Newton's method on the Legendre polynomial. */
function legendreRule(nodes: number): { node: number; weight: number }[] {
  return Array.from({ length: nodes }, (_, i) => {
    let x = Math.cos((Math.PI * (i + 0.75)) / (nodes + 0.5));
    let slope = 1;
    for (let step = 0; step < 50; step++) {
      let [before, here] = [0, 1];
      for (let l = 0; l < nodes; l++)
        [before, here] = [here, ((2 * l + 1) * x * here - l * before) / (l + 1)];
      slope = (nodes * (x * here - before)) / (x * x - 1);
      const change = here / slope;
      x -= change;
      if (Math.abs(change) < 1e-16) break;
    }
    return { node: x, weight: 2 / ((1 - x * x) * slope * slope) };
  });
}

/**
 * Of the squares g_l^2 of the degrees that are left: each from above, their sum from below and from above, and from
 * above the part of it beyond the degrees that were integrated.
 */
function squaresBetween({ coefficients, square }: Integrals, b: number, order: number) {
  const doubt = integralError * coefficients.reduce((most, g) => Math.max(most, Math.abs(g)), 1);
  const high = coefficients.map((g) => (Math.abs(g) + doubt) ** 2);
  const low = coefficients.map((g) => Math.max(0, Math.abs(g) - doubt) ** 2);
  const whole = square / (Math.exp((-b * b) / 2) / Math.sqrt(2 * Math.PI));
  const sum = (of: Float64Array, from: number, to: number): number =>
    of.subarray(from, to).reduce((total, x) => total + x, 0);
  const least = whole * (1 - integralError) - sum(high, 0, order + 1);
  const most = whole * (1 + integralError) - sum(low, 0, order + 1);
  const tail = Math.max(0, most - sum(low, order + 1, low.length) * (1 - 1e-13));
  return { high: high.fill(0, 0, order + 1), least, most, tail };
}

/** a_lj, one row a degree j, l = 0, ..., DEGREE + 2. */
function momentsByRecursion(d: number): Float64Array[] {
  const columns = DEGREE + 3;
  const rows = Array.from({ length: HARMONICS + 1 }, () => new Float64Array(columns));
  // a moment beyond the last column cannot reach a row that is kept
  let here = new Float64Array(columns + HARMONICS + 2);
  here[0] = 1;
  for (let l = 0; l < columns; l++) {
    rows.forEach((row, j) => (row[l] = here[j]));
    const next = new Float64Array(here.length);
    next[0] = here[1];
    for (let j = 1; j + 1 < here.length; j++)
      next[j] = ((j + d - 2) * here[j + 1] + j * here[j - 1]) / (2 * j + d - 2);
    here = next;
  }
  return rows;
}

/**
 * lambda_j from above. Beyond the degrees that are listed the moments fall: a_(l+2)j <= a_lj where
 * l (d - 1) >= j^2 + j d - 2 j - 2 d + 2, which holds for all d >= 3 from there on.
 */
function eigenvalueAbove(high: Float64Array, tail: number, moments: Float64Array): number {
  const listed = high.reduce((sum, square, l) => sum + square * moments[l], 0);
  const beyond = tail * Math.max(moments[DEGREE + 1], moments[DEGREE + 2]);
  return (listed + beyond) * (1 + momentError);
}
