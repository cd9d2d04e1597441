/**
 * A training budget in the certificate's terms: T steps of squared-loss gradient descent on P weights ask T P
 * correlational queries, and a fresh batch of B examples answers each with standard error sqrt(E[y^2 h^2] / B). That
 * comparison is a heuristic: sampling noise is no adversary. With noise added to every gradient there is a theorem
 * instead (noisy-gradient.ts), stated beside it.
 */

import * as z from "zod/mini";
import { reject } from "../base/errors.ts";
import { refuseUnread } from "../base/options.ts";
import { described, integer, parseWith } from "../base/schema.ts";
import { asWritten, compare, exactly, multiply, rational, type Rational } from "../numeric/rational.ts";
import { nextUp } from "../numeric/rounding.ts";
import { statedStrength, type Certificate } from "./certificate.ts";
import { noisyGradient, type BallBounds, type NoisyGradient } from "./noisy-gradient.ts";
import { countJson, requiredQueries } from "./statement.ts";

const count = integer(1, Number.MAX_SAFE_INTEGER);
const magnitude = z.number().check(z.gte(1e-30), z.lte(1e30));

export const budgetSchema = z.strictObject({
  steps: described(count, "gradient steps T"),
  parameters: described(count, "trainable weights P"),
  batch: described(
    z.optional(count),
    "examples a step B (absent: population gradients, as an oracle has them)",
  ),
  delta: described(
    z.optional(z.number().check(z.gt(0), z.lt(1))),
    "failure probability of all of a batch's answers at once (absent: 0.01)",
  ),
  noise: described(
    z.optional(magnitude),
    "standard deviation of the Gaussian noise added to every gradient entry: states the theorem",
  ),
  ball: described(
    z.optional(magnitude),
    "radius R of the ball about 0 that the weights are projected onto after every step",
  ),
  variation: described(
    z.optional(magnitude),
    "V, where the learner halts before the sum over steps of E |grad f_w|^2 exceeds it",
  ),
});

/** A training whose queries are held against a certificate. */
export type BudgetOptions = z.output<typeof budgetSchema>;

/** What the certificate states at one tolerance. */
export interface Certified {
  readonly tolerance: number;
  readonly rho: number;
  readonly queries: number | string;
  readonly vacuous: boolean;
}

/** A training budget held against a certificate, as `budget --json` prints it. */
export interface Budget {
  readonly schema: "equihard.budget/1";
  readonly family: { readonly id: string; readonly params: Readonly<Record<string, unknown>> };
  /** Of the certificate. */
  readonly confidence: number;
  readonly steps: number;
  readonly parameters: number;
  /** Null for population gradients. */
  readonly batch: number | null;
  /** Probability that some answer misses `tolerance`; null without a batch. */
  readonly delta: number | null;
  /** T P; a string above 2^53. Up to `verdict` what follows is the heuristic. */
  readonly queries: number | string;
  /** 1/sqrt(B): bounds one answer's standard error for labels +-1, else it is multiplied by the labels' spread. */
  readonly standardError: number | null;
  readonly standardErrorIsBound: boolean;
  /**
   * sqrt(2 ln(2TP/delta) / B): all T P answers would lie within it but for probability delta, were their errors
   * normal. Without a batch the certificate's.
   */
  readonly tolerance: number;
  /** Of a batch relative to ||f||; without one the certificate's. */
  readonly normalisation: Certificate["statement"]["normalisation"];
  /** The certificate's bound at `tolerance` (at most 1) and its own rho. */
  readonly certified: Certified;
  /** The same at the standard error of one answer: fewer queries, the more cautious comparison. */
  readonly certifiedSingle: Certified | null;
  /** Whether T P is below the certified number. */
  readonly withinBound: boolean;
  /** Where T P lies: below the certified number, at or above it, or the certificate is vacuous. */
  readonly position: "below" | "above" | "vacuous";
  readonly verdict: string;
  readonly notes: readonly string[];
  /** The theorem about noisy gradient descent; null where no noise was named. */
  readonly noisyGradient: NoisyGradient | null;
}

/** Probability that some answer of a batch misses the tolerance, where none is named. */
const DELTA = 0.01;

/**
 * @param c a certificate that has been verified; its own statement's tau is replaced by the batch's
 * @param bounds of the student that a ball is named for
 * @throws InputError if the numbers are out of range, or an option is given that nothing reads
 */
export function heldAgainst(c: Certificate, given: BudgetOptions, bounds?: BallBounds): Budget {
  const options = parseWith(budgetSchema, given);
  refuseIdle(options);
  requireDimension(c);
  const { steps, parameters, batch, delta = DELTA } = options;
  const asked = BigInt(steps) * BigInt(parameters);
  const binary = c.model === "SQ";
  const ofBatch = batch === undefined ? null : answersOf(batch, asked, delta);
  const tolerance = ofBatch?.tolerance ?? c.statement.tau;
  const used = Math.min(1, tolerance);
  const certified = ofBatch === null ? ownStatement(c) : certifiedAt(c, used, squared(exactly(used)));
  const position = positionOf(asked, certified);
  return {
    schema: "equihard.budget/1",
    family: c.family,
    confidence: c.confidence,
    steps,
    parameters,
    batch: batch ?? null,
    delta: batch === undefined ? null : delta,
    queries: countJson(asked),
    standardError: ofBatch?.standardError ?? null,
    standardErrorIsBound: binary,
    tolerance,
    normalisation: ofBatch === null ? c.statement.normalisation : "relative",
    certified,
    certifiedSingle: batch === undefined ? null : certifiedAt(c, inverseRoot(batch), rational(1, batch)),
    withinBound: position === "below",
    position,
    verdict: verdictOf(position),
    notes: notesOn(tolerance, binary),
    noisyGradient: theorem(c, options, bounds),
  };
}

function refuseIdle({ batch, delta, noise, ball, variation }: BudgetOptions): void {
  if (batch === undefined) refuseUnread({ delta }, [], "a budget without --batch");
  if (noise === undefined) refuseUnread({ ball, variation }, [], "a budget without --noise");
}

function requireDimension({ dimension: { spectral } }: Certificate): void {
  if (!(Number(spectral) > 0))
    reject({
      where: "dimension.spectral",
      what: `${spectral} is no dimension`,
      next: "see 'equihard verify FILE'",
    });
}

/** How far off a batch's answers are: one of them, and all that are asked but for probability delta. */
function answersOf(batch: number, asked: bigint, delta: number) {
  const standardError = 1 / Math.sqrt(batch);
  const tails = 2 * (Math.log(2 * Number(asked)) - Math.log(delta));
  return { standardError, tolerance: standardError * Math.sqrt(tails) };
}

/** 1 / sqrt(batch), from above: of a larger tolerance no fewer queries are needed. */
function inverseRoot(batch: number): number {
  const root = 1 / Math.sqrt(batch);
  return compare(squared(exactly(root)), rational(1, batch)) < 0 ? nextUp(root) : root;
}

const squared = (x: Rational): Rational => multiply(x, x);

/** An absolute tolerance is weighed against norms that the certificate knows. */
const ownStatement = ({ statement: { tau, rho, queries, vacuous } }: Certificate): Certified => ({
  tolerance: tau,
  rho,
  queries,
  vacuous,
});

function certifiedAt(c: Certificate, tolerance: number, toleranceSquared: Rational): Certified {
  const { rho } = c.statement;
  const { queries, vacuous } = requiredQueries(statedStrength(c), toleranceSquared, squared(asWritten(rho)));
  return { tolerance, rho, queries: countJson(queries), vacuous };
}

function positionOf(asked: bigint, { queries, vacuous }: Certified): Budget["position"] {
  if (vacuous) return "vacuous";
  return asked < BigInt(queries) ? "below" : "above";
}

const verdictOf = (position: Budget["position"]): string =>
  position === "below"
    ? [
        "The budget lies within the bound: a learner that must survive every answer of this",
        "tolerance fails on some member.",
      ].join(" ")
    : "The budget exceeds the bound: the certificate does not explain a failure of this training.";

const notesOn = (tolerance: number, binary: boolean): string[] => [
  [
    "Heuristic: the theorem is about learners that survive every answer within the tolerance;",
    "it proves nothing about sampling noise.",
  ].join(" "),
  ...(tolerance >= 1 ? ["At this tolerance (1 or more) the answers carry no guarantee at all."] : []),
  ...(binary
    ? []
    : ["Labels are real: the standard error is sqrt(E[y^2 h^2] / B), of the order of 1/sqrt(B)."]),
];

/** The theorem about noisy gradient descent. @returns null where no noise was named */
function theorem(c: Certificate, options: BudgetOptions, bounds?: BallBounds): NoisyGradient | null {
  const { steps, parameters, batch, noise, ball, variation } = options;
  if (noise === undefined) return null;
  const radius = ball === undefined ? undefined : asWritten(ball);
  return noisyGradient(
    { dimension: statedStrength(c).dimension, rho: asWritten(c.statement.rho) },
    {
      steps,
      parameters,
      sigma: asWritten(noise),
      signs: c.model === "SQ",
      ...(radius === undefined || bounds === undefined ? {} : { ball: { radius, bounds } }),
      ...(variation === undefined ? {} : { variation: asWritten(variation) }),
      ...(batch === undefined || c.model !== "SQ" ? {} : { batch }),
    },
  );
}
