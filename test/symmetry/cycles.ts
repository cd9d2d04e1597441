/** Permutations in the notation of the literature, and groups by brute force, for tests. */

import { compose, identity, type Permutation } from "../../src/symmetry/permutation.ts";

/** `(1,2,3)(4,5)` on points 1..degree as images of 0..degree-1. */
export function fromCycles(degree: number, text: string): Permutation {
  const out = identity(degree);
  for (const [, inside] of text.matchAll(/\(([^)]*)\)/g)) {
    const points = inside.split(",").map((p) => Number(p) - 1);
    points.forEach((p, i) => (out[p] = points[(i + 1) % points.length]));
  }
  return out;
}

/** Every element of <generators>, by closure. */
export function closure(degree: number, generators: readonly Permutation[]): Permutation[] {
  const found = [identity(degree)];
  const seen = new Set([found[0].join()]);
  for (let i = 0; i < found.length; i++)
    for (const g of generators) {
      const next = compose(g, found[i]);
      if (seen.has(next.join())) continue;
      seen.add(next.join());
      found.push(next);
    }
  return found;
}

const m11 = ["(1,2,3,4,5,6,7,8,9,10,11)", "(3,7,11,8)(4,10,5,6)"];

/** Published generators (the GAP manual's), with orders. */
export const published = {
  M11: { degree: 11, order: 7920n, cycles: m11 },
  M12: { degree: 12, order: 95040n, cycles: [...m11, "(1,12)(2,11)(3,6)(4,8)(5,9)(7,10)"] },
  M24: {
    degree: 24,
    order: 244823040n,
    cycles: [
      "(1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23)",
      "(3,17,10,7,9)(4,13,14,19,5)(8,18,11,12,23)(15,20,22,21,16)",
      "(1,24)(2,23)(3,12)(4,16)(5,18)(6,10)(7,20)(8,14)(9,21)(11,17)(13,22)(15,19)",
    ],
  },
  "Rubik's cube": {
    degree: 48,
    order: 43252003274489856000n,
    cycles: [
      "(1,3,8,6)(2,5,7,4)(9,33,25,17)(10,34,26,18)(11,35,27,19)",
      "(9,11,16,14)(10,13,15,12)(1,17,41,40)(4,20,44,37)(6,22,46,35)",
      "(17,19,24,22)(18,21,23,20)(6,25,43,16)(7,28,42,13)(8,30,41,11)",
      "(25,27,32,30)(26,29,31,28)(3,38,43,19)(5,36,45,21)(8,33,48,24)",
      "(33,35,40,38)(34,37,39,36)(3,9,46,32)(2,12,47,29)(1,14,48,27)",
      "(41,43,48,46)(42,45,47,44)(14,22,30,38)(15,23,31,39)(16,24,32,40)",
    ],
  },
} as const;

export type Published = keyof typeof published;

export function publishedGenerators(name: Published): Permutation[] {
  return published[name].cycles.map((text) => fromCycles(published[name].degree, text));
}

/** All k-subsets of 0..n-1, ascending. */
export function subsets(n: number, k: number): number[][] {
  if (k === 0) return [[]];
  return Array.from({ length: n }, (_, first) => first).flatMap((first) =>
    subsets(n - first - 1, k - 1).map((rest) => [first, ...rest.map((i) => i + first + 1)]),
  );
}

/** Generators of the wreath product of the symmetric group on 2 points with that on `pairs`: pairs 2i, 2i + 1. */
export function wreathOfPairs(pairs: number): Permutation[] {
  const n = 2 * pairs;
  const swapped = (images: Record<number, number>) =>
    Int32Array.from({ length: n }, (_, i) => images[i] ?? i);
  return [
    swapped({ 0: 1, 1: 0 }),
    swapped({ 0: 2, 1: 3, 2: 0, 3: 1 }),
    Int32Array.from({ length: n }, (_, i) => (i + 2) % n),
  ];
}
