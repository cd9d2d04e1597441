/**
 * What a `gnn-degree-parity` certificate holds: the schemas of its four kinds of evidence, and what each of them
 * says.
 */

import * as z from "zod/mini";
import { integer } from "../../base/schema.ts";
import type { GraphLaw } from "../../distribution/erdos-renyi.ts";
import { bitLength } from "../../numeric/integers.ts";
import { asWritten } from "../../numeric/rational.ts";
import { apartField } from "../../query/listed-evidence.ts";
import { failure, mostSamples } from "./samples.ts";

/** The largest order whose law is computed without being asked for by `exact`. */
export const exactUpTo = 15;
/** The largest order whose law is computed at all: at 18 a check takes minutes and gigabytes. */
export const exactUpToAsked = 17;
/** The largest window: 2^26 float64 are half a gigabyte. */
export const largestWindow = 26;
/** A probability, or a difference of two, too small to matter: near the end of float64 sums lose their digits. */
export const negligible = 1e-250;
/** Counts are given up to this length in bits (620 digits). */
const longestCount = 2048;

/**
 * b^E for p = a/b in lowest terms and E = n(n-1)/2, the total of all counts: each graph of k edges counts a^k
 * (b-a)^(E-k) times. Null where counts would be too long; the law is then given in float64.
 */
export function totalOf({ n, p }: GraphLaw): bigint | null {
  const { den } = asWritten(p);
  const pairs = (n * (n - 1)) / 2;
  // den has at least bitLength - 1 bits a factor
  if ((bitLength(den) - 1) * pairs > longestCount) return null;
  const total = den ** BigInt(pairs);
  return bitLength(total) <= longestCount ? total : null;
}

const probability = z.number().check(z.gt(0), z.lte(1));
/** An upper bound on the largest |<f, g>| of two functions that are not the same up to sign. */
const correlation = z.number().check(z.gte(0), z.lte(1));
const errorBound = z.number().check(z.gte(0), z.lt(1e-3));
const natural = z.string().check(z.regex(/^[1-9]\d{0,700}$/));
const vector = integer(0, 2 ** exactUpToAsked - 1);
const vectors = 2 ** (exactUpToAsked - 2);

/** The exact law: how many graphs there are with each parity vector. */
export const countEvidence = z.strictObject({
  kind: z.literal("counts"),
  /** The largest probability, rounded up, and the first vector that has it. */
  maxParityVectorProbability: probability,
  likeliest: vector,
  maxAbsCorrelation: correlation,
  /** `totalOf` the parameters. */
  total: natural,
  /**
   * [vector, count]: bit j of the vector is the parity of the number of nodes of degree j; probability is count /
   * total.
   */
  counts: z.array(z.tuple([vector, natural])).check(z.maxLength(vectors)),
  /** Sets of degrees from 2 on: bit j of a place stands for the degree j + 2. */
  apart: apartField,
});
/** The law in float64, where counts would be too long. */
export const lawEvidence = z.strictObject({
  kind: z.literal("law"),
  /** The law's largest probability and the first vector that has it. */
  maxParityVectorProbability: probability,
  likeliest: vector,
  maxAbsCorrelation: correlation,
  /**
   * Every probability is within this share of the true one, or `negligible` more or less; of a vector left out it is
   * 0.
   */
  relativeError: errorBound,
  law: z.array(z.tuple([vector, probability])).check(z.maxLength(vectors)),
  /** As of counts. */
  apart: apartField,
});
export const windowEvidence = z.strictObject({
  kind: z.literal("window"),
  /** No parity vector of the window is likelier than this by more than the relative error. */
  maxParityVectorProbability: probability,
  /** Bit i is the parity of the number of nodes of degree lowest + i. */
  likeliest: integer(0, 2 ** largestWindow - 1),
  /** Of the whole family. */
  maxAbsCorrelation: correlation,
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
  samples: integer(1, mostSamples),
  largestCount: integer(1, mostSamples),
  seed: integer(0, Number.MAX_SAFE_INTEGER),
  /** The probability with which the limit may fail: this certificate's share of 0.01. */
  delta: z.number().check(z.gt(0), z.lt(failure)),
  /** What keeps the bound low: the number of samples (a count below ten says little), or the family. */
  limitedBy: z.enum(["samples", "family"]),
});
export const evidenceSchema = z.discriminatedUnion("kind", [
  countEvidence,
  lawEvidence,
  windowEvidence,
  sampleEvidence,
]);

export type CountEvidence = z.output<typeof countEvidence>;
export type LawEvidence = z.output<typeof lawEvidence>;
export type WindowEvidence = z.output<typeof windowEvidence>;
export type SampleEvidence = z.output<typeof sampleEvidence>;
export type DegreeParityEvidence = z.output<typeof evidenceSchema>;

/** With a count below ten the limit is far above the observed share: more samples would raise the bound. */
export const limitedBy = (largestCount: number): "samples" | "family" =>
  largestCount < 10 ? "samples" : "family";
