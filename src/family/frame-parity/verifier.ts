/**
 * The verifier's half of `frame-parity`: are there as many functions as the evidence says, and are they orthogonal?
 * It shares no computation with the certifier.
 *
 * **Subsets**: C(n, k) from its prime factors (Legendre's formula) instead of the product.
 *
 * **Orbits** are counted again: all subsets listed and joined by the generators, or the subsets fixed by the
 * elements, which are counted by cycle type anew.
 *
 * **Orthogonality** is a theorem; where members are cheap to evaluate, sampled products must not contradict it.
 */

import type { Checked } from "../../base/checked.ts";
import { keyFor, normals, stream } from "../../base/random.ts";
import type { Progress } from "../../base/progress.ts";
import { orderRecounted } from "../../symmetry/element-types.ts";
import { recountOrbits, recountSeconds } from "../../symmetry/orbits-recounted.ts";
import type { PermutationGroup } from "../../symmetry/groups.ts";
import type { Check, Verdict, Verifier } from "../../query/certifier.ts";
import { mostDigits, type FrameParityEvidence } from "./evidence.ts";
import type { FrameParityValues } from "./params.ts";

export const verifier: Verifier<FrameParityValues, FrameParityEvidence> = {
  wellFormed({ values: { frame, group, k } }, evidence) {
    const kind = frame === "reynolds" ? "orbits" : "subsets";
    const digits = digitsOfSubsets(group.degree, k);
    return [
      { name: "evidence.kind", ok: evidence.kind === kind, detail: `${kind} for the frame ${frame}` },
      {
        name: "subsets",
        ok: Math.abs(evidence.subsets.length - digits) < 3,
        detail: [
          `C(${group.degree}, ${k}) has about ${Math.round(digits)} digits,`,
          `${evidence.subsets.length} are claimed`,
        ].join(" "),
      },
    ];
  },

  cost: ({ values: { group, k } }, evidence) => ({
    seconds: 1 + (evidence.kind === "orbits" ? recountSeconds(group, k) : 0),
    bytes: 2 ** 27,
  }),

  check: checkCounts,
};

/** log10 C(n, k). */
function digitsOfSubsets(n: number, k: number): number {
  let sum = 0;
  for (let i = 1; i <= Math.min(k, n - k) && sum < 2 * mostDigits; i++)
    sum += Math.log10((n - Math.min(k, n - k) + i) / i);
  return sum;
}

function* checkCounts(
  params: Checked<FrameParityValues>,
  evidence: FrameParityEvidence,
): Generator<Progress, Verdict> {
  const { group, k } = params.values;
  const n = group.degree;
  const checks: Check[] = [
    {
      name: "subsets",
      ok: BigInt(evidence.subsets) === binomialByPrimes(n, k),
      detail: `C(${n}, ${k}) by its prime factors`,
    },
  ];
  if (evidence.kind === "subsets") return { route: "binomial coefficient by prime factors", checks };
  yield* group.chainSteps();
  checks.push({
    name: "group order",
    ok: BigInt(evidence.groupOrder) === orderRecounted(group),
    detail: "by the kinds of the group's factors",
  });
  const { orbits, how } = yield* recountOrbits(group, k);
  checks.push({
    name: "orbits",
    ok: BigInt(evidence.orbits) === orbits,
    detail: `${orbits === BigInt(evidence.orbits) ? "as many" : "another number"} by ${how}`,
  });
  if (checks.every((c) => c.ok)) checks.push(...sampledProducts(group, k));
  return { route: how, checks };
}

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

const simulated = { members: 6, largestK: 8, images: 20_000, samples: 4000, work: 2e6 };

/** Products of a few members of different orbits on samples: 0 within six standard errors. */
function sampledProducts(group: PermutationGroup, k: number): Check[] {
  if (k > simulated.largestK) return [];
  const key = keyFor("verify frame-parity", group.name, k);
  const orbits = drawnOrbits(group, k, keyFor(key, "sets"));
  const images = orbits.reduce((sum, orbit) => sum + orbit.length, 0);
  const samples = Math.min(simulated.samples, Math.floor(simulated.work / (images * 2 ** k)));
  if (orbits.length < 2 || samples < 100) return [];
  const x = normals(keyFor(key, "inputs"), new Float64Array(samples * group.degree));
  const values = orbits.map((orbit) =>
    Float64Array.from({ length: samples }, (_, s) =>
      orbit.reduce((sum, set) => sum + reluParityOn(set, x, s * group.degree), 0),
    ),
  );
  let worst = 0;
  for (let a = 0; a < values.length; a++)
    for (let b = 0; b < a; b++) {
      let [sum, squares] = [0, 0];
      for (let s = 0; s < samples; s++) {
        const product = values[a][s] * values[b][s];
        sum += product;
        squares += product * product;
      }
      worst = Math.max(worst, Math.abs(sum) / Math.sqrt(squares));
    }
  return [
    {
      name: "sampled products",
      ok: worst < 6,
      detail: [
        `${orbits.length} members on ${samples} samples: at most ${worst.toFixed(1)} standard`,
        "errors from orthogonal",
      ].join(" "),
    },
  ];
}

/** The orbits of a few drawn sets, as far as they are different and short enough to list. */
function drawnOrbits(group: PermutationGroup, k: number, key: ReturnType<typeof keyFor>): number[][][] {
  const { below } = stream(key);
  const orbits: number[][][] = [];
  const seen = new Set<string>();
  for (let draw = 0; draw < 4 * simulated.members && orbits.length < simulated.members; draw++) {
    const drawn = new Set<number>();
    while (drawn.size < k) drawn.add(below(group.degree));
    const orbit = [[...drawn].sort((a, b) => a - b)];
    if (seen.has(orbit[0].join())) continue;
    seen.add(orbit[0].join());
    for (let i = 0; i < orbit.length && orbit.length <= simulated.images; i++)
      for (const g of group.generators) {
        const image = orbit[i].map((point) => g[point]).sort((a, b) => a - b);
        if (!seen.has(image.join())) orbit.push(image);
        seen.add(image.join());
      }
    if (orbit.length > simulated.images) return [];
    orbits.push(orbit);
  }
  return orbits;
}

/**
 * sum over signs w of (prod w) relu(sum w_i x_i): the parity of relu units on a set of coordinates, but for a factor.
 */
function reluParityOn(set: readonly number[], x: Float64Array, at: number): number {
  let value = 0;
  for (let w = 0; w < 2 ** set.length; w++) {
    let [sum, sign] = [0, 1];
    for (let i = 0; i < set.length; i++) {
      const minus = ((w >> i) & 1) === 1;
      sum += minus ? -x[at + set[i]] : x[at + set[i]];
      if (minus) sign = -sign;
    }
    if (sum > 0) value += sign * sum;
  }
  return value;
}
