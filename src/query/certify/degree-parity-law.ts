/** Evidence of `gnn-degree-parity` for undirected graphs up to 15 nodes: the whole law of the parity vector. */

import type { Stream } from "../../base/random.ts";
import { integer, z } from "../../base/schema.ts";
import { characterMeansSteps, exactCharacterCounts } from "../../distribution/degree-character.ts";
import {
  completed,
  degreeLawError,
  degreeParityLawSteps,
  exactDegreeParityLaw,
} from "../../distribution/degree-law.ts";
import type { GraphLaw } from "../../distribution/erdos-renyi.ts";
import type { Progress } from "../../numeric/progress.ts";
import {
  add,
  asWritten,
  compare,
  exactly,
  multiply,
  numberAbove,
  parseRational,
  printRational,
  rational,
  type Rational,
} from "../../numeric/rational.ts";
import { unitRoundoff } from "../../numeric/rounding.ts";
import { walshHadamard } from "../../numeric/walsh-hadamard.ts";
import type { Check } from "./certifier.ts";

/** Up to this order the law is also given in exact rationals. */
const largestRational = 10;

const probability = z.number().check(z.gt(0), z.lte(1));

export const schema = z.strictObject({
  kind: z.literal("law"),
  /** Bit j of a vector is the parity of the number of nodes of degree j. */
  vectors: z.array(integer(0, 2 ** 26)),
  probabilities: z.array(probability),
  /** n <= 10: the probabilities themselves. */
  exact: z.optional(z.array(z.string())),
  /** Bound on the relative error of each entry of `probabilities`. */
  relativeError: z.number().check(z.gt(0), z.lt(1e-9)),
  likeliestVector: integer(0, 2 ** 26),
  maxParityVectorProbability: probability,
});
export type LawEvidence = z.output<typeof schema>;

export function* collect({ n, p }: GraphLaw): Generator<Progress, LawEvidence> {
  const found = yield* degreeParityLawSteps(n, p);
  const exact = n <= largestRational ? exactDegreeParityLaw(n, asWritten(p)) : undefined;
  return {
    kind: "law",
    vectors: Array.from(found.vectors),
    probabilities: Array.from(found.probabilities),
    ...(exact === undefined ? {} : { exact: Array.from(exact.values(), printRational) }),
    relativeError: found.relativeError,
    likeliestVector: found.likeliest.vector,
    maxParityVectorProbability: found.likeliest.probability,
  };
}

/** The true maximum, where it is known, else an upper bound on it. */
export function maximum(e: LawEvidence): Rational {
  if (e.exact !== undefined)
    return e.exact.map((x) => parseRational(x)).reduce((a, b) => (compare(a, b) < 0 ? b : a));
  return multiply(exactly(e.maxParityVectorProbability), add(rational(1), exactly(e.relativeError)));
}

export function wellFormed({ n, p }: GraphLaw, e: LawEvidence): Check[] {
  const checks: Check[] = [];
  const add1 = (name: string, ok: boolean, detail: string): boolean => {
    checks.push({ name, ok, detail });
    return ok;
  };
  const { vectors, probabilities } = e;
  const sizes = vectors.length === probabilities.length && vectors.length > 0;
  const rationals = (e.exact !== undefined) === n <= largestRational && (e.exact?.length ?? vectors.length) === vectors.length; // prettier-ignore
  if (
    !add1(
      "law: lengths",
      sizes && rationals,
      `${vectors.length} vectors, ${probabilities.length} probabilities`,
    )
  )
    return checks;
  const ascending = vectors.every((v, i) => i === 0 || v > vectors[i - 1]);
  const balanced = vectors.every((v) => v < 2 ** n && completed(n, v >>> 2) === v);
  add1("law: two linear constraints", ascending && balanced, "every vector sums to n and has an even number of odd degrees, mod 2"); // prettier-ignore
  const total = probabilities.reduce((a, b) => a + b, 0);
  const slack = e.relativeError + vectors.length * unitRoundoff;
  add1(
    "law: non-negative, sums to 1",
    Math.abs(total - 1) <= slack,
    `sum - 1 = ${total - 1}, allowed ${slack}`,
  );
  let best = 0;
  probabilities.forEach((x, i) => {
    if (x > probabilities[best]) best = i;
  });
  add1(
    "law: maximum",
    e.maxParityVectorProbability === probabilities[best] && e.likeliestVector === vectors[best],
    `largest entry ${probabilities[best]} at vector ${vectors[best]}`,
  );
  const proved = degreeLawError(n);
  add1("law: relative error", e.relativeError >= proved, `stated ${e.relativeError}, proved ${proved}`);
  if (e.exact === undefined) return checks;
  const canonical = e.exact.every((x) => /^[1-9]\d*(\/[1-9]\d*)?$/.test(x) && x.length < 2000);
  if (!add1("law: exact rationals", canonical, "positive fractions")) return checks;
  const exact = e.exact.map((x) => parseRational(x));
  const one = exact.reduce(add, rational(0));
  add1("law: exact sum", compare(one, rational(1)) === 0, `sums to ${printRational(one).slice(0, 60)}`);
  const error = exactly(e.relativeError);
  const near = exact.every((x, i) => {
    const off = { num: x.num, den: x.den };
    return (
      compare(exactly(probabilities[i]), multiply(off, add(rational(1), error))) <= 0 &&
      compare(
        exactly(probabilities[i]),
        multiply(off, add(rational(1), { num: -error.num, den: error.den })),
      ) >= 0
    );
  });
  add1("law: floats against rationals", near, `within the relative error, edge probability ${printRational(asWritten(p))}`); // prettier-ignore
  return checks;
}

/** The sets whose parity is constant: none, all, the odd and the even degrees. */
function constantSets(n: number): Set<number> {
  const all = 2 ** n - 1;
  const odd = 0xaaaaaaaa & all;
  return new Set([0, all, odd, all ^ odd]);
}

/** The largest |E chi_U| over sets whose parity is not constant, rounded up. */
export function largestCorrelation({ n }: GraphLaw, e: LawEvidence): number {
  const constant = constantSets(n);
  if (e.exact !== undefined) {
    const cells = Array.from({ length: 2 ** n }, () => 0n);
    const exact = e.exact.map((x) => parseRational(x));
    const den = exact.reduce((d, x) => (d % x.den === 0n ? d : d * x.den), 1n);
    exact.forEach((x, i) => (cells[e.vectors[i]] = (x.num * den) / x.den));
    for (let half = 1; half < cells.length; half *= 2)
      for (let i = 0; i < cells.length; i++)
        if ((i & half) === 0)
          [cells[i], cells[i + half]] = [cells[i] + cells[i + half], cells[i] - cells[i + half]];
    let most = 0n;
    cells.forEach((x, u) => {
      const size = x < 0n ? -x : x;
      if (!constant.has(u) && size > most) most = size;
    });
    return numberAbove(rational(most, den));
  }
  const cells = spectrum(n, e);
  let most = 0;
  cells.forEach((x, u) => {
    if (!constant.has(u)) most = Math.max(most, Math.abs(x));
  });
  return Math.min(1, most + (1.01 * e.relativeError + (n + 2) * unitRoundoff));
}

/** The Fourier coefficients of the stated law, by mask. */
function spectrum(n: number, e: LawEvidence): Float64Array {
  const cells = new Float64Array(2 ** n);
  e.vectors.forEach((v, i) => (cells[v] = e.probabilities[i]));
  return walshHadamard(cells);
}

/**
 * Random Fourier coefficients of the stated law (with `full` all of them) against the signed pass, which never forms a
 * parity vector; up to n = 10 the rationals against the exact signed pass, which determines them. What coefficients
 * cannot see, tiny entries, is compared with the law computed afresh.
 */
export function* check(
  { n, p }: GraphLaw,
  e: LawEvidence,
  full: boolean,
  random: Stream,
): Generator<Progress, { route: string; checks: Check[] }> {
  const checks: Check[] = [];
  const classes = 2 ** (n - 2);
  const count = full || classes <= 256 ? classes : 256;
  // sets without the degrees 0 and 1 represent all classes
  const masks = Array.from({ length: count }, (_, i) => 4 * (count === classes ? i : random.below(classes)));
  const { values, absoluteError } = yield* characterMeansSteps(n, p, masks);
  const stated = spectrum(n, e);
  let worst = 0;
  masks.forEach((mask, i) => {
    worst = Math.max(worst, Math.abs(values[i] - stated[mask]));
  });
  const allowed = absoluteError + 1.01 * e.relativeError + (n + 2) * unitRoundoff;
  checks.push({
    name: "Fourier coefficients",
    ok: worst <= allowed,
    detail: `${count} of ${classes}, largest deviation ${worst.toExponential(2)}, allowed ${allowed.toExponential(2)}`,
  });
  if (e.exact !== undefined) checks.push(exactCheck(n, p, e.vectors, e.exact));
  const again = yield* degreeParityLawSteps(n, p);
  const same =
    again.vectors.length === e.vectors.length &&
    again.vectors.every((v, i) => v === e.vectors[i]) &&
    again.probabilities.every((x, i) => Math.abs(x - e.probabilities[i]) <= 4 * unitRoundoff * x);
  checks.push({ name: "law computed afresh", ok: same, detail: `${again.vectors.length} vectors` });
  return { route: "Fourier coefficients of the law by a signed pass over degree histograms", checks };
}

/** The rationals from the exact Fourier coefficients, by inversion. */
function exactCheck(n: number, p: number, vectors: readonly number[], exact: readonly string[]): Check {
  const q = asWritten(p);
  const cells = exactCharacterCounts(n, q);
  for (let half = 1; half < cells.length; half *= 2)
    for (let i = 0; i < cells.length; i++)
      if ((i & half) === 0)
        [cells[i], cells[i + half]] = [cells[i] + cells[i + half], cells[i] - cells[i + half]];
  const total = q.den ** BigInt((n * (n - 1)) / 2) * BigInt(cells.length);
  const positive = cells.filter((x) => x !== 0n).length;
  const ok =
    positive === vectors.length &&
    vectors.every((v, i) => compare(rational(cells[v >>> 2], total), parseRational(exact[i])) === 0);
  return { name: "exact rationals", ok, detail: `${positive} vectors by inversion of the exact signed pass` };
}
