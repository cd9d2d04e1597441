/** What a `gnn-degree-parity` certificate holds: the schemas of its three kinds of evidence. */

import * as z from "zod/mini";
import { integer } from "../../base/schema.ts";
import type { GraphLaw } from "../../distribution/erdos-renyi.ts";
import { largestExactOrder } from "./degree-law.ts";
import { largestWindow } from "./degree-window.ts";
import { asWritten } from "../../numeric/rational.ts";

/** The largest order whose law is computed without being asked for by `exact`. */
export const exactUpTo = 15;
/** The largest order whose law is also given in exact rationals. */
export const rationalUpTo = 10;
/** Of sampled certificates. */
export const confidence = 0.99;

const probability = z.number().check(z.gt(0), z.lte(1));
const errorBound = z.number().check(z.gte(0), z.lt(1e-3));
const fraction = z.string().check(z.regex(/^[1-9]\d{0,4000}(\/[1-9]\d{0,4000})?$/));
const vector = integer(0, 2 ** largestExactOrder - 1);

export const lawEvidence = z.strictObject({
  kind: z.literal("law"),
  /** The law's largest probability and the first vector that has it. */
  maxParityVectorProbability: probability,
  likeliest: vector,
  relativeError: errorBound,
  /** For n <= 10: the largest probability as an exact rational. */
  exactMaximum: z.nullable(fraction),
  /** [vector, probability]: bit j of the vector is the parity of the number of nodes of degree j. */
  law: z.array(z.tuple([vector, probability])).check(z.maxLength(2 ** (largestExactOrder - 2))),
  /** For n <= 10 and p = 1/2: the same probabilities as exact rationals, in the same order. */
  exactLaw: z.nullable(z.array(fraction).check(z.maxLength(2 ** (rationalUpTo - 2)))),
});
export const windowEvidence = z.strictObject({
  kind: z.literal("window"),
  maxParityVectorProbability: probability,
  /** Bit i is the parity of the number of nodes of degree lowest + i. */
  likeliest: integer(0, 2 ** largestWindow - 1),
  relativeError: errorBound,
  /** The window holds the degrees lowest .. lowest + size - 1. */
  lowest: integer(0, 10_000),
  size: integer(1, largestWindow),
});
export const sampleEvidence = z.strictObject({
  kind: z.literal("samples"),
  /** The upper confidence limit. */
  maxParityVectorProbability: probability,
  /** The fullest cell. */
  likeliest: integer(0, Number.MAX_SAFE_INTEGER),
  samples: integer(1, 1_000_000_000),
  largestCount: integer(1, 1_000_000_000),
  seed: integer(0, Number.MAX_SAFE_INTEGER),
  /** What keeps the bound low: the number of samples (a count below ten says little), or the family. */
  limitedBy: z.enum(["samples", "family"]),
});
export const evidenceSchema = z.discriminatedUnion("kind", [lawEvidence, windowEvidence, sampleEvidence]);

export type LawEvidence = z.output<typeof lawEvidence>;
export type WindowEvidence = z.output<typeof windowEvidence>;
export type SampleEvidence = z.output<typeof sampleEvidence>;
export type DegreeParityEvidence = z.output<typeof evidenceSchema>;

/** Exact rationals are given while the weights of the graphs stay of moderate length. */
export const hasRationals = ({ n, p }: GraphLaw): boolean =>
  n <= rationalUpTo && asWritten(p).den <= 10n ** 18n;
