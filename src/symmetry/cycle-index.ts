/**
 * Cycle indices: how many elements of a permutation group have each cycle type, in big integers.
 * (Polya 1937; Harary and Palmer, "Graphical Enumeration", 1973, chapter 2.) The usual normalised polynomial is
 * the sum of count * prod_l s_l^{m_l} over the order; keeping counts avoids fractions.
 */

import { reject } from "../base/errors.ts";
import { commonDivisor } from "../numeric/integers.ts";
import type { CycleType } from "./permutation.ts";

/** The elements of one cycle type. */
export interface CycleTerm {
  readonly cycles: CycleType;
  /** Elements of this cycle type. */
  readonly count: bigint;
}

/** How many elements of a permutation group have which cycle type. */
export interface CycleIndex {
  readonly degree: number;
  /** The counts' sum. */
  readonly order: bigint;
  readonly terms: readonly CycleTerm[];
}

/** Most cycle types a listing may hold, also of a product. */
export const CYCLE_TYPE_LIMIT = 1_000_000;

/** `multiplicity` cycles of one length. */
export function uniformType(length: number, multiplicity: number): CycleType {
  return [[length, multiplicity]];
}

/** Adds up the counts of equal cycle types. */
export function mergeTerms(terms: Iterable<CycleTerm>): CycleTerm[] {
  const merged = new Map<string, { cycles: CycleType; count: bigint }>();
  for (const { cycles, count } of terms) {
    const nonzero = cycles.filter(([, multiplicity]) => multiplicity > 0);
    const name = nonzero.join(";");
    const known = merged.get(name);
    if (known === undefined) merged.set(name, { cycles: nonzero, count });
    else known.count += count;
  }
  return [...merged.values()];
}

/**
 * The cycle index of G x H on pairs (product action): a cycle of length a and one of length b make gcd(a, b)
 * cycles of length lcm(a, b).
 * @throws InputError above CYCLE_TYPE_LIMIT pairs of types
 */
export function productIndex(left: CycleIndex, right: CycleIndex): CycleIndex {
  requireFewTypes(left.terms.length * right.terms.length, "the product");
  function* pairs(): Generator<CycleTerm> {
    for (const g of left.terms)
      for (const h of right.terms)
        yield { cycles: productType(g.cycles, h.cycles), count: g.count * h.count };
  }
  return {
    degree: left.degree * right.degree,
    order: left.order * right.order,
    terms: mergeTerms(pairs()),
  };
}

export function requireFewTypes(count: number, name: string): void {
  if (count > CYCLE_TYPE_LIMIT)
    reject({
      what: `${name} has too many cycle types to list (${count})`,
      allowed: `at most ${CYCLE_TYPE_LIMIT} cycle types`,
    });
}

function productType(left: CycleType, right: CycleType): CycleType {
  const counts = new Map<number, number>();
  for (const [a, m] of left)
    for (const [b, l] of right) {
      const g = commonDivisor(a, b);
      const length = (a / g) * b;
      counts.set(length, (counts.get(length) ?? 0) + m * l * g);
    }
  return [...counts].sort(([a], [b]) => a - b);
}

/** The symmetric group's cycle index, n! / prod_l l^{m_l} m_l! elements a partition; the even ones for A_n. */
export function partitionIndex(n: number, evenOnly: boolean): CycleIndex {
  requireFewTypes(partitionCount(n), `${evenOnly ? "alternating" : "symmetric"}:${n}`);
  const whole = factorial(n);
  const terms: CycleTerm[] = [];
  const parts: [number, number][] = [];
  const extend = (left: number, largest: number, centraliser: bigint, even: boolean): void => {
    if (left === 0) {
      if (even || !evenOnly) terms.push({ cycles: parts.toReversed(), count: whole / centraliser });
      return;
    }
    for (let length = Math.min(left, largest); length >= 1; length--) {
      let weight = centraliser;
      for (let m = 1; m * length <= left; m++) {
        weight *= BigInt(length) * BigInt(m);
        parts.push([length, m]);
        extend(left - m * length, length - 1, weight, even === (((length - 1) * m) % 2 === 0));
        parts.pop();
      }
    }
  };
  extend(n, n, 1n, true);
  return { degree: n, order: evenOnly && n >= 2 ? whole / 2n : whole, terms };
}

/** The number of partitions of n (as a float: only compared with limits), by Euler's pentagonal recurrence. */
export function partitionCount(n: number): number {
  const p = new Float64Array(n + 1);
  p[0] = 1;
  for (let i = 1; i <= n; i++)
    for (let j = 1; (j * (3 * j - 1)) / 2 <= i; j++) {
      const s = j % 2 === 1 ? 1 : -1;
      p[i] += s * p[i - (j * (3 * j - 1)) / 2];
      if ((j * (3 * j + 1)) / 2 <= i) p[i] += s * p[i - (j * (3 * j + 1)) / 2];
    }
  return p[n];
}

/** n!, exact. */
export function factorial(n: number): bigint {
  let out = 1n;
  for (let i = 2; i <= n; i++) out *= BigInt(i);
  return out;
}

/** All divisors, ascending. */
export function divisors(n: number): number[] {
  const small: number[] = [];
  const large: number[] = [];
  for (let d = 1; d * d <= n; d++) {
    if (n % d !== 0) continue;
    small.push(d);
    if (d * d !== n) large.push(n / d);
  }
  return [...small, ...large.toReversed()];
}

/** Euler's totient. */
export function totient(n: number): number {
  let out = n;
  let left = n;
  for (let p = 2; p * p <= left; p++) {
    if (left % p !== 0) continue;
    out -= out / p;
    while (left % p === 0) left /= p;
  }
  return left > 1 ? out - out / left : out;
}
