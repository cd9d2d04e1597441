/**
 * Certificates, their check and Gram matrices of families, given by value or by id: the theory of `query/` brought
 * together with them.
 */

import type { ReadFile } from "../base/checked.ts";
import { reject } from "../base/errors.ts";
import {
  certificateCost,
  certifyClass,
  type Certificate,
  type CertifyOptions,
} from "../query/certificate.ts";
import type { Cost } from "../base/cost.ts";
import type { Certifiable } from "../query/certifier.ts";
import type { Gram } from "../query/gram.ts";
import { customClass } from "../query/own-class/index.ts";
import { verifyClass, type Verification, type VerifyOptions } from "../query/verify.ts";
import { withCertificates, type WithCertificates } from "./certifiable.ts";
import type { Family } from "./family.ts";
import { asFamily, families, familyById } from "./registry.ts";

export type { WithCertificates } from "./certifiable.ts";

/** The family with its certificates; "custom" names the class of one's own. @throws InputError for one that has none */
export function certifiable(family: WithCertificates | string): Certifiable {
  if (family === customClass.id) return customClass;
  return withCertificates(typeof family === "string" ? familyById(family) : family);
}

/**
 * How many queries any learner of the family needs, with the evidence.
 * @param family by value, or the id of a built-in one
 * @param params its parameters, checked or as one would write them: defaults are filled in
 * @throws InputError for parameters that cannot be certified
 */
export async function certify(
  family: WithCertificates | string,
  params: unknown,
  options: CertifyOptions = {},
): Promise<Certificate> {
  return certifyClass(certifiable(family), params, options);
}

/** What `certify` will take, in seconds on one core and bytes, as far as it is more than little. */
export const costOfCertificate = (
  family: WithCertificates | string,
  params: unknown,
  options: CertifyOptions = {},
): Cost => certificateCost(certifiable(family), params, options);

/** The class of an id, undefined for an unknown one; `further` families beside those of the program. */
export const classOf =
  (further: readonly WithCertificates[]) =>
  (id: string): Certifiable | undefined => {
    const family = id === customClass.id ? id : [...further, ...families].find((f) => f.id === id);
    return family === undefined ? undefined : certifiable(family);
  };

/** How thorough a check is, and which families it knows beside the program's own. */
export interface VerifyFamilyOptions extends VerifyOptions {
  /** Families of one's own that the certificate may be of. */
  readonly families?: readonly WithCertificates[];
}

/**
 * Does the statement follow from the evidence, and is the evidence true?
 * @param document what a certificate file holds, parsed
 * @throws InputError if it is no certificate at all: not an object, or another schema
 */
export const verify = (
  document: unknown,
  { families: further = [], ...options }: VerifyFamilyOptions = {},
): Promise<Verification> => verifyClass(document, classOf(further), options);

/**
 * Inner products <f_i, f_j> = E f_i f_j of explicitly given members, not normalised.
 * @param document the members document of that family (see the command line's `gram`)
 * @param readFile gives the text of files that the document names (`"group": "file:generators.json"`)
 * @throws InputError for a family without listed members, or a document that does not fit
 */
export function gram(family: Family | string, document: unknown, readFile?: ReadFile): Gram {
  const known = asFamily(family);
  if (known.gram === undefined)
    return reject({
      where: "family",
      what: `${known.id} has no inner products of listed members`,
      allowed: families
        .filter((f) => f.gram !== undefined)
        .map((f) => f.id)
        .join(", "),
    });
  return known.gram(document, readFile);
}
