/** Documents a forger would write: evidence or parameters changed, and every field recomputed so that all agree. */

import type { Family } from "../../src/family/family.ts";
import type { JsonObject } from "../../src/base/checked.ts";
import { InputError } from "../../src/base/errors.ts";
import { certifiable } from "../../src/family/certify.ts";
import { assemble, definingOf, type Asked, type Certificate } from "../../src/query/certificate.ts";

export function forge(
  honest: Certificate,
  evidence: object,
  params: object = {},
  statement: Partial<Asked> = {},
  known: Family | string = honest.family.id,
): Certificate {
  const { params: own } = honest.family;
  const family = certifiable(known);
  const json = { ...own, ...params } as JsonObject;
  const parsed = () => {
    try {
      return definingOf(family, family.parse(json));
    } catch (error) {
      if (error instanceof InputError) return definingOf(family, family.parse(own)); // parameters that the family refuses: numbers of the honest ones
      throw error;
    }
  };
  return assemble(
    family,
    { ...parsed(), json },
    { ...honest.evidence, ...evidence },
    { ...honest.statement, ...statement },
  );
}
