/** The families that can be certified; a further one is one file and one line here. */

import { requireChoice } from "../../base/errors.ts";
import type { Certifier } from "../certifier.ts";
import { cnnHiddenPlane } from "../../family/cnn-hidden-plane/certificate.ts";
import { custom } from "../own-class/certificate.ts";
import { frameParity } from "../../family/frame-parity/certificate.ts";
import { gnnDegreeParity } from "../../family/gnn-degree-parity/certificate.ts";
import { gnnHiddenPlane } from "../../family/gnn-hidden-plane/certificate.ts";
import { invariantPolynomialCertifier } from "../../family/invariant-polynomial/certificate.ts";

/** A certifier whose own types are forgotten: what goes in has passed its schemas. */
export type AnyCertifier = Certifier<unknown, unknown>;

const certifiers = [
  gnnDegreeParity,
  cnnHiddenPlane,
  frameParity,
  gnnHiddenPlane,
  invariantPolynomialCertifier,
  custom,
] as unknown as readonly AnyCertifier[];

export const certifiedFamilies: readonly string[] = certifiers.map((c) => c.family);

export const findCertifier = (family: string): AnyCertifier | undefined =>
  certifiers.find((c) => c.family === family);

/** @throws InputError for a family without certificates, naming those that have them */
export function certifierOf(family: string): AnyCertifier {
  requireChoice(family, certifiedFamilies, "family");
  return findCertifier(family) as AnyCertifier;
}

export type { Certifier };
