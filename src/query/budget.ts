/**
 * A training budget in the certificate's terms: T steps of squared-loss gradient descent on P weights ask T P
 * correlational queries, and a fresh batch of B examples answers each with standard error sqrt(E[y^2 h^2] / B). A
 * heuristic, not a theorem: sampling noise is no adversary.
 */

import * as z from "zod/mini";
import { reject } from "../base/errors.ts";
import { integer, parseWith } from "../base/schema.ts";
import { asWritten, exactly, multiply, rational, type Rational } from "../numeric/rational.ts";
import { statedStrength } from "./certificate.ts";
import { readCertificate } from "./document.ts";
import { countJson, requiredQueries } from "./statement.ts";

const schema = z.strictObject({
  steps: integer(1, Number.MAX_SAFE_INTEGER),
  parameters: integer(1, Number.MAX_SAFE_INTEGER),
  batch: integer(1, Number.MAX_SAFE_INTEGER),
  delta: z.prefault(z.number().check(z.gt(0), z.lt(1)), 0.01),
});

export interface Certified {
  readonly tolerance: number;
  readonly rho: number;
  readonly queries: number | string;
  readonly vacuous: boolean;
}

export interface Budget {
  readonly schema: "equihard.budget/1";
  readonly family: { readonly id: string; readonly params: Readonly<Record<string, unknown>> };
  readonly steps: number;
  readonly parameters: number;
  readonly batch: number;
  /** Probability that some answer misses `tolerance`. */
  readonly delta: number;
  /** T P; a string above 2^53. */
  readonly queries: number | string;
  /** 1/sqrt(B): bounds one answer's standard error for labels +-1, else it is multiplied by the labels' spread. */
  readonly standardError: number;
  readonly standardErrorIsBound: boolean;
  /** sqrt(2 ln(2TP/delta) / B): all T P answers lie within it, but for probability delta. */
  readonly tolerance: number;
  /** The certificate's bound at `tolerance` (at most 1) and its own rho. */
  readonly certified: Certified;
  /** The same at the standard error of one answer: fewer queries, the more cautious comparison. */
  readonly certifiedSingle: Certified;
  /** Whether T P is below the certified number. */
  readonly withinBound: boolean;
  /** Where T P lies: below the certified number, at or above it, or the certificate is vacuous. */
  readonly position: "below" | "above" | "vacuous";
  readonly verdict: string;
  readonly notes: readonly string[];
}

/**
 * @param certificate a parsed certificate; its own statement's tau is replaced by the budget's
 * @throws InputError if it is no well-formed certificate, or the numbers are out of range
 */
export function budget(
  certificate: unknown,
  options: { steps: number; parameters: number; batch: number; delta?: number },
): Budget {
  const c = readCertificate(certificate);
  const { steps, parameters, batch, delta } = parseWith(schema, options);
  const asked = BigInt(steps) * BigInt(parameters);
  const standardError = 1 / Math.sqrt(batch);
  const tolerance = standardError * Math.sqrt(2 * (Math.log(2 * Number(asked)) - Math.log(delta)));
  const used = Math.min(1, tolerance);
  if (!(Number(c.dimension.spectral) > 0))
    return reject({
      where: "dimension.spectral",
      what: `${c.dimension.spectral} is no dimension`,
      next: "see 'equihard verify FILE'",
    });
  const rho = asWritten(c.statement.rho);
  const tau = exactly(used);
  const strength = statedStrength(c);
  const required = (tauSquared: Rational) => requiredQueries(strength, tauSquared, multiply(rho, rho));
  const { queries, vacuous } = required(multiply(tau, tau));
  const single = required(rational(1, batch));
  const within = !vacuous && asked < queries;
  const binary = c.model === "SQ";
  return {
    schema: "equihard.budget/1",
    family: c.family,
    steps,
    parameters,
    batch,
    delta,
    queries: countJson(asked),
    standardError,
    standardErrorIsBound: binary,
    tolerance,
    certified: { tolerance: used, rho: c.statement.rho, queries: countJson(queries), vacuous },
    certifiedSingle: {
      tolerance: standardError,
      rho: c.statement.rho,
      queries: countJson(single.queries),
      vacuous: single.vacuous,
    },
    withinBound: within,
    position: vacuous ? "vacuous" : within ? "below" : "above",
    verdict: within
      ? "The budget lies within the bound: a learner that must survive every answer of this tolerance fails on some member."
      : "The budget exceeds the bound: the certificate does not explain a failure of this training.",
    notes: [
      "Heuristic: the theorem is about learners that survive every answer within the tolerance; it proves nothing about sampling noise.",
      ...(tolerance >= 1 ? ["At this tolerance (1 or more) the answers carry no guarantee at all."] : []),
      ...(binary
        ? []
        : ["Labels are real: the standard error is sqrt(E[y^2 h^2] / B), of the order of 1/sqrt(B)."]),
    ],
  };
}

/** The budget as text. */
export function formatBudget(b: Budget): string {
  const { tolerance, queries, vacuous } = b.certified;
  return [
    `${b.steps} steps x ${b.parameters} weights ask ${b.queries} queries.`,
    `A batch of ${b.batch} answers one of them with standard error ${b.standardError.toPrecision(4)}${b.standardErrorIsBound ? " at most" : " times the spread of the labels"},`,
    `all of them at once within ${b.tolerance.toPrecision(4)} (but for probability ${b.delta}).`,
    vacuous
      ? `The certificate is vacuous at rho = ${b.certified.rho}.`
      : `The certificate: at least ${queries} ${Number(queries) === 1 ? "query" : "queries"} of tolerance ${tolerance.toPrecision(4)} for a correlation above ${b.certified.rho} (${b.certifiedSingle.queries} at the standard error of one answer).`,
    b.verdict,
    ...b.notes,
  ].join("\n");
}
