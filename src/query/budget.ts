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
import { asWritten, exactly, multiply, rational, type Rational } from "../numeric/rational.ts";
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
   * sqrt(2 ln(2TP/delta) / B): all T P answers lie within it, but for probability delta. Without a batch the
   * certificate's.
   */
  readonly tolerance: number;
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

/**
 * @param c a certificate that has been verified; its own statement's tau is replaced by the batch's
 * @param bounds of the student that a ball is named for
 * @throws InputError if the numbers are out of range, or an option is given that nothing reads
 */
export function heldAgainst(c: Certificate, given: BudgetOptions, bounds?: BallBounds): Budget {
  const options = parseWith(budgetSchema, given);
  const { steps, parameters, batch, noise } = options;
  if (batch === undefined) refuseUnread({ delta: options.delta }, [], "a budget without --batch");
  const { ball, variation } = options;
  if (noise === undefined) refuseUnread({ ball, variation }, [], "a budget without --noise");
  const delta = options.delta ?? 0.01;
  const asked = BigInt(steps) * BigInt(parameters);
  const standardError = batch === undefined ? null : 1 / Math.sqrt(batch);
  const tolerance =
    standardError === null
      ? c.statement.tau
      : standardError * Math.sqrt(2 * (Math.log(2 * Number(asked)) - Math.log(delta)));
  const used = Math.min(1, tolerance);
  if (!(Number(c.dimension.spectral) > 0))
    return reject({
      where: "dimension.spectral",
      what: `${c.dimension.spectral} is no dimension`,
      next: "see 'equihard verify FILE'",
    });
  const rho = asWritten(c.statement.rho);
  const tau = standardError === null ? asWritten(used) : exactly(used);
  const strength = statedStrength(c);
  const required = (at: number, tauSquared: Rational): Certified => {
    const { queries, vacuous } = requiredQueries(strength, tauSquared, multiply(rho, rho));
    return { tolerance: at, rho: c.statement.rho, queries: countJson(queries), vacuous };
  };
  const certified = required(used, multiply(tau, tau));
  const within = !certified.vacuous && asked < BigInt(certified.queries);
  const binary = c.model === "SQ";
  return {
    schema: "equihard.budget/1",
    family: c.family,
    confidence: c.confidence,
    steps,
    parameters,
    batch: batch ?? null,
    delta: batch === undefined ? null : delta,
    queries: countJson(asked),
    standardError,
    standardErrorIsBound: binary,
    tolerance,
    certified,
    certifiedSingle:
      batch === undefined || standardError === null ? null : required(standardError, rational(1, batch)),
    withinBound: within,
    position: certified.vacuous ? "vacuous" : within ? "below" : "above",
    verdict: within
      ? [
          "The budget lies within the bound: a learner that must survive every answer of this",
          "tolerance fails on some member.",
        ].join(" ")
      : "The budget exceeds the bound: the certificate does not explain a failure of this training.",
    notes: [
      [
        "Heuristic: the theorem is about learners that survive every answer within the tolerance;",
        "it proves nothing about sampling noise.",
      ].join(" "),
      ...(tolerance >= 1 ? ["At this tolerance (1 or more) the answers carry no guarantee at all."] : []),
      ...(binary
        ? []
        : ["Labels are real: the standard error is sqrt(E[y^2 h^2] / B), of the order of 1/sqrt(B)."]),
    ],
    noisyGradient:
      noise === undefined
        ? null
        : noisyGradient(
            { dimension: strength.dimension, rho },
            {
              steps,
              parameters,
              sigma: asWritten(noise),
              ...(ball === undefined || bounds === undefined
                ? {}
                : { ball: { radius: asWritten(ball), bounds } }),
              ...(variation === undefined ? {} : { variation: asWritten(variation) }),
              ...(batch === undefined || !binary ? {} : { batch }),
            },
          ),
  };
}
