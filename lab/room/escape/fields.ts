/** What the room of escapes can be set to. */

import { choice, whole, type Fields } from "../../state/fields.ts";

/** Each twice as many as the one before. */
const doubled = (most: number): number[] => Array.from({ length: 8 }, (_, i) => most / 2 ** (7 - i));

/** An equation an example: a few more at a time, until there are twice as many as unknowns. */
const towards = (size: number): number[] => [
  ...new Set(Array.from({ length: 20 }, (_, i) => Math.round(2 + (2 * size - 2) * (i / 19)))),
];

export const ways = {
  elimination: {
    learner: "f2-elimination",
    family: "gnn-degree-parity",
    params: (size: number) => ({ n: size }),
    counts: towards,
    log: false,
  },
  pca: {
    learner: "label-squared-pca",
    family: "gnn-hidden-plane",
    params: (size: number) => ({ n: 1, d: size, k: 6 }),
    counts: () => doubled(65_536),
    log: true,
  },
  pairs: {
    learner: "label-squared-pairs",
    family: "frame-parity",
    params: (size: number) => ({ group: `cyclic:${size}`, k: 6 }),
    counts: () => doubled(131_072),
    log: true,
  },
  basis: {
    learner: "growing-basis",
    family: "invariant-polynomial",
    params: (size: number) => ({ variables: size, degree: 3 }),
    counts: () => doubled(32_768),
    log: true,
  },
} as const;

const names = {
  elimination: "elimination mod 2: degree parities",
  pca: "label-squared PCA: hidden planes",
  pairs: "label-squared pairs: coordinates",
  basis: "growing basis: sparse polynomials",
};
const sizes: Readonly<Record<string, Fields[string]>> = {
  elimination: whole("nodes n", 30, 10, 60),
  pca: whole("features d", 64, 4, 256),
  pairs: whole("points n", 16, 8, 32),
  basis: whole("invariants m", 20, 4, 60),
};

export const escapeFields = (given: Readonly<Record<string, unknown>>): Fields => {
  const way = Object.hasOwn(ways, String(given.way)) ? String(given.way) : "elimination";
  return { way: choice("way round", names, "elimination"), size: sizes[way], seed: whole("seed", 0, 0, 1e9) };
};

export type Way = keyof typeof ways;
