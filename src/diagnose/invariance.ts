/**
 * Whether the label looks invariant, and under which subgroup. Three views: examples of one orbit, where the data has
 * them, have equal labels or not; polynomials whose sum over every orbit vanishes have no correlation with an invariant
 * label where the inputs' law is invariant; and whether that law is.
 */

import { foldIn, type Key } from "../base/random.ts";
import { upperLimit, lowerLimit } from "../numeric/confidence.ts";
import { holm } from "../numeric/multiple-tests.ts";
import { elements } from "../learner/kernel-ridge.ts";
import type { Permutation } from "../symmetry/permutation.ts";
import { elementsOf, part, type Examples } from "./action.ts";
import { energyOf, signed, type Functions } from "./energy.ts";
import { standardised } from "./labels.ts";
import { subgroups, type Subgroup } from "./lattice.ts";
import {
  centred,
  coordinatesOf,
  mostProducts,
  productCount,
  productOrbits,
  productsOf,
  variants,
  type Coordinates,
} from "./polynomials.ts";

/** A subgroup, and what speaks against invariance under it. */
export interface SubgroupTest {
  readonly name: string;
  readonly order: string;
  /** Squared correlations of the label with polynomials without invariant part, added up. */
  readonly label: number;
  readonly p: number;
  /** Holm's adjusted p-value over all subgroups. */
  readonly adjusted: number;
  /** p-value of the hypothesis that the law of the inputs is invariant. */
  readonly inputs: number;
  /**
   * `unclear`: the label correlates with what is not invariant, but the inputs' law is not invariant either, so that
   * the label may be.
   */
  readonly verdict: "fits" | "rejected" | "unclear";
}

/** Pairs of examples in one orbit, each orbit counted once. */
export interface OrbitPairs {
  readonly pairs: number;
  readonly differing: number;
  /** Limits of the probability that labels in an orbit differ, confidence 0.95. */
  readonly limits: readonly [number, number];
}

export interface Invariance {
  /** The largest degree of the polynomials. */
  readonly degree: number;
  readonly examples: number;
  readonly subgroups: readonly SubgroupTest[];
  /** The largest subgroup that fits, and all of whose subgroups do; null where none but the trivial one does. */
  readonly fits: string | null;
  /** Whether anything of the label was seen by these polynomials: otherwise any group would fit. */
  readonly informative: boolean;
  /** Null where the group is too large to list. */
  readonly orbitPairs: OrbitPairs | null;
}

const LEVEL = 0.05;
/** Below this p-value the inputs do not look invariant. */
const INPUTS = 0.01;
/** Products times examples of one test, at most. */
export const mostValues = 2 ** 21;
const mostDegree = 3;
/** Comparisons for orbits of examples, at most. */
const mostComparisons = 2e9;

/** @param seen whether the label correlates with any polynomial */
export async function invarianceOf(
  examples: Examples,
  key: Key,
  seen: boolean,
  told: (text: string, fraction: number) => void,
): Promise<Invariance> {
  const candidates = subgroups(examples.points).filter(({ order }) => order > 1n);
  const laws = coordinatesOf(examples, mostDegree);
  const degrees = degreesOf(examples);
  const listed = degrees.map((degree) => productsOf(laws, degree));
  const total = listed.reduce((sum, all) => sum + all.length, 0);
  const of = part(examples, 0, Math.min(examples.count, Math.floor(mostValues / Math.max(1, total))));
  const label = standardised(of.y);
  const ones = new Float64Array(of.count).fill(1);
  const found: Omit<SubgroupTest, "adjusted" | "verdict">[] = [];
  for (const [at, subgroup] of candidates.entries()) {
    told(`invariance under ${subgroup.name}`, at / candidates.length);
    const functions = variantsUnder(of, laws, listed, subgroup);
    const own = foldIn(key, subgroup.name);
    const [onLabel, onInputs] = [
      await energyOf(centred(functions), label, foldIn(own, "label")),
      await energyOf(functions, ones, foldIn(own, "inputs"), [signed]),
    ];
    const { name, order } = subgroup;
    found.push({ name, order: String(order), label: onLabel.value, p: onLabel.p, inputs: onInputs.p });
  }
  const adjusted = holm(found.map(({ p }) => p));
  const tests = found.map((test, i) => ({
    ...test,
    adjusted: adjusted[i],
    verdict: verdictOf(adjusted[i], test.inputs),
  }));
  return {
    degree: degrees.length,
    examples: of.count,
    subgroups: tests,
    fits: fitting(candidates, tests),
    informative: seen || tests.some((t) => t.adjusted <= LEVEL),
    orbitPairs: orbitPairs(examples),
  };
}

/** Degrees with few enough products for as many examples as there are, or a thousand. */
function degreesOf({ dimension, count }: Examples): number[] {
  const all = [1, 2, mostDegree];
  let total = 0;
  return all.filter((degree) => {
    total += productCount(dimension, degree);
    return degree === 1 || (total <= mostProducts && total * Math.min(count, 1000) <= mostValues);
  });
}

function variantsUnder(
  of: Examples,
  laws: Coordinates,
  listed: readonly ReturnType<typeof productsOf>[],
  { generators }: Subgroup,
): Functions {
  const lifted = generators.map(of.lift);
  const orbits = listed.flatMap((all) => productOrbits(all, lifted));
  return variants(of, laws, orbits);
}

function verdictOf(adjusted: number, inputs: number): SubgroupTest["verdict"] {
  if (adjusted > LEVEL) return "fits";
  return inputs > INPUTS ? "rejected" : "unclear";
}

/** Candidates come with falling orders. */
function fitting(candidates: readonly Subgroup[], tests: readonly SubgroupTest[]): string | null {
  const others = candidates.filter((_, i) => tests[i].verdict !== "fits");
  return candidates.find((c) => !others.includes(c) && !others.some((o) => contains(c, o)))?.name ?? null;
}

/** Whether every generator of the smaller one is an element of the larger one, for groups that can be listed. */
function contains(larger: Subgroup, smaller: Subgroup): boolean {
  if (larger.order % smaller.order !== 0n || smaller.generators.length === 0) return false;
  const all = elements(larger.generators, smaller.generators[0].length);
  if (all === null) return true;
  const names = new Set(all.map((g) => g.join()));
  return smaller.generators.every((g) => names.has(g.join()));
}

/** Looks for examples that the group moves to each other. */
function orbitPairs(examples: Examples): OrbitPairs | null {
  const { x, y, count, dimension } = examples;
  const all = elementsOf(examples);
  if (all === null || all.length * count * dimension > mostComparisons) return null;
  const first = new Map<string, number>();
  const paired = new Set<string>();
  let [pairs, differing] = [0, 0];
  const spread = 1e-9 * Math.max(...y.map(Math.abs));
  for (let i = 0; i < count; i++) {
    const least = canonical(x.subarray(i * dimension, (i + 1) * dimension), all).join();
    const before = first.get(least);
    if (before === undefined) first.set(least, i);
    else if (!paired.has(least)) {
      paired.add(least);
      pairs++;
      if (Math.abs(y[i] - y[before]) > spread) differing++;
    }
  }
  const limits = [lowerLimit(differing, pairs, 0.025), upperLimit(differing, pairs, 0.025)] as const;
  return { pairs, differing, limits };
}

/** The lexicographically least image. */
function canonical(x: Float64Array, all: readonly Permutation[]): Float64Array {
  let best = all[0];
  for (const g of all)
    for (let j = 0; j < x.length; j++) {
      const difference = x[g[j]] - x[best[j]];
      if (difference > 0) break;
      if (difference < 0) {
        best = g;
        break;
      }
    }
  return x.map((_, j) => x[best[j]]);
}
