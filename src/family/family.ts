/**
 * What a family is: parameters, a draw, and with each drawn instance a hard target and its easy twin, as plain
 * functions and as weights of a network in the student class.
 */

import type * as z from "zod/mini";
import { requireChoice } from "../base/errors.ts";
import type { Json } from "../base/json.ts";
import type { Key } from "../base/random.ts";
import type { Law, Samples } from "../distribution/law.ts";
import type { Network, Weights } from "../network/network.ts";
import type { ReadFile } from "../symmetry/groups.ts";

export type { ReadFile };

export type Params = Readonly<Record<string, Json>>;

/** A number with its standard error, 0 where it is exact or in closed form. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
}

/** A concept: labels of samples, and what a learner that ignores the input would get. */
export interface Target {
  /** Labels of the examples, one a sample. */
  label(samples: Samples): Float64Array;
  /** E[y]. */
  readonly mean: Estimate;
  /** E[y^2], that is ||f||^2; 1 for labels +-1. */
  readonly secondMoment: Estimate;
}

export interface Instance {
  readonly family: string;
  readonly params: Params;
  /** The hidden parameters, as records and `train --json` show them. */
  readonly hidden: Readonly<Record<string, Json>>;
  /** What is known of the instance beside the hidden parameters (mu(S), majority baselines, norms). */
  readonly facts: Readonly<Record<string, Json>>;
  /** `sign`: labels +-1, accuracy is defined; `real`: it is not. */
  readonly labels: "sign" | "real";
  readonly law: Law;
  readonly hard: Target;
  readonly easy: Target;
  /** Names the instance's sample streams: train batches are keyed below it, never by the trial. */
  readonly key: Key;
}

/** What a student class may let the user choose. */
export interface StudentSizes {
  readonly layers: number;
  readonly width: number;
  readonly readoutLayers: number;
  readonly pool: "mean" | "sum";
}

export interface StudentOptions extends StudentSizes {
  /** A student class of the family (absent: its first, which holds the target). */
  readonly student?: string | undefined;
}

/** A student class: the options that it reads, and its network for an instance. */
export interface Student {
  readonly options: readonly (keyof StudentSizes)[];
  network(instance: Instance, sizes: StudentSizes): Network;
}

/** Functions scale * sum over vectors v of F(U_i v), F the alternating polygon of 2k relus, U_i member i's plane. */
export interface PlaneList {
  readonly k: number;
  readonly scale: number;
  /** The two rows of U_i, one after the other. */
  plane(index: number): Float64Array;
  /** What planes look at, vector by vector: each of them on all samples, row-major (sample, coordinate). */
  vectors(samples: Samples): readonly Float64Array[];
}

/** An explicit list of members of a family, as the adversary and sampled Gram matrices need them. */
export interface ConceptList {
  readonly count: number;
  readonly law: Law;
  /**
   * Values of the members `from` to `to` - 1 on the samples, row-major (member, sample), each member scaled to
   * ||f|| = 1 under the family's law.
   */
  values(samples: Samples, from: number, to: number): Float32Array;
  /**
   * Where the members are all the characters of a vector over F_2: member i is (-1)^<i, class(x)>, i = 0..2^bits - 1, which
   * a Walsh-Hadamard transform correlates at once.
   */
  readonly characters?: { readonly bits: number; classesOf(samples: Samples): Int32Array };
  /** Where the members look at planes only, which matrix products evaluate together. */
  readonly planes?: PlaneList;
  /** The hidden parameters of a member. */
  hidden(index: number): Readonly<Record<string, Json>>;
}

export interface ConceptOptions {
  /** How many members, for families too large to list whole. */
  readonly count?: number;
  /** Seeds the draw of the members, and whatever else the parameters leave open. */
  readonly seed: number;
}

export interface Family {
  readonly id: string;
  readonly title: string;
  /** Section of the paper and of the design's mathematics it comes from. */
  readonly source: string;
  /** One screen for `families NAME`. */
  readonly explanation: string;
  readonly model: "SQ" | "CSQ";
  /** Object schema of the family's parameters. */
  readonly schema: z.core.$ZodType;
  /**
   * Checked parameters with defaults filled in; rejects what a schema alone cannot see. Files that a parameter names
   * (`file:generators.json`) are read by `readFile` and become part of the parameters, so that records stand alone.
   */
  parse(input: unknown, readFile?: ReadFile): Params;
  draw(params: Params, key: Key): Instance;
  /** Student classes that read the family's examples; the first holds the hard target. */
  readonly students: Readonly<Record<string, Student>>;
  /** The hard target as weights of the first student class; rejects sizes too small to hold it. */
  teacher(instance: Instance, options: StudentOptions): Weights;
  /** Members listed one by one; absent where there is no such list. Rejects lists too long to hold. */
  concepts?(params: Params, options: ConceptOptions): ConceptList;
}

/** The student class of that name; absent, the family's first. */
export function studentClass({ students }: Family, name?: string): Student {
  const names = Object.keys(students);
  return students[requireChoice(name ?? names[0], names, "student")];
}

/** The network of the student class that the options name. */
export const studentOf = (family: Family, instance: Instance, options: StudentOptions): Network =>
  studentClass(family, options.student).network(instance, options);
