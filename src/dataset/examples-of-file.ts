/** What the readers of labelled examples give back, whatever the format. */

import type { DenseGraph } from "./graph6.ts";

/** Examples as a file holds them, read when asked for. */
export interface Examples {
  readonly count: number;
  /** Name of the label in the file. */
  readonly label: string;
  /** (count). */
  readonly labels: ArrayLike<number>;
  readonly inputs:
    | { readonly kind: "vectors"; readonly shape: readonly number[]; entry(row: number, at: number): number }
    | { readonly kind: "graphs"; graph(row: number): DenseGraph };
}
