/** What a family gives to the certificate: evidence, the claims that follow from it, and a check by another route. */

import type * as z from "zod/mini";
import type { Steps } from "../base/progress.ts";
import type { Rational } from "../numeric/rational.ts";
import type { Labels } from "./own-class/labels.ts";

export type Method = "exact" | "closed-form" | "orthogonal" | "schur" | "monte-carlo";

/** Options a certifier may use; each family reads those that it names. */
export interface EvidenceOptions {
  /** Seeds whatever is sampled. */
  readonly seed: number;
  /** Number of samples, where something is not computed exactly. */
  readonly samples?: number;
  /** Computes exactly beyond the size at which sampling takes over, if it is possible at all. */
  readonly exact?: boolean;
  /** Values of the functions on samples, for a class that is given by them. */
  readonly labels?: Labels;
}

export type EvidenceOption = Exclude<keyof EvidenceOptions, "seed">;

/** What a computation is expected to take, rounded up generously. */
export interface Estimate {
  readonly seconds: number;
  readonly bytes: number;
}

/** Everything a certificate says about its family, as it follows from the evidence. */
export interface Claims {
  /** Number of functions, null for a continuum. */
  readonly count: bigint | null;
  readonly log2Count: number | null;
  readonly method: Method;
  /** Upper bound on the largest eigenvalue of the normalised Gram matrix, null for a continuum or on overflow. */
  readonly lambdaMax: number | null;
  /** Upper bound on the largest absolute correlation of two members, null where not computed. */
  readonly maxAbsCorrelation: number | null;
  /** Lower bound on d_eff. */
  readonly dimension: Rational;
  readonly confidence: number;
  /** Where it is not the certifier's own. */
  readonly model?: "SQ" | "CSQ";
}

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

export interface CheckOptions {
  readonly full: boolean;
  /** The labels the evidence was made from, where it does not hold them. */
  readonly labels?: Labels;
}

/** P and E are the family's own types of parameters and evidence; the registry forgets them. */
export interface Certifier<P = never, E = never> {
  readonly family: string;
  readonly model: "SQ" | "CSQ";
  /** Strict schema of the parameters as a certificate holds them: just those that define the family. */
  readonly params: z.core.$ZodType<P>;
  readonly evidence: z.core.$ZodType<E>;
  /** The options other than the seed that `certify` reads for these parameters beside the others given. */
  options(params: P, given: Omit<EvidenceOptions, "seed">): readonly EvidenceOption[];
  /** The parameters that define the certified family, out of all the family has. */
  select(params: Readonly<Record<string, unknown>>): P;
  certify(params: P, options: EvidenceOptions): Steps<E>;
  /** What `certify` will take; absent where that is always little. */
  estimate?(params: P, options: EvidenceOptions): Estimate;
  /** Form and inner consistency of evidence of unknown origin; `claims` and `check` run only if all of it holds. */
  wellFormed(params: P, evidence: E): Check[];
  claims(params: P, evidence: E): Claims;
  /** Is the evidence true? By a route that does not repeat `certify`. */
  check(params: P, evidence: E, options: CheckOptions): Steps<{ route: string; checks: Check[] }>;
  /** Sentences for people: what the family is, how the dimension was found, what limits it. */
  describe(params: P, evidence: E): Description;
}

export interface Description {
  readonly family: string;
  readonly method: string;
  readonly remarks: readonly string[];
  /** The law of a random member, for randomised learners; uniform where absent. */
  readonly drawn?: string;
}
