/**
 * Checks for what you bring yourself: networks, maps, invariants, frames, oracles. Each gives the largest error it
 * finds.
 */

export { invarianceError, permuteEntries, permuteNodes, type Testable } from "./network/equivariance.ts";
export { equivarianceError } from "./symmetry/equivariance.ts";
export { invarianceError as invariantsError } from "./symmetry/invariants.ts";
export type { Invariants } from "./symmetry/invariants.ts";
export type { PolynomialLaw, Recurrence } from "./numeric/orthonormal.ts";
export { isEquivariantAt, isSignInvariantAt } from "./symmetry/frames.ts";
export { oracleError } from "./query/oracle/check.ts";
