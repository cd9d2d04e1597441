/** Evidence of `gnn-degree-parity` for directed graphs: the likeliest parity vector on a window of degrees. */

import { integer, z } from "../../base/schema.ts";
import { largestDirectedCorrelation, windowAround, windowMaximum } from "../../distribution/degree-window.ts";
import { largestDegree, type GraphLaw } from "../../distribution/erdos-renyi.ts";
import { binomialLaw } from "../../numeric/binomial.ts";
import { add, exactly, least, multiply, rational, type Rational } from "../../numeric/rational.ts";
import type { Check } from "./certifier.ts";

export const schema = z.strictObject({
  kind: z.literal("window"),
  /** The window holds the degrees lowest .. lowest + size - 1. */
  lowest: integer(0, 10_000),
  size: integer(1, 26),
  /** Bit i is the parity of the number of nodes of degree lowest + i. */
  likeliestVector: integer(0, 2 ** 26),
  maxParityVectorProbability: z.number().check(z.gt(0), z.lte(1)),
  relativeError: z.number().check(z.gt(0), z.lt(1)),
});
export type WindowEvidence = z.output<typeof schema>;

export function collect(law: GraphLaw, size: number): WindowEvidence {
  const { lowest, vector, probability, relativeError } = windowMaximum(law, size);
  return {
    kind: "window",
    lowest,
    size,
    likeliestVector: vector,
    maxParityVectorProbability: Math.min(1, probability),
    relativeError,
  };
}

export const maximum = (e: WindowEvidence): Rational =>
  least(
    rational(1),
    multiply(exactly(e.maxParityVectorProbability), add(rational(1), exactly(e.relativeError))),
  );

export const largestCorrelation = (law: GraphLaw): number => largestDirectedCorrelation(law);

export function wellFormed(law: GraphLaw, size: number, e: WindowEvidence): Check[] {
  const { lowest } = windowAround(law, size);
  const ok = e.lowest === lowest && e.size === size && e.likeliestVector < 2 ** size;
  return [{ name: "window", ok, detail: `degrees ${lowest} to ${lowest + size - 1}` }];
}

/**
 * The probability of the stated vector by conditional binomials, degree after degree, without characters; and that no
 * other vector is likelier, by the Fourier transform computed afresh.
 */
export function check(law: GraphLaw, e: WindowEvidence): { route: string; checks: Check[] } {
  const direct = vectorProbability(law, e);
  const allowed = 1e-9 + e.relativeError;
  const off = Math.abs(direct / e.maxParityVectorProbability - 1);
  const again = collect(law, e.size);
  const same =
    again.likeliestVector === e.likeliestVector &&
    Math.abs(again.maxParityVectorProbability / e.maxParityVectorProbability - 1) <= 1e-14 &&
    e.relativeError >= again.relativeError * (1 - 1e-12);
  return {
    route:
      "probability of the likeliest vector by conditional binomials; maximum by the transform computed afresh",
    checks: [
      { name: "conditional binomials", ok: off <= allowed, detail: `${direct}, relative deviation ${off.toExponential(2)}` }, // prettier-ignore
      { name: "window computed afresh", ok: same, detail: `${again.maxParityVectorProbability} at vector ${again.likeliestVector}, relative error ${again.relativeError}` }, // prettier-ignore
    ],
  };
}

/** Terms below this share of the largest are left out. */
const negligible = 1e-18;

/**
 * Pr[c_j = v_j mod 2 for every j of the window]: of the nodes not yet placed at earlier degrees, the number at degree j
 * is binomial with the conditional probability of j. State: the number of nodes placed.
 */
export function vectorProbability(
  law: GraphLaw,
  e: Pick<WindowEvidence, "lowest" | "size" | "likeliestVector">,
): number {
  const { n } = law;
  const { probabilities } = binomialLaw(largestDegree(law), law.p);
  let rest = 1;
  let placed = new Map<number, number>([[0, 1]]);
  for (let i = 0; i < e.size; i++) {
    const mass = probabilities[e.lowest + i];
    const share = Math.min(1, mass / rest);
    rest = Math.max(rest - mass, Number.MIN_VALUE);
    const wanted = Math.floor(e.likeliestVector / 2 ** i) % 2;
    const next = new Map<number, number>();
    let most = 0;
    for (const value of placed.values()) most = Math.max(most, value);
    for (const [used, value] of placed) {
      if (value < negligible * most) continue;
      const free = n - used;
      if (share >= 1) {
        if (free % 2 === wanted) next.set(n, (next.get(n) ?? 0) + value);
        continue;
      }
      const odds = share / (1 - share);
      const mode = Math.min(free, Math.floor((free + 1) * share));
      const terms: [number, number][] = [[mode, 1]];
      let total = 1;
      for (let k = mode, w = 1; k < free && w > negligible; k++) {
        w *= ((free - k) / (k + 1)) * odds;
        total += w;
        terms.push([k + 1, w]);
      }
      for (let k = mode, w = 1; k > 0 && w > negligible; k--) {
        w *= k / (free - k + 1) / odds;
        total += w;
        terms.push([k - 1, w]);
      }
      for (const [k, w] of terms)
        if (k % 2 === wanted) next.set(used + k, (next.get(used + k) ?? 0) + (value * w) / total);
    }
    placed = next;
  }
  let sum = 0;
  for (const value of placed.values()) sum += value;
  return sum;
}
