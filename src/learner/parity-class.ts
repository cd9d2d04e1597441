/**
 * Parity-class queries: h = 1[pi = v] / sqrt(Pr v) has norm 1 and <h, f> = sqrt(Pr v) f(v), so within a tolerance
 * tau < sqrt(Pr v) the answer's sign reads f on the class of v: one linear bit of (S, b). An L2-correlational learner
 * that succeeds with as many queries as the parity vector has free coordinates, where the tolerance lets it read them.
 */

import { foldIn, stream } from "../base/random.ts";
import { degreeParityLaw, parity, type DegreeParityLaw } from "../distribution/degree-law.ts";
import type { GraphLaw } from "../distribution/erdos-renyi.ts";
import type { Instance } from "../family/family.ts";
import { signExplained } from "./evaluate.ts";
import { eliminate } from "./f2-elimination.ts";
import type { Learner } from "./learner.ts";

export interface ParityClassResult {
  readonly queries: number;
  readonly tolerance: number;
  /** Dimension of the span that had to be read, and of what could be read at this tolerance. */
  readonly dimension: number;
  readonly read: number;
  /** The rarest class that had to be asked: the largest tolerance at which all can be read is its square root. */
  readonly smallestProbability: number;
  readonly recovered: boolean;
  /** Accuracy of the hypothesis under the exact law. */
  readonly accuracy: number;
}

/** Asks the likeliest classes first, skipping those whose bit already follows from earlier answers. */
export function learnByParityClasses(
  instance: Instance,
  law: DegreeParityLaw,
  tolerance: number,
): ParityClassResult {
  const { degrees: set, bit } = instance.hidden as { degrees: number[]; bit: number };
  const columns = 33;
  const count = law.vectors.length;
  const mask = set.reduce((m, j) => (m | (1 << j)) >>> 0, 0);
  const truth = (v: number): number => parity(v & mask) ^ bit;
  // The oracle: any answer within the tolerance; here uniformly random ones.
  const noise = stream(foldIn(instance.key, "oracle"));
  const answer = (v: number, pr: number): number =>
    Math.sqrt(pr) * (truth(v) === 1 ? -1 : 1) + tolerance * (2 * noise.uniform() - 1);

  const order = Array.from({ length: count }, (_, i) => i).sort(
    (a, b) => law.probabilities[b] - law.probabilities[a],
  );
  const basis: number[] = [];
  const raisesRank = (v: number): boolean => {
    // (v, 1): the constant is bit 32, kept apart by using numbers below 2^33.
    let high = 1;
    let low = v >>> 0;
    for (const b of basis) {
      const [bh, bl] = [b >= 2 ** 32 ? 1 : 0, b >>> 0];
      const lead = bl === 0 ? -1 : 31 - Math.clz32(bl);
      if (lead < 0 ? high === 1 : ((low >>> lead) & 1) === 1) [high, low] = [high ^ bh, (low ^ bl) >>> 0];
    }
    if (high === 0 && low === 0) return false;
    basis.push(high * 2 ** 32 + low);
    return true;
  };
  const equations: Uint32Array[] = [];
  let [dimension, smallest] = [0, 1];
  for (const i of order) {
    const [v, pr] = [law.vectors[i], law.probabilities[i]];
    if (!raisesRank(v)) continue;
    dimension++;
    smallest = Math.min(smallest, pr);
    if (tolerance >= Math.sqrt(pr)) continue;
    equations.push(Uint32Array.of(v, answer(v, pr) < 0 ? 3 : 1));
  }
  const { solution } = eliminate(
    equations.map((e) => e.slice()),
    columns,
  );
  const read = equations.length;
  let accuracy = 0;
  const guess = solution ?? new Uint8Array(columns);
  const found = Array.from(guess.subarray(0, 32)).reduce((m, x, j) => (m | (x << j)) >>> 0, 0);
  const full = read === dimension;
  for (let i = 0; i < count; i++) {
    const right = (parity(law.vectors[i] & found) ^ guess[32]) === truth(law.vectors[i]);
    accuracy += law.probabilities[i] * (right ? 1 : 0);
  }
  return {
    queries: read,
    tolerance,
    dimension,
    read,
    smallestProbability: smallest,
    recovered: full && accuracy > 1 - 1e-9,
    accuracy,
  };
}

/** The largest order for which the law of the parity vector is at hand. */
const LARGEST_ORDER = 15;

export const parityClass: Learner = {
  id: "parity-class",
  summary: "queries the indicator of one parity vector at a time; one linear bit of S each",
  access: "CSQ oracle",
  budget: "as many queries as the parity vector has free coordinates; n up to 15",
  refusal(family, params) {
    if (family.id !== "gnn-degree-parity") return "its queries are indicators of degree-count parities";
    const law = params as GraphLaw | undefined;
    return law !== undefined && (law.edges !== "undirected" || law.n > LARGEST_ORDER)
      ? `it needs the exact law of the parity vector: undirected graphs with n up to ${LARGEST_ORDER}`
      : null;
  },
  learn({ instance, options, onProgress }) {
    const { n, p } = instance.params as unknown as GraphLaw;
    const law = degreeParityLaw(n, p, ({ what, done, total }) => onProgress?.(what, done / total));
    const r = learnByParityClasses(instance, law, options.tau);
    return Promise.resolve({
      queries: r.queries,
      samples: null,
      final: {
        accuracy: r.accuracy,
        explainedVariance: signExplained(r.accuracy, instance.hard.mean.value),
        testSamples: 0,
      },
      recovered: r.recovered ? instance.hidden : null,
      exact: r.recovered,
      details: {
        tolerance: r.tolerance,
        dimension: r.dimension,
        smallestProbability: r.smallestProbability,
      },
    });
  },
};
