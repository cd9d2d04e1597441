/**
 * Parity-class queries: h = 1[pi = v] / sqrt(Pr v) has norm 1 and <h, f> = sqrt(Pr v) f(v), so within a tolerance
 * tau < sqrt(Pr v) the answer's sign reads f on the class of v: one linear bit of (S, b). A correlational learner (L2
 * queries) that succeeds with as many queries as the parity vector has free coordinates, where the tolerance lets it
 * read them. As statistical queries, phi = y 1[pi = v], the same bits are readable where tau < Pr v.
 *
 * Its oracle is exact for the law of the parity vector itself: the points are the vectors, weighted by their exact
 * probabilities.
 */

import { lawOf } from "../family/instance.ts";
import { foldIn } from "../base/random.ts";
import type { Samples } from "../distribution/law.ts";
import { parity } from "../numeric/integers.ts";
import type { ParityLaw } from "../family/parities.ts";
import type { Oracle } from "../query/oracle/oracle.ts";
import type { Population } from "../query/oracle/population.ts";
import { populationOracle, type HiddenTarget } from "../query/oracle/target-oracle.ts";
import { signExplained } from "./evaluate.ts";
import { eliminate } from "./f2-elimination.ts";
import { defineLearner, capability } from "./learner.ts";

/** (-1)^(b + <s, pi>) with s as a word. */
export interface ParityWord {
  readonly mask: number;
  readonly bit: number;
}

/** The parity read off class by class, and how much of it could be read. */
export interface ParityClassResult {
  /** A function consistent with the bits that were read. */
  readonly found: ParityWord;
  /** Dimension of the span that had to be read, and of what could be read at this tolerance. */
  readonly dimension: number;
  readonly read: number;
  /** The rarest class that had to be asked: the largest tolerance at which all can be read is its square root. */
  readonly smallestProbability: number;
}

/** The law of the parity vector as a population: an example is a vector, one byte a coordinate. */
export function parityVectors({ n, vectors, probabilities }: ParityLaw): Population {
  const data = new Uint8Array(vectors.length * n);
  vectors.forEach((v, x) => {
    for (let j = 0; j < n; j++) data[x * n + j] = (v >>> j) & 1;
  });
  const total = probabilities.reduce((a, b) => a + b, 0);
  return {
    points: { count: vectors.length, shape: [n], data },
    weights: probabilities.map((p) => p / total),
  };
}

/** The parity vector of each example, its coordinates the bits of a word: (count). */
export type WordsOf = (samples: Samples) => Int32Array;

/** A parity on examples that `wordsOf` reads. */
export const parityTarget = ({ mask, bit }: ParityWord, wordsOf: WordsOf = vectorWords): HiddenTarget => ({
  signs: true,
  label: (samples) => wordsOf(samples).map((v) => (parity(v & mask) === bit ? 1 : -1)),
});

/** Examples that are parity vectors, as words. */
function vectorWords({ count, shape: [n], data }: Samples): Int32Array {
  const words = new Int32Array(count);
  for (let x = 0, at = 0; x < count; x++) for (let j = 0; j < n; j++, at++) words[x] |= data[at] << j;
  return words;
}

/**
 * Asks for the likeliest classes whose bits do not follow from others, all in one block.
 * @param form `csq`: correlations with the indicators, scaled to norm 1; `sq`: statistics of the labels
 */
export async function learnByParityClasses(
  oracle: Oracle,
  law: ParityLaw,
  form: "csq" | "sq" = "csq",
  wordsOf: WordsOf = vectorWords,
): Promise<ParityClassResult> {
  const columns = 33;
  const basis = spanningClasses(law);
  const readable = (pr: number): boolean => oracle.tolerance < (form === "csq" ? Math.sqrt(pr) : pr);
  const asked = basis.filter((i) => readable(law.probabilities[i])).map((i) => law.vectors[i] | 0);
  const indicators = (sign: number) => (samples: Samples) => {
    const words = wordsOf(samples);
    return Float32Array.from({ length: asked.length * words.length }, (_, at) =>
      words[at % words.length] === asked[Math.floor(at / words.length)] ? sign : 0,
    );
  };
  const answers =
    form === "csq"
      ? (await oracle.correlations({ count: asked.length, on: indicators(1) })).values
      : await oracle.statistics({
          count: asked.length,
          on: (samples) => ({ plus: indicators(1)(samples), minus: indicators(-1)(samples) }),
        });
  const { solution } = eliminate(
    asked.map((v, i) => Uint32Array.of(v, answers[i] < 0 ? 3 : 1)),
    columns,
  );
  const guess = solution ?? new Uint8Array(columns);
  return {
    found: { mask: guess.subarray(0, 32).reduce((m, x, j) => (m | (x << j)) >>> 0, 0), bit: guess[32] },
    dimension: basis.length,
    read: asked.length,
    smallestProbability: basis.reduce((least, i) => Math.min(least, law.probabilities[i]), 1),
  };
}

/** Indices of classes whose (v, 1) are a basis of the span of all, the likeliest first. */
function spanningClasses({ vectors, probabilities }: ParityLaw): number[] {
  const order = Array.from(vectors.keys()).sort((a, b) => probabilities[b] - probabilities[a]);
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
  return order.filter((i) => raisesRank(vectors[i]));
}

/** Accuracy of a function for the exact law. */
export function accuracyOf(
  found: ParityWord,
  { mask, bit }: ParityWord,
  { vectors, probabilities }: ParityLaw,
): number {
  const wrong = found.bit ^ bit;
  return vectors.reduce(
    (sum, v, x) => sum + (parity((v & (found.mask ^ mask)) >>> 0) === wrong ? probabilities[x] : 0),
    0,
  );
}

/** Graphs in the easy twin's population, and fresh ones it is tested on. */
const POPULATION = 100_000;
const TEST_SAMPLES = 20_000;

export const parityClass = defineLearner({
  id: "parity-class",
  summary: "queries the indicator of one parity vector at a time; one linear bit of S each",
  references: [],
  access: "CSQ oracle",
  rows: [{ label: "parity-class queries" }],
  options: ["tau"],
  budget: "as many queries as the parity vector has free coordinates; n up to 15",
  refusal({ parities }, params) {
    if (parities === undefined) return "its queries are indicators of parity vectors";
    return params === undefined ? null : parities.lawRefusal(params);
  },
  async learn({ family, instance, easy, options, onProgress }) {
    const parities = capability(family, "parities");
    const law = parities.law(instance.params, ({ what, done, total }) => onProgress?.(what, done / total));
    const { set, bit } = parities.hidden(instance);
    const truth = { mask: set.reduce((m, x, j) => (m | (x << j)) >>> 0, 0), bit };
    // the twin is no function of the parity vector: its oracle answers for a population of graphs
    const graphs = (name: string, count: number) =>
      lawOf(instance, instance.easy).sample(foldIn(instance.key, name), count);
    const population = easy ? { points: graphs("oracle population", POPULATION) } : parityVectors(law);
    const target = easy ? { signs: true, label: instance.easy.label } : parityTarget(truth);
    const oracle = populationOracle(target, population, {
      tolerance: options.tau,
      noise: "uniform",
      key: foldIn(instance.key, "oracle"),
    });
    const wordsOf = easy ? parities.wordsOf : vectorWords;
    const { found, dimension, read, smallestProbability } = await learnByParityClasses(
      oracle,
      law,
      "csq",
      wordsOf,
    );
    const test = easy ? graphs("test", TEST_SAMPLES) : null;
    const accuracy =
      test === null
        ? accuracyOf(found, truth, law)
        : agreement(parityTarget(found, parities.wordsOf).label(test), instance.easy.label(test));
    const recovered = !easy && read === dimension && accuracy > 1 - 1e-9;
    const { mean } = easy ? instance.easy : instance.hard;
    return {
      queries: oracle.asked(),
      samples: null,
      final: {
        accuracy,
        explainedVariance: signExplained(accuracy, mean.value),
        testSamples: test?.count ?? 0,
      },
      recovered: recovered ? instance.hidden : null,
      exact: recovered,
      details: { tolerance: options.tau, dimension, smallestProbability },
    };
  },
});

const agreement = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let hits = 0;
  for (let i = 0; i < a.length; i++) if (a[i] === b[i]) hits++;
  return hits / a.length;
};
