/** What a named group is: generators, a stabiliser chain and a cycle index, all in closed form for any degree n. */

import type { Level } from "./chain.ts";
import type { CycleIndex } from "./cycle-index.ts";
import type { Permutation } from "./permutation.ts";

export interface NamedGroup {
  readonly kind: string;
  /** One line for the listing. */
  readonly documentation: string;
  /** Largest degree. */
  readonly maximum: number;
  order(n: number): bigint;
  generators(n: number): Permutation[];
  /** Levels of a stabiliser chain whose base ascends and leaves out only points that are fixed when reached. */
  levels(n: number): Level[];
  abelian(n: number): boolean;
  transitive(n: number): boolean;
  /** How many cycle types `cycleIndex` would list, known before listing them. */
  cycleTypes(n: number): number;
  cycleIndex(n: number): CycleIndex;
  /** Orbits on k-subsets, where that needs no cycle index. */
  orbitsOnSubsets?(n: number, k: number): bigint;
  /**
   * A smaller degree, of the symmetric group, with as many orbits on k-subsets of [n] x Y for every set Y and every
   * group acting on it.
   */
  symmetricDegreeFor?(n: number, k: number): number | undefined;
}
