/**
 * The verifier's half of `frame-parity`: are there as many functions as the evidence says, and are they orthogonal?
 *
 * **Subsets**: C(n, k) from its prime factors (Legendre's formula) instead of the product.
 *
 * **Orbits** are counted again, in the first of these ways that is affordable, and recomputed as well, so that no other
 * number passes: all subsets are listed and joined to orbits by the generators; the fixed subsets of every single group
 * element are counted (Cauchy-Frobenius without a cycle index, whose named forms the certificate uses); or those of random
 * elements: with the identity's share exact, the estimate's interval, widened twofold because rare elements that fix many
 * subsets are missed, must hold the number claimed. For groups whose elements cannot even be drawn quickly the
 * recomputation stands alone, and the route says so.
 *
 * **Orthogonality** is a theorem; where members are cheap to evaluate, sampled products must not contradict it.
 */

import type { Checked } from "../../base/checked.ts";
import { keyFor } from "../../base/random.ts";
import { counted } from "./certificate.ts";
import { members as membersOf } from "./members.ts";
import type { FrameParityValues } from "./params.ts";
import type { Progress } from "../../base/progress.ts";
import { forEachElement, randomElement } from "../../symmetry/chain.ts";
import type { PermutationGroup } from "../../symmetry/groups.ts";
import { cycleType, isIdentity, type CycleType } from "../../symmetry/permutation.ts";
import { listSubsetOrbits, subsetCount } from "../../symmetry/subset-orbits.ts";
import type { Check, CheckOptions, Verdict, Verifier } from "../../query/certifier.ts";
import type { FrameParityEvidence } from "./evidence.ts";

/** Subsets that are listed; with `full` more. */
const LISTED = { quick: 100_000, full: 1_000_000 };
/** Group order times degree, for counting element by element; with `full` more. */
const ELEMENTS = { quick: 20_000_000, full: 1_000_000_000 };
const RANDOM_ELEMENTS = 400;

export const verifier: Verifier<FrameParityValues, FrameParityEvidence> = {
  wellFormed({ values: { frame } }, evidence) {
    const kind = frame === "reynolds" ? "orbits" : "subsets";
    return [{ name: "evidence.kind", ok: evidence.kind === kind, detail: `${kind} for the frame ${frame}` }];
  },
  check: checkCounts,
};

function* checkCounts(
  params: Checked<FrameParityValues>,
  evidence: FrameParityEvidence,
  { full }: CheckOptions,
): Generator<Progress, Verdict> {
  const { group, k } = params.values;
  const recomputed = yield* counted(params.values);
  const n = group.degree;
  const subsets = binomialByPrimes(n, k);
  const checks: Check[] = [
    {
      name: "subsets",
      ok: BigInt(evidence.subsets) === subsets,
      detail: `C(${n}, ${k}) by its prime factors`,
    },
  ];
  let route = "binomial coefficient by prime factors";
  if (evidence.kind === "orbits" && recomputed.kind === "orbits") {
    checks.push(
      {
        name: "group order",
        ok: evidence.groupOrder === recomputed.groupOrder,
        detail: "of the stabiliser chain",
      },
      {
        name: "orbits recomputed",
        ok: evidence.orbits === recomputed.orbits,
        detail: "as for the certificate",
      },
    );
    const limits = full ? "full" : "quick";
    const recount = yield* recountOrbits(group, k, BigInt(evidence.orbits), subsets, limits);
    checks.push(...recount.checks);
    route = recount.route;
  }
  if (checks.every((c) => c.ok)) checks.push(...sampledProducts(params));
  return { route, checks };
}

function* recountOrbits(
  group: PermutationGroup,
  k: number,
  claimed: bigint,
  subsets: bigint,
  limits: "quick" | "full",
): Generator<Progress, Verdict> {
  const n = group.degree;
  const exact = (count: bigint, detail: string): Check[] => [
    { name: "orbits", ok: count === claimed, detail: `${count}, ${detail}` },
  ];
  if (subsetCount(n, k) <= LISTED[limits])
    return {
      route: "all subsets listed",
      checks: exact(
        BigInt(listSubsetOrbits(group, k).length),
        `all ${subsets} subsets listed and joined by the generators`,
      ),
    };
  const chain = yield* group.chainSteps();
  const order = group.order();
  if (order * BigInt(n) <= BigInt(ELEMENTS[limits])) {
    const types = new Map<string, { cycles: CycleType; count: bigint }>();
    forEachElement(chain, (g) => {
      const cycles = cycleType(g);
      const name = cycles.join(";");
      const known = types.get(name);
      if (known === undefined) types.set(name, { cycles, count: 1n });
      else known.count += 1n;
    });
    let sum = 0n;
    for (const { cycles, count } of types.values()) sum += count * fixedSubsets(cycles, k);
    return {
      route: "Burnside over all group elements",
      checks: exact(sum / order, `the mean number of subsets fixed by each of ${order} elements`),
    };
  }
  if (BigInt(chain.levels.length) * BigInt(n) > 20_000n)
    return { route: "recomputed only: the group's elements are too large to draw", checks: [] };
  let [sum, squares] = [0, 0];
  for (let i = 0; i < RANDOM_ELEMENTS; i++) {
    const g = randomElement(chain, keyFor("Burnside", group.name, k, i));
    // relative to the claim, the identity left out
    const x = isIdentity(g) ? 0 : ratio(fixedSubsets(cycleType(g), k), claimed);
    sum += x;
    squares += x * x;
    if (i % 20 === 0) yield { what: "random group elements", done: i, total: RANDOM_ELEMENTS };
  }
  const identity = ratio(subsets, order * claimed);
  const mean = sum / RANDOM_ELEMENTS;
  const spread = 5 * Math.sqrt(Math.max(0, squares / RANDOM_ELEMENTS - mean * mean) / RANDOM_ELEMENTS);
  const [low, high] = [Math.max(identity, mean - spread), 2 * (identity + mean + spread)];
  return {
    route: "recomputed, and Burnside over random group elements",
    checks: [
      {
        name: "orbits",
        ok: low <= 1 + 1e-9 && high >= 1,
        detail: `between ${low.toPrecision(4)} and ${high.toPrecision(4)} times the number claimed, by ${RANDOM_ELEMENTS} random elements and the identity`,
      },
    ],
  };
}

/** The k-subsets that an element fixes, prod over its cycles of (1 + x^length) multiplied out cycle by cycle. */
function fixedSubsets(cycles: CycleType, k: number): bigint {
  const coefficients = Array.from({ length: k + 1 }, (_, i) => (i === 0 ? 1n : 0n));
  for (const [length, multiplicity] of cycles.filter(([l]) => l <= k))
    for (let m = 0; m < multiplicity; m++)
      for (let i = k; i >= length; i--) coefficients[i] += coefficients[i - length];
  return coefficients[k];
}

/** a / b as a float64, for big integers of any size. */
const ratio = (a: bigint, b: bigint): number => Number((a << 64n) / b) / 2 ** 64;

/** C(n, k) as the product of its primes: p has the exponent sum_i floor(n/p^i) - floor(k/p^i) - floor((n-k)/p^i). */
export function binomialByPrimes(n: number, k: number): bigint {
  const composite = new Uint8Array(n + 1);
  const factors: bigint[] = [];
  for (let p = 2; p <= n; p++) {
    if (composite[p] === 1) continue;
    for (let q = p * p; q <= n; q += p) composite[q] = 1;
    let exponent = 0;
    for (let q = p; q <= n; q *= p)
      exponent += Math.floor(n / q) - Math.floor(k / q) - Math.floor((n - k) / q);
    if (exponent > 0) factors.push(BigInt(p) ** BigInt(exponent));
  }
  // multiplied in pairs: factors of one size
  let level = factors;
  while (level.length > 1)
    level = Array.from(
      { length: Math.ceil(level.length / 2) },
      (_, i) => level[2 * i] * (level[2 * i + 1] ?? 1n),
    );
  return level[0] ?? 1n;
}

const SIMULATED = { members: 6, largestK: 8, listed: 50_000, work: 40_000_000 };

/** Products of a few members on samples: 1 on the diagonal, 0 off it, each within six standard errors. */
function sampledProducts(params: Checked<FrameParityValues>): Check[] {
  const { members, largestK, listed, work } = SIMULATED;
  const { group, k, frame } = params.values;
  const subsets = subsetCount(group.degree, k);
  if (k > largestK || subsets > listed) return [];
  const images = frame === "reynolds" ? Math.min(subsets, members * Number(group.order())) : members;
  const samples = Math.min(4000, Math.floor(work / (images * 2 ** (k - 2))));
  if (samples < 500) return [];
  const list = membersOf(params, { count: members, seed: 0 });
  const drawn = list.law.sample(keyFor("verify frame-parity", params.json), samples);
  const values = list.values(drawn, 0, list.count);
  let worst = 0;
  for (let a = 0; a < list.count; a++)
    for (let b = a; b < list.count; b++) {
      let [sum, squares] = [0, 0];
      for (let e = 0; e < samples; e++) {
        const x = values[a * samples + e] * values[b * samples + e];
        sum += x;
        squares += x * x;
      }
      const mean = sum / samples;
      const error = Math.sqrt((squares / samples - mean * mean) / samples);
      worst = Math.max(worst, Math.abs(mean - (a === b ? 1 : 0)) / error);
    }
  return [
    {
      name: "sampled products",
      ok: worst < 6,
      detail: `${list.count} members on ${samples} samples: at most ${worst.toFixed(1)} standard errors from orthonormal`,
    },
  ];
}
