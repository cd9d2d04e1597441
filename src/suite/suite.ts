/**
 * The suite: every family along one axis of sizes, from solvable to hopeless, its hard targets beside their easy twins.
 * What is graded is not one accuracy but where a model's transition lies. A change of the list is another version.
 */

import type { JsonObject } from "../base/checked.ts";

export const suiteVersion = "equihard-suite/1";

/** Examples of an entry's test split; training examples are a submitter's own choice. */
export const testExamples = 10_000;

/** A family's sizes, and how one becomes parameters. */
interface Axis {
  readonly family: string;
  readonly label: string;
  readonly sizes: readonly number[];
  params(size: number): JsonObject;
}

const axes: readonly Axis[] = [
  { family: "gnn-degree-parity", label: "n", sizes: [4, 6, 8, 10, 12, 15], params: (n) => ({ n }) },
  { family: "gnn-hidden-plane", label: "d", sizes: [4, 8, 16, 32, 64], params: (d) => ({ n: 1, d, k: 4 }) },
  {
    family: "cnn-hidden-plane",
    label: "n",
    sizes: [4, 8, 16, 32],
    params: (n) => ({ group: `cyclic:${n}`, k: 4 }),
  },
  {
    family: "frame-parity",
    label: "n",
    sizes: [6, 8, 16, 32],
    params: (n) => ({ group: `cyclic:${n}`, k: 4 }),
  },
  {
    family: "invariant-polynomial",
    label: "m",
    sizes: [5, 10, 20, 40, 80],
    params: (variables) => ({ variables, degree: 3 }),
  },
];

/** One task of the suite. */
export interface Entry {
  /** `gnn-hidden-plane.d8.hard`: what its predictions are called in a file. */
  readonly name: string;
  readonly family: string;
  readonly params: JsonObject;
  readonly easy: boolean;
  readonly size: number;
  /** What the size counts: `d`. */
  readonly axis: string;
}

/** The entries, family by family, by rising size. */
export const suite: readonly Entry[] = axes.flatMap(({ family, label, sizes, params }) =>
  [false, true].flatMap((easy) =>
    sizes.map((size): Entry => ({
      name: `${family}.${label}${size}.${easy ? "easy" : "hard"}`,
      family,
      params: params(size),
      easy,
      size,
      axis: label,
    })),
  ),
);
