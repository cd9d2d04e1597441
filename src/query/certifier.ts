/**
 * What a class of functions gives to its certificates: evidence, the claims that follow from it, and a check by
 * another route.
 */

import type { Cost } from "../base/cost.ts";
import type * as z from "zod/mini";
import type { Checked, ReadFile } from "../base/checked.ts";
import type { DoAll, Steps } from "../base/progress.ts";
import type { Rational } from "../numeric/rational.ts";
import type { Labels } from "./own-class/labels.ts";

/** How the Gram matrix is known. */
export type Method = "exact" | "closed-form" | "orthogonal" | "schur" | "monte-carlo";

/** Options a certifier may use; each family reads those that it names. */
export interface EvidenceOptions {
  /** Seeds whatever is sampled. */
  readonly seed: number;
  /** How independent pieces of work are done; default one after the other. */
  readonly doAll?: DoAll;
  /** Number of samples, where something is not computed exactly. */
  readonly samples?: number;
  /** Computes exactly beyond the size at which sampling takes over, if it is possible at all. */
  readonly exact?: boolean;
  /** Values of the functions on samples, for a class that is given by them. */
  readonly labels?: Labels;
  /** Gradient steps of a search, for a class whose members are searched, and starts that it tries. */
  readonly steps?: number;
  readonly restarts?: number;
  /** Whether a list of members that hardly correlate is looked for, for notions that ask for one. */
  readonly apart?: boolean;
}

/** The name of an option that a certifier may read. */
export type EvidenceOption = Exclude<keyof EvidenceOptions, "seed" | "doAll" | "apart">;

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
  /** Upper bound on the largest eigenvalue of the matrix of |<f_i, f_j>|, absent where none is known. */
  readonly absoluteLambda?: Rational;
  /** Upper bound on the mean square correlation of two independent members, absent where 1 / dimension is the best. */
  readonly meanSquare?: Rational;
  /** `dimension` and `meanSquare` are the true values, not bounds. */
  readonly exact?: boolean;
  /** Length d of a list in the evidence, no two members of which correlate above 1/d; absent where there is none. */
  readonly apart?: number;
  /** Where it is not the certifier's own. */
  readonly model?: "SQ" | "CSQ";
}

/** Laws of a random member. */
export const memberLaws = [
  "uniform",
  "uniform-planes",
  "uniform-directions",
  "uniform-rotations",
  "uniform-orbits",
  "norm-weighted",
] as const;
/** How the functions that `train` draws compare with the certified ones. */
export const trainingLaws = [
  "same",
  "same-with-a-mean",
  "same-functions-another-law",
  "other-functions",
  "none",
] as const;

/** What a statement is about; it becomes part of the document, and the sentence is made from it. */
export interface Scope {
  /** The certified functions, as "every one of" is followed by it. */
  readonly class: string;
  /** The law of a random member, for learners that succeed with a probability. */
  readonly members: (typeof memberLaws)[number];
  readonly training: (typeof trainingLaws)[number];
}

/** One thing that was checked of a document. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** How thoroughly evidence is checked, and what that needs beside it. */
export interface CheckOptions {
  /** The longest check that there is. */
  readonly full: boolean;
  /** Samples of the verifier's own randomness instead of the certificate's. */
  readonly fresh: boolean;
  /** The labels the evidence was made from, where it does not hold them. */
  readonly labels?: Labels;
  /** How independent passes are done: by default one after the other. */
  readonly doAll?: DoAll;
}

/**
 * How a class's certificates come about. V is the class's own type of parameters, E that of its evidence; where
 * classes of many kinds are handled alike both are unknown, and what goes in has passed `parse` and the evidence's
 * schema.
 */
export interface Certifier<V = unknown, E = unknown> {
  /** Strict: an unknown field is an error. */
  readonly evidence: z.core.$ZodType<E>;
  /**
   * The options other than the seed that `certify` reads for these parameters beside the others given; absent: none.
   */
  options?(params: Checked<V>, given: Omit<EvidenceOptions, "seed" | "doAll">): readonly EvidenceOption[];
  /** The parameters that define the certified class, without those of one member (absent: all of them). */
  defining?(params: Checked<V>): Checked<V>;
  certify(params: Checked<V>, options: EvidenceOptions): Steps<E>;
  /** Evidence about the very functions that this evidence lists, where `certify` would first look for some. */
  again?(params: Checked<V>, evidence: E): Steps<E>;
  /** What `certify` will take; absent where that is always little. */
  cost?(params: Checked<V>, options: EvidenceOptions): Cost;
  claims(params: Checked<V>, evidence: E): Claims;
  scope(params: Checked<V>, evidence: E): Scope;
  /** Where members are searched: the steps, and the dimension of those that it started from. */
  search?(params: Checked<V>, evidence: E): { readonly steps: number; readonly start: number } | undefined;
  /** Upper bound on the largest squared norm of a member before it is normalised; absent where none is known. */
  largestSquaredNorm?(params: Checked<V>, evidence: E): number | undefined;
  /** Sentences for people: how the dimension was found, what limits it. */
  describe(params: Checked<V>, evidence: E): Description;
}

/** Whether evidence of unknown origin is true, by routes that share no computation with the certifier. */
export interface Verifier<V = unknown, E = unknown> {
  /** Form and inner consistency; claims are drawn from the evidence, and `check` runs, only if all of it holds. */
  wellFormed(params: Checked<V>, evidence: E): Check[];
  /** The options that `check` reads of this evidence; absent: none. */
  reads?(params: Checked<V>, evidence: E): readonly (keyof CheckOptions)[];
  /** What `check` will take on one core, infinite where no route is in reach; absent where that is always little. */
  cost?(params: Checked<V>, evidence: E, options: CheckOptions): Cost;
  check(params: Checked<V>, evidence: E, options: CheckOptions): Steps<Verdict>;
}

/** What a verifier says of the evidence. */
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

/** Sentences on evidence, for people. */
export interface Description {
  readonly method: string;
  readonly remarks: readonly string[];
}
