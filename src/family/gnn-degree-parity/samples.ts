/**
 * What a sampled certificate is about: which graphs its seed stands for, how their parity vectors are told apart, and
 * the probability with which its limit may fail.
 *
 * **Cells.** A vector of up to 31 parities is its own cell; a longer one is mapped linearly to F_2^52 (the word of
 * each degree is random), which may merge vectors. That only raises counts and probabilities of cells, so an upper
 * limit for the likeliest cell is still one for the likeliest vector.
 *
 * **Confidence.** Whoever makes a certificate chooses variant, n, p, the number N of samples and the seed, and may
 * try many. So delta = 0.01 is spread over all that can be chosen: with probability 0.99 not one of all these
 * certificates is false,
 *
 *     delta = 0.01 * 1/3 * 1/(n(n+1)) * 1/((b-1)b(b+1)) * 1/(3(j+1)(j+2)) * 1/((s+1)(s+2))
 *
 * for p = a/b in lowest terms, N = 1, 2 or 5 times 10^j and the seed s. The shares sum to at most 1 over each of the
 * five.
 */

import { foldIn, keyFor, bits, type Key } from "../../base/random.ts";
import { largestDegree, sampleDegrees, type GraphLaw } from "../../distribution/erdos-renyi.ts";
import { asWritten, numberBelow, rational } from "../../numeric/rational.ts";

/** That any sampled certificate at all is false; and that none is. */
export const failure = 0.01;
export const confidence = 1 - failure;
/** The most samples of a certificate. */
export const mostSamples = 20_000_000;

/** j where N is 1, 2 or 5 times 10^j, else undefined. */
function decade(samples: number): number | undefined {
  const [, digit, zeros] = /^([125])(0*)$/.exec(`${samples}`) ?? [];
  return digit === undefined ? undefined : zeros.length;
}

/** The numbers of samples that certificates are made of. */
export const isRound = (samples: number): boolean => decade(samples) !== undefined;
/** The largest of them that is at most `most`. */
export function roundBelow(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  return power * ([5, 2].find((digit) => digit * power <= most) ?? 1);
}

/** The probability with which the limit may fail; 0 where that is below the smallest float64. */
export function deltaOf({ n, p }: GraphLaw, samples: number, seed: number): number {
  const { den: b } = asWritten(p);
  const [order, j, s] = [BigInt(n), BigInt(decade(samples) ?? 0), BigInt(seed)];
  const shares = [
    3n,
    order * (order + 1n),
    (b - 1n) * b * (b + 1n),
    3n * (j + 1n) * (j + 2n),
    (s + 1n) * (s + 2n),
  ];
  return numberBelow(
    rational(
      1n,
      shares.reduce((product, share) => product * share, 100n),
    ),
  );
}

/** Edges to draw for one graph. */
export const edgesOf = (law: GraphLaw): number =>
  (law.n * largestDegree(law)) / (law.edges === "undirected" ? 2 : 1);

/** The stream of a certificate's samples. */
export const samplesKey = ({ n, edges, p }: GraphLaw, seed: number): Key =>
  keyFor("certificate", "gnn-degree-parity", n, edges, p, seed);

/** The degrees of `count` graphs of a stream in parts, each (graphs) x n. */
export function* sampledDegrees(key: Key, law: GraphLaw, count: number): Generator<Uint16Array> {
  const { n } = law;
  const chunk = Math.max(1, Math.min(count, Math.floor(Math.min(2e7 / edgesOf(law), 1e6 / n))));
  for (let from = 0, part = 0; from < count; from += chunk, part++)
    yield sampleDegrees(foldIn(key, part), law, Math.min(chunk, count - from));
}

/** The word of each degree in two halves, the lower first; the cell of a graph is the exclusive or over its nodes. */
export function cellWords(law: GraphLaw): readonly [low: Uint32Array, high: Uint32Array] {
  const count = largestDegree(law) + 1;
  if (count <= 31) return [Uint32Array.from({ length: count }, (_, j) => 2 ** j), new Uint32Array(count)];
  const words = bits(keyFor("parity cells", count), new Uint32Array(2 * count));
  return [words.subarray(0, count), words.subarray(count).map((w) => w >>> 12)];
}
