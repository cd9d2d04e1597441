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
import { orbits } from "./orbits.ts";
import type { CycleType, Permutation } from "./permutation.ts";

/** Largest order of a group that is run through. */
export const ENUMERATION_LIMIT = 100_000_000;

/**
 * How many elements have each cycle type. Symmetric and alternating groups are recognised by their order and done by
 * partitions, direct products of restrictions to orbits by their factors.
 * @throws InputError above ENUMERATION_LIMIT elements, with the order
 */
export function generatedCycleIndex(
  name: string,
  chain: Chain,
  generators: readonly Permutation[],
): CycleIndex {
  const n = chain.degree;
  const order = chainOrder(chain);
  const giant = giantByOrder(order, n);
  if (order > BigInt(ENUMERATION_LIMIT))
    reject({
      what: `${name} has order ${order}: its cycle types are counted by running through all elements, which is too long`,
      allowed: `order at most ${ENUMERATION_LIMIT} for a group given by generators`,
      next:
        giant === undefined
          ? "named groups and their products (cyclic:4xsymmetric:5) are counted at any order"
          : `this group is ${giant}:${n}, which is counted under that name`,
    });
  if (giant !== undefined) return partitionIndex(n, giant === "alternating");
  const parts = directSummands(generators, n, order);
  return parts === undefined
    ? enumerated(name, chain)
    : parts.map((part) => generatedCycleIndex(name, part.chain, part.generators)).reduce(sumIndex);
}

function enumerated(name: string, chain: Chain): CycleIndex {
  const n = chain.degree;
  const tally = tallyOf(n);
  const top = chain.levels[0];
  const below = tail(chain);
  const representative = new Int32Array(n);
  for (const orbit of orbits(chainGenerators(below), n)) {
    if (!top.has(orbit[0])) continue;
    top.representative(orbit[0], representative);
    forEachProduct(representative, below, (g) => tally.add(g, orbit.length));
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
