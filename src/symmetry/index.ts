/** Permutation groups and what they act on: Schreier-Sims, named groups and products, orbits, frames, invariants. */

export {
  compose,
  cycleType,
  equal,
  identity,
  inverse,
  isIdentity,
  order,
  power,
  printCycles,
  requirePermutation,
  sign,
  type CycleType,
  type Permutation,
} from "./permutation.ts";
export {
  chainFrom,
  generatedGroup,
  parseGroup,
  pointStabiliser,
  type Component,
  type PermutationGroup,
} from "./groups.ts";
export { groupDocumentation } from "./expression.ts";
export { parseGenerators, printGenerators } from "./generators-file.ts";
export { orbitBound, schreierSims, type SchreierSimsOptions } from "./schreier-sims.ts";
export {
  chainOrder,
  contains,
  forEachElement,
  listElements,
  randomElement,
  type Chain,
  type Level,
} from "./chain.ts";
export {
  actInversely,
  actOnSubset,
  actOnVector,
  canonicalSubset,
  subsetOrbit,
  subsetOrbitSize,
  subsetStabiliserOrder,
} from "./actions.ts";
export { orbits, pairOrbits, type PairOrbits } from "./orbits.ts";
export { orbitsOnColourings, orbitsOnSubsets } from "./orbit-count.ts";
export { listSubsetOrbits } from "./subset-orbits.ts";
export type { CycleIndex, CycleTerm } from "./cycle-index.ts";
export { invariantHarmonics, invariantPolynomials } from "./harmonic-invariants.ts";
export { frameAverage, frameOf, reynoldsFrame, sortAbsFrame, type Frame, type FrameId } from "./frames.ts";
export type { Density, Difference, PolynomialLaw, Recurrence } from "../numeric/orthonormal.ts";
export type { Metric } from "./minkowski-lengths.ts";
export { invariantKinds, parseInvariants, powerSums, type Invariants } from "./invariants.ts";
export type { ReadFile } from "../base/checked.ts";
