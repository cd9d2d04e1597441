/** A family as a class with certificates. */

import { reject } from "../base/errors.ts";
import type { Certifiable } from "../query/certifier.ts";
import type { Family } from "./family.ts";

/** What certificates need of a family: a class that is nothing else has no more. */
export type WithCertificates = Pick<Family, "id" | "model" | "parse" | "certifier" | "verifier"> &
  Partial<Pick<Family, "schema" | "reluSums">>;

/** @throws InputError for a family that has no certificates */
export function withCertificates({ id, model, parse, certifier, verifier }: WithCertificates): Certifiable {
  if (certifier === undefined || verifier === undefined)
    return reject({ where: id, what: "the family has no certificates" });
  return { id, model, parse, certifier, verifier };
}
