/** What a certificate of a class of one's own holds: its assumptions, and numbers that follow from the labels. */

import * as z from "zod/mini";
import { integer } from "../../base/schema.ts";
import { exactly, multiply, rational, type Rational } from "../../numeric/rational.ts";
import { unitRoundoff } from "../../numeric/rounding.ts";
import { apartField } from "../listed-evidence.ts";
import { mostValues } from "./labels.ts";

/** Of every certificate from samples. */
export const confidence = 0.99;

export const paramsSchema = z.strictObject({
  /** Number of functions D. */
  functions: integer(1, mostValues),
  /** What is taken to hold of every value: +1 or -1, or at most `bound` in absolute value. */
  values: z.enum(["signs", "real"]),
  bound: z.number().check(z.gt(0)),
  /** The input law is uniform on the listed inputs. Absent: they are independent samples of one that is not known. */
  law: z.optional(z.literal("uniform")),
});
export type CustomParams = z.output<typeof paramsSchema>;

const positive = z.number().check(z.gt(0));
export const evidenceSchema = z.strictObject({
  kind: z.literal("labels"),
  samples: integer(1, mostValues),
  /** Of the labels, see `labelsDigest`. */
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  /** The three numbers below are those of the labels divided by 2^exponent. Absent: of the labels themselves. */
  exponent: z.optional(integer(-1074, 1023)),
  /**
   * Upper bound on the largest eigenvalue of the samples' matrix (1/N) sum_x v(x) v(x)^T, and an estimate from below.
   */
  lambda: positive,
  lambdaEstimate: positive,
  /** Lower bound on the samples' mean of |v(x)|^2. */
  meanSquare: positive,
  /** Of the uniform law alone: rows of the labels. */
  apart: apartField,
});
export type CustomEvidence = z.output<typeof evidenceSchema>;

/**
 * Labels whose largest is outside 2^-490 to 2^490 have mean squares or eigenvalues that are no float64: their
 * certificates state an exponent.
 */
export const largestPlainExponent = 490;

/** One of the evidence's three numbers as it is for the labels themselves: perhaps no float64. */
export const ofLabels = ({ exponent = 0 }: CustomEvidence, x: number): Rational =>
  multiply(exactly(x), powerOfTwo(2 * exponent));

const powerOfTwo = (power: number): Rational =>
  power < 0 ? rational(1, 1n << BigInt(-power)) : rational(1n << BigInt(power));

/**
 * The share by which the evidence's two bounds are written on the safe side of what was computed, so that another route
 * with its own roundings (at most D N u in the entries, D^2 u in a factorisation) can prove them too.
 */
export const spare = ({ functions, samples }: { functions: number; samples: number }): number =>
  2 ** -26 + 4 * functions * samples * unitRoundoff;

/** D B^2, which no |v(x)|^2 exceeds. */
export const mostOf = ({ functions, bound }: CustomParams): Rational =>
  multiply(rational(functions), multiply(exactly(bound), exactly(bound)));
