/** A training budget held against a certificate that has been verified first. */

import { reject } from "../base/errors.ts";
import { heldAgainst, type Budget, type BudgetOptions } from "../query/budget.ts";
import type { Certificate } from "../query/certificate.ts";
import type { BallBounds } from "../query/noisy-gradient.ts";
import type { Verification } from "../query/verify.ts";
import { readCertificate } from "../query/document.ts";
import { verify, type VerifyFamilyOptions, type WithCertificates } from "./certify.ts";
import { families } from "./registry.ts";
import { reluBounds } from "./relu-sums.ts";

/** The verification of a certificate, and the budget held against it where it is valid. */
export interface VerifiedBudget {
  readonly verification: Verification;
  readonly budget: Budget | null;
}

/**
 * @param document what a certificate file holds, parsed
 * @throws InputError if it is no certificate at all, or the numbers are out of range
 */
export async function verifiedBudget(
  document: unknown,
  options: BudgetOptions,
  checking: VerifyFamilyOptions = {},
): Promise<VerifiedBudget> {
  const verification = await verify(document, checking);
  if (!verification.valid) return { verification, budget: null };
  const certificate = readCertificate(document);
  const bounded = options.ball !== undefined && options.noise !== undefined;
  const bounds = bounded ? ballBounds(certificate, checking.families ?? []) : undefined;
  return { verification, budget: heldAgainst(certificate, options, bounds) };
}

/**
 * The budget of T steps on P weights, beside what the certificate asks for.
 * @throws InputError for a certificate that does not verify, and for numbers out of range
 */
export async function budget(
  document: unknown,
  options: BudgetOptions,
  checking: VerifyFamilyOptions = {},
): Promise<Budget> {
  const { verification, budget: held } = await verifiedBudget(document, options, checking);
  if (held !== null) return held;
  const wrong = verification.checks.find((c) => !c.ok);
  return reject({
    where: "certificate",
    what: `does not verify: ${wrong?.name ?? "form"}: ${wrong?.detail ?? verification.route}`,
    next: "'equihard certify FAMILY --out FILE' writes one that does",
  });
}

/** What is known of the derivatives of the family's student over a ball. */
function ballBounds(
  { family: { id, params } }: Certificate,
  further: readonly WithCertificates[],
): BallBounds {
  const family = [...further, ...families].find((f) => f.id === id);
  const dimension = family?.reluSums?.dimension(family.parse(params)) ?? null;
  if (dimension !== null) return reluBounds(dimension);
  return reject({
    where: "--ball",
    what: `no bound over a ball is known for the derivatives of a student of ${id} with these parameters`,
    allowed: "gnn-hidden-plane with --n 1",
    next: "leave it out: the theorem is then stated for derivatives of norm at most 1",
  });
}
