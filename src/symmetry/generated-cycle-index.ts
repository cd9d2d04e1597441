/**
 * The cycle index of a group given by generators, by running through the group along its stabiliser chain.
 *
 * Cycle types are the same along conjugates: with H the stabiliser of the first base point b and u_p(b) = p, the
 * cosets u_p H and u_q H are conjugate under H whenever p and q lie in one H-orbit. So one coset for each H-orbit on
 * the orbit of b is enough, weighted by that orbit's length: a fraction (number of H-orbits)/(length of the orbit).
 */

import { reject } from "../base/errors.ts";
import { keyFor, stream } from "../base/random.ts";
import { chainOrder, forEachProduct, tail, type Chain } from "./chain.ts";
import {
  factorial,
  mergeTerms,
  partitionIndex,
  requireFewTypes,
  type CycleIndex,
  type CycleTerm,
} from "./cycle-index.ts";
import { directSummands, sumIndex } from "./direct-sum.ts";
import { briefInteger } from "../numeric/integers.ts";
import type { Progress } from "../base/progress.ts";
import { orbits } from "./orbits.ts";
import type { CycleType, Permutation } from "./permutation.ts";

/** Most elements that are run through. */
export const ENUMERATION_LIMIT = 100_000_000;

/** A group that no further knowledge of its cycle types takes apart: a giant, or one to run through. */
type Part =
  | { readonly giant: "symmetric" | "alternating"; readonly n: number }
  | { readonly chain: Chain; readonly cosets: readonly (readonly number[])[] };

/** The factors of a direct product over the orbits; symmetric and alternating groups are recognised by their order. */
function partsOf(chain: Chain, generators: readonly Permutation[]): Part[] {
  const order = chainOrder(chain);
  const giant = giantByOrder(order, chain.degree);
  if (giant !== undefined) return [{ giant, n: chain.degree }];
  const summands = directSummands(generators, chain.degree, order);
  if (summands !== undefined) return summands.flatMap((part) => partsOf(part.chain, part.generators));
  const [top] = chain.levels;
  const stable = orbits(chainGenerators(tail(chain)), chain.degree);
  return [{ chain, cosets: stable.filter(([point]) => top.has(point)) }];
}

/** One coset of the stabiliser for each of its orbits. */
const sizeOf = (part: Part): bigint =>
  "giant" in part ? 0n : BigInt(part.cosets.length) * chainOrder(tail(part.chain));

/** How many elements `generatedCycleIndexSteps` runs through. */
export const elementsRunThrough = (chain: Chain, generators: readonly Permutation[]): bigint =>
  partsOf(chain, generators).reduce((sum, part) => sum + sizeOf(part), 0n);

/**
 * How many elements have each cycle type.
 * @throws InputError where more than ENUMERATION_LIMIT elements are to be run through, with the order
 */
export function* generatedCycleIndexSteps(
  name: string,
  chain: Chain,
  generators: readonly Permutation[],
): Generator<Progress, CycleIndex> {
  const parts = partsOf(chain, generators);
  const elements = parts.reduce((sum, part) => sum + sizeOf(part), 0n);
  if (elements > BigInt(ENUMERATION_LIMIT))
    reject({
      what:
        `${name} has order ${briefInteger(chainOrder(chain))}: ` +
        `for its cycle types ${briefInteger(elements)} elements have to be run through`,
      allowed: `at most ${ENUMERATION_LIMIT} elements for a group given by generators`,
      next: "named groups and their products (cyclic:4xsymmetric:5) are counted at any order",
    });
  const indices: CycleIndex[] = [];
  for (const part of parts)
    if ("giant" in part) indices.push(partitionIndex(part.n, part.giant === "alternating"));
    else indices.push(yield* enumerated(name, part.chain, part.cosets));
  return indices.reduce(sumIndex);
}

function* enumerated(
  name: string,
  chain: Chain,
  cosets: readonly (readonly number[])[],
): Generator<Progress, CycleIndex> {
  const n = chain.degree;
  const tally = tallyOf(n);
  const stabiliser = tail(chain);
  const [top, second] = chain.levels;
  const [first, product, step] = [new Int32Array(n), new Int32Array(n), new Int32Array(n)];
  for (const [done, orbit] of cosets.entries()) {
    top.representative(orbit[0], first);
    // coset by coset of the next stabiliser, for the sake of progress
    for (let index = 0; index < (second?.size ?? 1); index++) {
      if (second === undefined) product.set(first);
      else {
        second.representative(second.at(index), step);
        for (let i = 0; i < n; i++) product[i] = first[step[i]];
      }
      forEachProduct(product, tail(stabiliser), (g) => tally.add(g, orbit.length));
      const share = (index + 1) / (second?.size ?? 1);
      yield { what: `cycle types of ${name}`, done: done + share, total: cosets.length };
    }
  }
  requireFewTypes(tally.size(), name);
  return { degree: n, order: chainOrder(chain), terms: tally.terms() };
}

/** The whole or the even permutations of n points, if the order says so: there is one subgroup of index 2. */
export function giantByOrder(order: bigint, n: number): "symmetric" | "alternating" | undefined {
  const whole = factorial(n);
  if (order === whole) return "symmetric";
  return n >= 2 && order * 2n === whole ? "alternating" : undefined;
}

/** Generators of the group of a chain: all representatives. */
export function chainGenerators(chain: Chain): Permutation[] {
  return chain.levels.flatMap((level) =>
    Array.from({ length: level.size - 1 }, (_, i) => {
      const out = new Int32Array(chain.degree);
      level.representative(level.at(i + 1), out);
      return out;
    }),
  );
}

interface Tally {
  add(g: Permutation, weight: number): void;
  size(): number;
  terms(): CycleTerm[];
}

interface Entry {
  readonly lengths: Int32Array;
  readonly multiplicities: Int32Array;
  weight: number;
}

/**
 * Counts cycle types. The table's keys are sums of one random-looking number a cycle; an entry found is compared in
 * full and the next key tried if it differs, so the counts are exact whatever the numbers.
 */
function tallyOf(n: number): Tally {
  const entries = new Map<number, Entry>();
  const multiplicity = new Int32Array(n + 1);
  const lengths = new Int32Array(n);
  const mark = new Int32Array(n).fill(0);
  const draws = stream(keyFor("cycle types"));
  const hash = Float64Array.from({ length: n + 1 }, () => draws.word() * 256);
  let stamp = 0;
  const same = (entry: Entry, distinct: number): boolean => {
    if (entry.lengths.length !== distinct) return false;
    for (let i = 0; i < distinct; i++)
      if (multiplicity[entry.lengths[i]] !== entry.multiplicities[i]) return false;
    return true;
  };
  return {
    add(g, weight) {
      stamp++;
      let [distinct, key] = [0, 0];
      for (let start = 0; start < n; start++) {
        if (mark[start] === stamp) continue;
        let length = 0;
        for (let i = start; mark[i] !== stamp; i = g[i]) {
          mark[i] = stamp;
          length++;
        }
        if (multiplicity[length]++ === 0) lengths[distinct++] = length;
        key += hash[length];
      }
      let entry = entries.get(key);
      while (entry !== undefined && !same(entry, distinct)) entry = entries.get(++key);
      if (entry === undefined) {
        const own = lengths.slice(0, distinct).sort();
        entries.set(key, { lengths: own, multiplicities: own.map((l) => multiplicity[l]), weight });
      } else entry.weight += weight;
      for (let i = 0; i < distinct; i++) multiplicity[lengths[i]] = 0;
    },
    size: () => entries.size,
    terms: () =>
      mergeTerms([...entries.values()].map((e) => ({ cycles: typeOf(e), count: BigInt(e.weight) }))),
  };
}

function typeOf(entry: Entry): CycleType {
  return Array.from(entry.lengths, (length, i) => [length, entry.multiplicities[i]] as const);
}
