/** Certificates as text for people: an entry of its own, so that who only certifies and verifies does not load it. */

import { reject } from "../base/errors.ts";
import { definingOf, type Certificate } from "../query/certificate.ts";
import { formatClass } from "../query/format.ts";
import { classOf, type WithCertificates } from "./certify.ts";

/**
 * A certificate as one screen of text; one that says nothing contains the word "vacuous".
 * @param further families of one's own that it may be of
 * @throws InputError for a certificate of a family that is not known
 */
export function formatCertificate(
  certificate: Certificate,
  further: readonly WithCertificates[] = [],
): string {
  const { id, params } = certificate.family;
  const known = classOf(further)(id) ?? reject({ where: "family.id", what: `"${id}" is unknown` });
  return formatClass(known, definingOf(known, known.parse(params)), certificate);
}
