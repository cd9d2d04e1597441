/**
 * Checks for what you bring yourself: networks, maps, invariants, frames, oracles, each of which gives the largest
 * error it finds; and forged certificates, for verifiers.
 */

export { invarianceError, permuteEntries, permuteNodes, type Testable } from "./network/equivariance.ts";
export { equivarianceError } from "./symmetry/equivariance.ts";
export { invarianceError as invariantsError } from "./symmetry/invariants.ts";
export type { Invariants } from "./symmetry/invariants.ts";
export type { Density, Difference, PolynomialLaw, Recurrence } from "./numeric/orthonormal.ts";
export type { Metric } from "./symmetry/minkowski-lengths.ts";
export { isEquivariantAt, isSignInvariantAt } from "./symmetry/frames.ts";
export { oracleError } from "./query/oracle/check.ts";
export { forge } from "./family/forge.ts";
export { forgeries, type Forgeable, type Forgery } from "./family/forgeries.ts";
export { forgeryTrial, type TrialOptions, type TrialResult } from "./family/forgery-trial.ts";
