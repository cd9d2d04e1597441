/**
 * Orbits of a group on k-subsets and on colourings, counted exactly: by the Cauchy-Frobenius lemma their number is the
 * mean number of k-subsets (colourings) that an element fixes, and an element with m_l cycles of length l fixes as
 * many k-subsets as the coefficient of x^k in prod_l (1 + x^l)^{m_l}. Groups whose elements are too many to run
 * through have their subsets joined by the generators instead, which needs neither the elements nor their number.
 * Design mathematics, section 4 (`frame-parity`, Reynolds).
 */

import { reject } from "../base/errors.ts";
import { briefInteger } from "../numeric/integers.ts";
import { runNow, type Progress } from "../base/progress.ts";
import { CYCLE_TYPE_LIMIT, type CycleIndex } from "./cycle-index.ts";
import { namedGroup } from "./expression.ts";
import { ENUMERATION_LIMIT, giantByOrder } from "./generated-cycle-index.ts";
import {
  buildGroup,
  countCycleTypes,
  productOfIndices,
  type Component,
  type PermutationGroup,
} from "./groups.ts";
import type { CycleType } from "./permutation.ts";
import {
  joinedImages,
  joinedSubsetOrbits,
  JOINED_IMAGES_LIMIT,
  JOINED_SUBSETS_LIMIT,
  subsetCount,
} from "./subset-orbits.ts";

/** Largest min(k, n - k). */
export const SUBSET_LIMIT = 4096;
/** So many times more elements than images of subsets make joining the quicker way. */
const QUICKER = 10;

/**
 * The number of orbits on k-subsets of 0..degree-1.
 * @throws InputError for k outside 0..degree, and where there are both too many subsets to join and too many elements
 *   to run through (groups given by generators) or cycle types to list (products)
 */
export const orbitsOnSubsets = (group: PermutationGroup, k: number): bigint =>
  runNow(orbitsOnSubsetsSteps(group, k));

/** As `orbitsOnSubsets`, reporting how far it is. */
export function* orbitsOnSubsetsSteps(group: PermutationGroup, k: number): Generator<Progress, bigint> {
  const n = group.degree;
  if (!Number.isInteger(k) || k < 0 || k > n)
    reject({ where: "k", what: `${k} is not the size of a subset of ${n} points`, allowed: `0 to ${n}` });
  const size = Math.min(k, n - k); // complements
  if (size > SUBSET_LIMIT)
    reject({ where: "k", what: `${k} is too large to count orbits`, allowed: `at most ${SUBSET_LIMIT}` });
  yield* group.chainSteps();
  const direct = group.components.length === 1 ? countDirectly(group, size) : undefined;
  if (direct !== undefined) return direct;
  const reduced = group.components.map((c) => reduceFor(c, size));
  const elements = reduced.reduce((sum, c) => sum + c.elementsRunThrough(), 0n);
  const images = joinedImages(group, size);
  if (images < Number(elements) / QUICKER) return yield* joinedSubsetOrbits(group, size);
  const tooMany = elements > BigInt(ENUMERATION_LIMIT);
  const types = tooMany ? Infinity : yield* countCycleTypes(reduced);
  if (types <= CYCLE_TYPE_LIMIT) return fixedSubsets(yield* productOfIndices(group.name, reduced), size);
  if (images < Infinity) return yield* joinedSubsetOrbits(group, size);
  const subsets = `${subsetCount(n, size).toPrecision(3)} subsets by ${group.generators.length} generators`;
  return reject({
    where: "k",
    what: tooMany
      ? `${group.name} has order ${briefInteger(group.order())}: ` +
        `neither ${briefInteger(elements)} elements can be run through, nor ${subsets} joined`
      : `${group.name} has too many cycle types (${types}), and ${subsets} are too many to join`,
    allowed:
      `${ENUMERATION_LIMIT} elements and ${CYCLE_TYPE_LIMIT} cycle types, ` +
      `or ${JOINED_SUBSETS_LIMIT} subsets and ${JOINED_IMAGES_LIMIT} images of them`,
  });
}

/** The number of orbits on colourings of the points with `colours` colours. */
export function orbitsOnColourings(group: PermutationGroup, colours: number): bigint {
  const { terms, order } = group.cycleIndex();
  let sum = 0n;
  for (const { cycles, count } of terms)
    sum += count * BigInt(colours) ** BigInt(cycles.reduce((all, [, multiplicity]) => all + multiplicity, 0));
  return exactQuotient(sum, order);
}

/** A named group, also where it is given by generators and told by its order. */
function kindOf(c: Component): { readonly kind: string; readonly n: number } | undefined {
  if (c.named !== undefined) return c.named;
  const giant = giantByOrder(c.order(), c.degree);
  return giant === undefined ? undefined : { kind: giant, n: c.degree };
}

function countDirectly(group: PermutationGroup, k: number): bigint | undefined {
  const known = kindOf(group.components[0]);
  return known === undefined ? undefined : namedGroup(known.kind)?.orbitsOnSubsets?.(known.n, k);
}

/** The same factor, or a smaller one with as many orbits on k-subsets of every grid that it is a side of. */
function reduceFor(c: Component, k: number): Component {
  const known = kindOf(c);
  const n = known === undefined ? undefined : namedGroup(known.kind)?.symmetricDegreeFor?.(known.n, k);
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
