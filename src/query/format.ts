/** Certificates as text for people: what is claimed, how surely, and what is not. */

import type { Checked } from "../base/checked.ts";
import type { Certificate } from "./certificate.ts";
import type { Certifiable } from "./certifier.ts";
import type { Verification } from "./verify.ts";
import { shownBelow } from "../numeric/rounding.ts";

/** One screen; a bound that says nothing contains the word "vacuous". */
export function formatClass({ certifier }: Certifiable, params: Checked, c: Certificate): string {
  const { family, method, remarks, drawn } = certifier.describe(params, c.evidence);
  const { tau, rho, queries, vacuous } = c.statement;
  const whole = Number.isInteger(Number(c.dimension.spectral));
  const dimension = whole ? c.dimension.spectral : shownBelow(Number(c.dimension.spectral), 6);
  const sure =
    c.confidence === 1 ? (whole ? "exact" : "proved, rounded down") : `with confidence ${c.confidence}`;
  const kind = c.model === "SQ" ? "statistical-query" : "correlational-query";
  const size =
    c.functions.count === null
      ? "a continuum of functions"
      : `${c.functions.count.length > 20 ? `2^${c.functions.log2}` : c.functions.count} ${c.functions.count === "1" ? "function" : "functions"}`;
  const claim = vacuous
    ? `vacuous: at rho = ${rho} the bound says nothing, as rho^2 is below 1 / dimension; ${Number(c.dimension.spectral) > 1 ? `it speaks for rho above ${threshold(c)}` : "nor does it at any other"}.`
    : `Any deterministic ${kind} learner that reaches a correlation above ${rho} with every function of the family needs at least ${queries} ${queries === 1 ? "query" : "queries"} of tolerance ${tau}.`;
  return [
    `${c.family.id}: ${family}`,
    `  ${size}; spectral query dimension at least ${dimension} (${sure})`,
    `  by ${method}`,
    ...remarks.map((r) => `  ${r}`),
    "",
    claim,
    ...c.statement.randomised.filter((r) => !r.vacuous).map((r) => success(r.success, r.queries, drawn)),
    "",
    c.model === "SQ"
      ? "It covers every statistical query: labels are +-1 and all members share one input law."
      : "It covers correlational queries only: learners that use the labels otherwise, such as by their squares, may need fewer.",
    "It does not say that gradient descent fails: the theorem is about learners that must survive every answer within",
    "the tolerance, and sampling noise is not such an adversary. It is a worst case over the family, not over one target.",
  ].join("\n");
}

const success = (probability: number, queries: number | string, drawn = "a uniformly drawn member"): string =>
  `One that succeeds with probability ${probability} on ${drawn} needs at least ${queries} ${queries === 1 ? "query" : "queries"}.`;

/** The least rho that is not vacuous, rounded up to three digits. */
const threshold = (c: Certificate): string =>
  (Math.ceil(1000 / Math.sqrt(Number(c.dimension.spectral))) / 1000).toFixed(3);

/** What was checked, a line a check. */
export const formatVerification = ({ valid, route, checks }: Verification): string =>
  [
    `${valid ? "valid" : "NOT VALID"}: ${route}`,
    ...checks.map((c) => `  ${c.ok ? "ok  " : "FAIL"} ${c.name}: ${c.detail}`),
  ].join("\n");
