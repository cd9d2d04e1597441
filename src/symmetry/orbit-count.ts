/**
 * Orbits of a group on k-subsets and on colourings, counted exactly and never listed: by the Cauchy-Frobenius lemma
 * their number is the mean number of k-subsets (colourings) that an element fixes, and an element with m_l cycles of
 * length l fixes as many k-subsets as the coefficient of x^k in prod_l (1 + x^l)^{m_l}.
 * Design mathematics, section 4 (`frame-parity`, Reynolds).
 */

import { reject } from "../base/errors.ts";
import type { CycleIndex } from "./cycle-index.ts";
import { namedGroup } from "./expression.ts";
import { buildGroup, productOfIndices, type Component, type PermutationGroup } from "./groups.ts";
import type { CycleType } from "./permutation.ts";

/** Largest min(k, n - k). */
export const SUBSET_LIMIT = 4096;

/**
 * The number of orbits on k-subsets of 0..degree-1.
 * @throws InputError for k outside 0..degree, for groups given by generators of order above 10^8, and for products
 *   with too many cycle types
 */
export function orbitsOnSubsets(group: PermutationGroup, k: number): bigint {
  const n = group.degree;
  if (!Number.isInteger(k) || k < 0 || k > n)
    reject({ where: "k", what: `${k} is not the size of a subset of ${n} points`, allowed: `0 to ${n}` });
  const size = Math.min(k, n - k); // complements
  if (size > SUBSET_LIMIT)
    reject({ where: "k", what: `${k} is too large to count orbits`, allowed: `at most ${SUBSET_LIMIT}` });
  if (group.components.length === 1) {
    const direct = countDirectly(group, size);
    return direct ?? fixedSubsets(group.cycleIndex(), size);
  }
  const reduced = group.components.map((c) => reduceFor(c, size));
  return fixedSubsets(productOfIndices(group.name, reduced), size);
}

/** The number of orbits on colourings of the points with `colours` colours. */
export function orbitsOnColourings(group: PermutationGroup, colours: number): bigint {
  const { terms, order } = group.cycleIndex();
  let sum = 0n;
  for (const { cycles, count } of terms)
    sum += count * BigInt(colours) ** BigInt(cycles.reduce((all, [, multiplicity]) => all + multiplicity, 0));
  return exactQuotient(sum, order);
}

function countDirectly(group: PermutationGroup, k: number): bigint | undefined {
  const { named } = group.components[0];
  return named === undefined ? undefined : namedGroup(named.kind)?.orbitsOnSubsets?.(named.n, k);
}

/** The same factor, or a smaller one with as many orbits on k-subsets of every grid that it is a side of. */
function reduceFor(c: Component, k: number): Component {
  if (c.named === undefined) return c;
  const n = namedGroup(c.named.kind)?.symmetricDegreeFor?.(c.named.n, k);
  return n === undefined ? c : buildGroup([{ kind: "named", group: "symmetric", n }]);
}

function fixedSubsets({ terms, order }: CycleIndex, k: number): bigint {
  let sum = 0n;
  for (const { cycles, count } of terms) sum += count * subsetsFixedBy(cycles, k);
  return exactQuotient(sum, order);
}

/** The coefficient of x^k in prod_l (1 + x^l)^{m_l}. */
export function subsetsFixedBy(cycles: CycleType, k: number): bigint {
  const relevant = cycles.filter(([length]) => length <= k);
  if (relevant.length === 0) return k === 0 ? 1n : 0n;
  let polynomial = new Map<number, bigint>([[0, 1n]]);
  for (const [length, multiplicity] of relevant.slice(0, -1)) {
    const row = binomials(multiplicity, Math.floor(k / length));
    const next = new Map<number, bigint>();
    for (const [power, coefficient] of polynomial)
      for (let j = 0; j < row.length && power + j * length <= k; j++) {
        const at = power + j * length;
        next.set(at, (next.get(at) ?? 0n) + coefficient * row[j]);
      }
    polynomial = next;
  }
  const [length, multiplicity] = relevant[relevant.length - 1];
  const row = binomials(multiplicity, Math.floor(k / length));
  let out = 0n;
  for (const [power, coefficient] of polynomial) {
    const j = (k - power) / length;
    if (Number.isInteger(j) && j < row.length) out += coefficient * row[j];
  }
  return out;
}

/** C(m, 0), ..., C(m, min(m, most)). */
function binomials(m: number, most: number): bigint[] {
  const row = [1n];
  for (let j = 1; j <= Math.min(m, most); j++) row.push((row[j - 1] * BigInt(m - j + 1)) / BigInt(j));
  return row;
}

/** The Cauchy-Frobenius sum is divisible by the order; a remainder would be a defect in the cycle index. */
export function exactQuotient(sum: bigint, order: bigint): bigint {
  if (sum % order !== 0n) throw new RangeError(`${sum} is not divisible by the order ${order}`);
  return sum / order;
}
