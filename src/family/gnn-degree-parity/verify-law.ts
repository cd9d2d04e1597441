/**
 * Is a law in float64 as near to the truth as it says? It is enclosed: the same sums are formed twice, and after each
 * step one is lowered and the other raised by more than the roundings made.
 */

import type { Progress } from "../../base/progress.ts";
import { complementary } from "../../numeric/binomial.ts";
import { nextDown, unitRoundoff } from "../../numeric/rounding.ts";
import type { Verdict } from "../../query/certifier.ts";
import { negligible, type LawEvidence } from "./evidence.ts";
import type { DegreeParityValues } from "./params.ts";
import { pulledLaw, type Lanes } from "./pulled-law.ts";
import { constraints } from "./verify-counts.ts";
import { checkList } from "./verify-list.ts";

export function* checkLaw({ n, p }: DegreeParityValues, evidence: LawEvidence): Generator<Progress, Verdict> {
  const { law, relativeError, likeliest, maxParityVectorProbability, maxAbsCorrelation } = evidence;
  const found = yield* pulledLaw(n, enclosure(n, p));
  const stated = new Float64Array(found.length / 2);
  for (const [v, x] of law) stated[v >>> 2] = x;
  let [outside, most] = [0, 0];
  for (const [i, x] of stated.entries()) {
    const [low, high] = [found[2 * i], found[2 * i + 1]];
    const above = x > low * (1 + relativeError) * (1 - 4 * unitRoundoff) + negligible;
    const below = x < high * (1 - relativeError) * (1 + 4 * unitRoundoff) - negligible;
    if (above || below) outside++;
    most = Math.max(most, high);
  }
  const best = law.reduce((a, b) => (b[1] > a[1] ? b : a));
  const claimed = nextDown(nextDown(maxParityVectorProbability * (1 + relativeError)));
  const correlation = largestCorrelation(found);
  return {
    route: "the law enclosed between two passes of its own, rounded down and up",
    checks: [
      constraints(n, law),
      {
        name: "law",
        ok: outside === 0,
        detail: [
          `${outside === 0 ? "every probability is" : `${outside} probabilities are not`} within`,
          "the relative error",
        ].join(" "),
      },
      {
        name: "maximum",
        ok: best[0] === likeliest && best[1] === maxParityVectorProbability && claimed >= Math.min(1, most),
        detail: `no vector's probability exceeds ${most}`,
      },
      {
        name: "correlations",
        ok: correlation <= maxAbsCorrelation,
        detail: `none exceeds ${correlation}`,
      },
      ...checkList(law, 1.01 * relativeError + law.length * negligible, n, evidence.apart),
    ],
  };
}

/**
 * Lower and upper bounds. A sum of m products has at most m + 1 roundings, the powers of p and q (each rounded
 * itself) 2t, the products with them and with the widening factor 3. Below the normal numbers a rounding is absolute:
 * 2^-1070 covers it.
 */
function enclosure(n: number, written: number): Lanes {
  const { p, q } = complementary(written);
  const powers = (base: number): Float64Array => {
    const table = new Float64Array(n + 1).fill(1);
    for (let k = 1; k <= n; k++) table[k] = table[k - 1] * base;
    return table;
  };
  const [edge, none] = [powers(p), powers(q)];
  return {
    kind: Float64Array,
    settle(cells, moves, weight = { edges: 0, none: 0 }) {
      const factor = edge[weight.edges] * none[weight.none];
      const error = 1.01 * unitRoundoff * (moves + 2 * (weight.edges + weight.none) + 6);
      for (let i = 0; i < cells.length; i += 2) {
        if (cells[i + 1] === 0) continue;
        cells[i] = Math.max(0, cells[i] * factor * (1 - error) - 2 ** -1070);
        cells[i + 1] = cells[i + 1] * factor * (1 + error) + 2 ** -1070;
      }
    },
  };
}

/** An upper bound on |E chi_U| over the sets U, without 0 and 1, that are not empty. */
function largestCorrelation(bounds: Float64Array): number {
  const sums = new Float64Array(bounds.length / 2);
  let [width, size] = [0, 0];
  for (let i = 0; i < sums.length; i++) {
    sums[i] = (bounds[2 * i] + bounds[2 * i + 1]) / 2;
    width += bounds[2 * i + 1] - bounds[2 * i];
    size += bounds[2 * i + 1];
  }
  let levels = 1;
  for (let bit = 1; bit < sums.length; bit <<= 1, levels++)
    for (let u = 0; u < sums.length; u++) {
      if ((u & bit) !== 0) continue;
      const [x, y] = [sums[u], sums[u | bit]];
      sums[u] = x + y;
      sums[u | bit] = x - y;
    }
  const largest = sums.subarray(1).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return Math.min(1, 1.01 * (width / 2 + (levels + 2) * unitRoundoff * size) + largest);
}
