/**
 * What a family is: parameters, a draw, and with each drawn instance a hard target and its easy twin, as plain
 * functions and as weights of a network in the student class. Everything else (certificates, Gram matrices, lists of
 * members, what learners can read) is a capability that a family may have.
 */

import type { Source } from "../base/reference.ts";
import type * as z from "zod/mini";
import type { Checked, JsonObject, ReadFile } from "../base/checked.ts";
import { requireChoice } from "../base/errors.ts";
import type { Key } from "../base/random.ts";
import type { Network, Weights } from "../network/network.ts";
import type { Certifier, Verifier } from "../query/certifier.ts";
import type { Gram } from "../query/gram.ts";
import type { MemberList } from "../query/members.ts";
import type { Population } from "../query/oracle/population.ts";
import type { Instance } from "./instance.ts";
import type { LabelLaw } from "./label-law.ts";
import type { HiddenDirection } from "./hidden-direction.ts";
import type { HiddenSet } from "./hidden-set.ts";
import type { HiddenPlane } from "./plane/hidden-plane.ts";
import type { SparsePolynomials } from "./polynomial/sparse-polynomials.ts";
import type { Parities } from "./parities.ts";
import type { ClosedSignal } from "./plane/closed-signal.ts";
import type { ReluSums } from "./relu-sums.ts";
import type { ProgressOf } from "./progress.ts";
import type { Settings } from "./settings.ts";
import type { InputVectors } from "./vectors.ts";

/** What a student class may let the user choose. */
export interface StudentSizes {
  readonly layers: number;
  readonly width: number;
  readonly readoutLayers: number;
  readonly pool: "mean" | "sum";
}

/** Which student of a family is wanted, and its sizes. */
export interface StudentOptions extends StudentSizes {
  /** A student class of the family (absent: its first, which holds the target). */
  readonly student?: string | undefined;
}

/** A student class: the options that it reads, and its network for an instance. */
export interface Student<V = unknown, H extends JsonObject = JsonObject> {
  readonly options: readonly (keyof StudentSizes)[];
  /** Its steps cost many times those of the family's others: comparisons of all classes leave it out. */
  readonly slow?: boolean;
  network(instance: Instance<V, H>, sizes: StudentSizes): Network;
}

/** Which members of a family are listed. */
export interface MemberOptions {
  /** How many members, for families too large to list whole. */
  readonly count?: number;
  /** Seeds the draw of the members, and whatever else the parameters leave open. */
  readonly seed: number;
}

/** V and H are the family's own; where families of many kinds are handled alike both are unknown. */
export interface Family<V = unknown, H extends JsonObject = JsonObject> {
  readonly id: string;
  readonly title: string;
  /** Section of the paper and of the design's mathematics it comes from. */
  readonly source: string;
  /** Keys of the program's bibliography, or entries of one's own: what `cite` names for a run that used the family. */
  readonly references: readonly (string | Source)[];
  /** One screen for `families NAME`. */
  readonly explanation: string;
  readonly model: "SQ" | "CSQ";
  /** Object schema of the family's parameters. */
  readonly schema: z.core.$ZodType;
  /**
   * Checked parameters with defaults filled in; rejects what a schema alone cannot see. Files that a parameter names
   * (`file:generators.json`) are read by `readFile` and become part of the parameters, so that records stand alone.
   * Parameters that it has checked before come back as they are.
   */
  parse(input: unknown, readFile?: ReadFile): Checked<V>;
  draw(params: Checked<V>, key: Key): Instance<V, H>;
  /** Student classes that read the family's examples; the first holds the hard target. */
  readonly students: Readonly<Record<string, Student<V, H>>>;
  /** The hard target as weights of the first student class; rejects sizes too small to hold it. */
  teacher?(instance: Instance<V, H>, options: StudentOptions): Weights;

  /** Certificates, and their check by other routes. */
  readonly certifier?: Certifier<V>;
  readonly verifier?: Verifier<V>;
  /** Inner products of the members that a document lists (see the command line's `gram`). */
  gram?(document: unknown, readFile?: ReadFile): Gram;
  /**
   * An instance's parameters with what they left to its draw (a random graph) as it was drawn: members listed by them
   * are functions of the same kind as the instance's target.
   */
  settled?(instance: Instance<V, H>): Checked<V>;
  /** Members listed one by one; absent where there is no such list. Rejects lists too long to hold. */
  members?(params: Checked<V>, options: MemberOptions): MemberList;

  /** What learners without a network read of the examples. */
  vectors?(instance: Instance<V, H>): InputVectors;
  /** A plane hides in the inputs: what a learner of planes needs to know. */
  readonly plane?: HiddenPlane<V, H>;
  /**
   * How far a student's weights have turned to the hidden parameters, null where nothing of that is measured; `easy`:
   * to those of the twin, where they are others.
   */
  progress?(instance: Instance<V, H>, network: Network, easy: boolean): ProgressOf;
  /** The signal of a student's gradient in closed form, null where there is none. */
  gradientSignal?(instance: Instance<V, H>, network: Network, weights: Weights): ClosedSignal | null;
  /** The label is a parity of counts: what linear algebra over F_2 needs to know. */
  readonly parities?: Parities<V, H>;
  /**
   * The input law as a finite population, a point for all inputs that neither the targets nor students with the
   * family's symmetry tell apart; null for parameters where it is none, or too large.
   */
  population?(instance: Instance<V, H>): Population | null;
  /** The label is a sum of relus of a standard normal vector, for some parameters. */
  readonly reluSums?: ReluSums<V, H>;
  /** The label is a function of one direction of a standard normal x: what a learner of directions needs to know. */
  readonly direction?: HiddenDirection<V, H>;
  /** A set of coordinates hides in the target: what a learner of sets needs to know. */
  readonly hiddenSet?: HiddenSet<V, H>;
  /** The label is a sparse polynomial in independent variables. */
  readonly polynomials?: SparsePolynomials<V, H>;

  /** What functions of the label other than itself give away (absent: not worked out). */
  readonly labelLaw?: LabelLaw<V>;

  /** Sizes at which studies run the family; absent where they leave it out. */
  readonly settings?: Settings;
}

/** The parameters by which to list members, or certify them, beside this very instance and its students. */
export const settledParams = (family: Family, instance: Instance): Checked =>
  family.settled?.(instance) ?? instance.params;

/** The student class of that name; absent, the family's first. */
export function studentClass({ students }: Family, name?: string): Student {
  const names = Object.keys(students);
  return students[requireChoice(name ?? names[0], names, "student")];
}

/** The network of the student class that the options name. */
export const studentOf = (family: Family, instance: Instance, options: StudentOptions): Network =>
  studentClass(family, options.student).network(instance, options);
