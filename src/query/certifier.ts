/** What a class of functions gives to its certificates: evidence, the claims that follow from it, and a check by another route. */

import type * as z from "zod/mini";
import type { Checked, ReadFile } from "../base/checked.ts";
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
export interface Cost {
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

/**
 * How a class's certificates come about. V is the class's own type of parameters, E that of its evidence; where classes of
 * many kinds are handled alike both are unknown, and what goes in has passed `parse` and the evidence's schema.
 */
export interface Certifier<V = unknown, E = unknown> {
  /** Strict: an unknown field is an error. */
  readonly evidence: z.core.$ZodType<E>;
  /** The options other than the seed that `certify` reads for these parameters beside the others given; absent: none. */
  options?(params: Checked<V>, given: Omit<EvidenceOptions, "seed">): readonly EvidenceOption[];
  /** The parameters that define the certified class, without those of one member (absent: all of them). */
  defining?(params: Checked<V>): Checked<V>;
  certify(params: Checked<V>, options: EvidenceOptions): Steps<E>;
  /** What `certify` will take; absent where that is always little. */
  cost?(params: Checked<V>, options: EvidenceOptions): Cost;
  claims(params: Checked<V>, evidence: E): Claims;
  /** Sentences for people: what the class is, how the dimension was found, what limits it. */
  describe(params: Checked<V>, evidence: E): Description;
}

/** Whether evidence of unknown origin is true, by routes that share no computation with the certifier. */
export interface Verifier<V = unknown, E = unknown> {
  /** Form and inner consistency; claims are drawn from the evidence, and `check` runs, only if all of it holds. */
  wellFormed(params: Checked<V>, evidence: E): Check[];
  check(params: Checked<V>, evidence: E, options: CheckOptions): Steps<Verdict>;
}

export interface Verdict {
  /** How the evidence was checked, in words. */
  readonly route: string;
  readonly checks: Check[];
}

/** What a class of functions needs to be certified and verified; every family with certificates is one. */
export interface Certifiable<V = unknown, E = unknown> {
  readonly id: string;
  readonly model: "SQ" | "CSQ";
  parse(input: unknown, readFile?: ReadFile): Checked<V>;
  readonly certifier: Certifier<V, E>;
  readonly verifier: Verifier<V, E>;
}

export interface Description {
  readonly family: string;
  readonly method: string;
  readonly remarks: readonly string[];
  /** The law of a random member, for randomised learners; uniform where absent. */
  readonly drawn?: string;
}
