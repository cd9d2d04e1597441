/**
 * What a forger who knows the program writes: a certificate of something else than its evidence shows, all of whose
 * fields agree.
 */

import type { JsonObject } from "../base/checked.ts";
import { InputError } from "../base/errors.ts";
import { askedOf, assemble, definingOf, type Asked, type Certificate } from "../query/certificate.ts";
import { certifiable, type WithCertificates } from "./certify.ts";

/**
 * A certificate with other evidence, parameters or numbers asked, and every field that follows from them recomputed,
 * the checksum included.
 * @param honest the certificate to start from
 * @param evidence fields in place of its own, of any value
 * @param params likewise; where the family refuses them, all else is that of its own
 * @param statement another tolerance, correlation, normalisation or names of notions
 * @param family the certificate's family, by value where it is not built in
 * @throws whatever the family's claims throw of evidence that makes no sense
 */
export function forge(
  honest: Certificate,
  evidence: object,
  params: object = {},
  statement: Partial<Asked> = {},
  family: WithCertificates | string = honest.family.id,
): Certificate {
  const { params: own } = honest.family;
  const known = certifiable(family);
  const json = { ...own, ...params } as JsonObject;
  const parsed = () => {
    try {
      return definingOf(known, known.parse(json));
    } catch (error) {
      if (error instanceof InputError) return definingOf(known, known.parse(own));
      throw error;
    }
  };
  return assemble(
    known,
    { ...parsed(), json },
    { ...honest.evidence, ...evidence },
    { ...askedOf(honest), ...statement },
  );
}
