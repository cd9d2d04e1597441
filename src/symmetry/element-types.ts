/**
 * The elements of a permutation group counted by their cycle types, for verifiers: run through one by one, or by what
 * is known of the group's kind, and apart from `cycle-index.ts`, which certifiers use.
 */

import type { Progress } from "../base/progress.ts";
import { commonDivisor } from "../numeric/integers.ts";
import { forEachElement } from "./chain.ts";
import type { Component, PermutationGroup } from "./groups.ts";
import { cycleType, type CycleType } from "./permutation.ts";

export interface ElementType {
  readonly cycles: CycleType;
  readonly count: bigint;
}

/** Group order times degree up to which elements are run through, and cycle types up to which they are listed. */
const runThroughCells = 1e9;
const mostTypes = 1_000_000;

/** A component as far as it matters: its kind, if that is known from its name or order. */
interface Side {
  readonly kind: string;
  readonly n: number;
  readonly component: Component;
}

function sideOf(component: Component): Side {
  const { degree: n, named } = component;
  if (named !== undefined) return { kind: named.kind, n, component };
  let whole = 1n;
  for (let i = 2n; i <= BigInt(n); i++) whole *= i;
  const index = whole / component.order();
  if (index === 1n) return { kind: "symmetric", n, component };
  return { kind: index === 2n ? "alternating" : "", n, component };
}

/**
 * Sides of which k cells of a grid touch few rows: the symmetric group may then act on k rows instead of n, and so may
 * the alternating group where two rows stay untouched, with as many orbits on k-subsets.
 */
const shortened = (side: Side, k: number): Side =>
  (side.kind === "symmetric" && side.n > k) || (side.kind === "alternating" && side.n >= k + 2)
    ? { ...side, kind: "symmetric", n: Math.max(1, k) }
    : side;

/** Cycle types of a side at most; infinite for one that is too large to run through. */
function typesAtMost({ kind, n, component }: Side): number {
  if (kind === "trivial") return 1;
  if (kind === "cyclic" || kind === "dihedral") return 2 * Math.sqrt(n) + 2;
  if (kind === "symmetric" || kind === "alternating") return partitions(n);
  return component.order() * BigInt(n) <= BigInt(runThroughCells)
    ? Math.min(mostTypes, partitions(n))
    : Infinity;
}

/** The number of partitions of n, as a float: parts 1, 2, ..., n added one after the other. */
function partitions(n: number): number {
  if (n > 400) return Infinity;
  const ways = new Float64Array(n + 1);
  ways[0] = 1;
  for (let part = 1; part <= n; part++) for (let i = part; i <= n; i++) ways[i] += ways[i - part];
  return ways[n];
}

/** Types to go through, and elements to run through for them; infinite where that is out of reach. */
export function typesCost(group: PermutationGroup, k?: number): { types: number; cells: number } {
  const sides = group.components.map((c) => (k === undefined ? sideOf(c) : shortened(sideOf(c), k)));
  const types = sides.reduce((product, side) => product * typesAtMost(side), 1);
  const cells = sides
    .filter((side) => side.kind === "")
    .reduce((sum, { component, n }) => sum + Number(component.order()) * n, 0);
  return { types: types <= mostTypes ? types : Infinity, cells };
}

/**
 * Every cycle type with how many elements have it, the same type perhaps more than once.
 * @param k absent: of the group itself; else of one with as many orbits on k-subsets
 */
export function* elementTypes(group: PermutationGroup, k?: number): Generator<Progress, ElementType[]> {
  let all: ElementType[] = [{ cycles: [[1, 1]], count: 1n }];
  for (const component of group.components) {
    const side = k === undefined ? sideOf(component) : shortened(sideOf(component), k);
    const own = yield* typesOfSide(side);
    all = all.flatMap((a) => own.map((b) => onPairs(a, b)));
  }
  return all;
}

/** On pairs a cycle of length l and one of length m make gcd(l, m) cycles of length lcm(l, m). */
function onPairs(a: ElementType, b: ElementType): ElementType {
  const cycles = new Map<number, number>();
  for (const [l, p] of a.cycles)
    for (const [m, q] of b.cycles) {
      const common = commonDivisor(l, m);
      const length = (l * m) / common;
      cycles.set(length, (cycles.get(length) ?? 0) + p * q * common);
    }
  return { cycles: [...cycles], count: a.count * b.count };
}

function* typesOfSide({ kind, n, component }: Side): Generator<Progress, ElementType[]> {
  switch (kind) {
    case "trivial":
      return [{ cycles: [[1, n]], count: 1n }];
    case "cyclic":
      return rotations(n);
    case "dihedral":
      return n <= 2 ? rotations(n) : [...rotations(n), ...reflections(n)];
    case "symmetric":
      return [...partitionTypes(n)];
    case "alternating":
      return [...partitionTypes(n)].filter(({ cycles }) => n < 2 || isEven(cycles));
    default:
      return yield* runThrough(component);
  }
}

/** The shift by i has gcd(i, n) cycles. */
function rotations(n: number): ElementType[] {
  const counts = new Map<number, number>();
  for (let i = 0; i < n; i++) {
    const cycles = commonDivisor(n, i);
    counts.set(cycles, (counts.get(cycles) ?? 0) + 1);
  }
  return [...counts].map(([cycles, count]) => ({ cycles: [[n / cycles, cycles]], count: BigInt(count) }));
}

/** The reflection i -> s - i fixes the i with 2 i = s mod n. */
function reflections(n: number): ElementType[] {
  const withFixed = (fixed: number, count: number): ElementType => ({
    cycles: [
      [1, fixed],
      [2, (n - fixed) / 2],
    ].filter(([, m]) => m > 0) as [number, number][],
    count: BigInt(count),
  });
  return n % 2 === 1 ? [withFixed(1, n)] : [withFixed(2, n / 2), withFixed(0, n / 2)];
}

const isEven = (cycles: CycleType): boolean =>
  cycles.reduce((sum, [length, m]) => sum + (length - 1) * m, 0) % 2 === 0;

/**
 * All partitions of n, and the permutations of each: the number of ways to choose what the largest cycles hold, times
 * those of the rest; m cycles of length l on given points can be arranged in (l m)! / (l^m m!) ways.
 */
function* partitionTypes(n: number, largest = n): Generator<ElementType> {
  if (n === 0) yield { cycles: [], count: 1n };
  for (let length = Math.min(largest, n); length >= 1; length--) {
    let ways = 1n;
    for (let m = 1; m * length <= n; m++) {
      // another cycle, its least point given: the others in order, from what is left
      const left = n - (m - 1) * length;
      for (let i = 1; i < length; i++) ways *= BigInt(left - i);
      ways *= BigInt(left);
      ways /= BigInt(m * length);
      const rest = n - m * length;
      if (rest === 0) yield { cycles: [[length, m]], count: ways };
      else if (length > 1)
        for (const { cycles, count } of partitionTypes(rest, length - 1))
          yield { cycles: [[length, m], ...cycles], count: ways * count };
    }
  }
}

function* runThrough(component: Component): Generator<Progress, ElementType[]> {
  const chain = yield* component.chainSteps();
  const types = new Map<string, { cycles: CycleType; count: bigint }>();
  forEachElement(chain, (g) => {
    const cycles = cycleType(g);
    const name = cycles.join(";");
    const known = types.get(name);
    if (known === undefined) types.set(name, { cycles, count: 1n });
    else known.count += 1n;
  });
  return [...types.values()];
}

/** The order, by the kinds of the components; of those that no kind is known of, by their stabiliser chains. */
export function orderRecounted(group: PermutationGroup): bigint {
  return group.components.reduce((order, component) => {
    const { kind, n } = component.named === undefined ? { kind: "", n: 0 } : component.named;
    let own = 1n;
    if (kind === "cyclic") own = BigInt(n);
    else if (kind === "dihedral") own = BigInt(n <= 2 ? n : 2 * n);
    else if (kind === "") for (const level of component.chain().levels) own *= BigInt(level.size);
    else if (kind !== "trivial") for (let i = kind === "alternating" ? 3 : 2; i <= n; i++) own *= BigInt(i);
    return order * own;
  }, 1n);
}
