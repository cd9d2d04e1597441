/**
 * The independent verifier: does the statement follow from the evidence, and is the evidence true?
 *
 * First the form (schemas, strict at every level), then every field recomputed from family, tau, rho and evidence and
 * compared exactly, then the evidence itself by the family's other route. Exact comparison means that a document with another
 * statement passes only if it is the statement that follows for its own tau and rho.
 */

import type { Checked } from "../base/checked.ts";
import { InputError } from "../base/errors.ts";
import { canonicalJson } from "../base/json.ts";
import { refuseUnread } from "../base/options.ts";
import { parseWith } from "../base/schema.ts";
import { runSteps } from "../base/progress.ts";
import { assemble, certificateSchema, definingOf, type Certificate } from "./certificate.ts";
import type { Certifiable, Check, CheckOptions } from "./certifier.ts";
import type { Labels } from "./own-class/labels.ts";
import { certificateLike, oddity } from "./document.ts";

export interface Verification {
  readonly schema: "equihard.verification/1";
  readonly valid: boolean;
  /** How the evidence was checked, in words. */
  readonly route: string;
  readonly checks: Check[];
}

export interface VerifyOptions {
  /** Every Fourier coefficient instead of 256 random ones. */
  readonly full?: boolean;
  /** What a certificate of a class of one's own was made from; refused for others. */
  readonly labels?: Labels;
  readonly onProgress?: (fraction: number) => void;
}

/**
 * @param document what a certificate file holds, parsed
 * @param familyOf the class of an id, undefined for an unknown one
 * @throws InputError if it is no certificate at all (not an object, or another schema), or does not read the labels given
 */
export async function verifyClass(
  document: unknown,
  familyOf: (id: string) => Certifiable | undefined,
  options: VerifyOptions = {},
): Promise<Verification> {
  const checks: Check[] = [];
  const result = (route: string): Verification => ({
    schema: "equihard.verification/1",
    valid: checks.every((c) => c.ok),
    route,
    checks,
  });
  const form = readForm(certificateLike(document), familyOf);
  checks.push(form.check);
  if (form.parts === undefined) return result("form of the document");

  const { certificate, family, params, evidence } = form.parts;
  const { verifier } = family;
  checks.push(...verifier.wellFormed(params, evidence).filter((c) => !c.ok));
  if (checks.some((c) => !c.ok)) return result("form of the evidence");

  const expected = assemble(family, params, evidence, certificate.statement);
  for (const field of [
    "model",
    "functions",
    "gram",
    "dimension",
    "statement",
    "confidence",
    "digest",
  ] as const)
    checks.push(compared(field, certificate[field], expected[field]));
  if (checks.some((c) => !c.ok)) return result("fields recomputed from the evidence");

  const { onProgress, full = false, labels } = options;
  const reads = (family.certifier.options?.(params, {}) ?? []).filter((name) => name === "labels");
  refuseUnread({ labels }, reads, `the check of ${family.id}: its evidence stands alone`);
  const checking: CheckOptions = { full, ...(labels === undefined ? {} : { labels }) };
  const outcome = await runSteps(verifier.check(params, evidence, checking), (p) =>
    onProgress?.(Math.min(1, p.done / p.total)),
  );
  checks.push(...outcome.checks);
  return result(outcome.route);
}

interface Parts {
  readonly certificate: Certificate;
  readonly family: Certifiable;
  readonly params: Checked;
  readonly evidence: unknown;
}

function readForm(
  document: Record<string, unknown>,
  familyOf: (id: string) => Certifiable | undefined,
): { check: Check; parts?: Parts } {
  const bad = (detail: string) => ({ check: { name: "fields", ok: false, detail } });
  const odd = oddity(document);
  if (odd !== undefined) return bad(odd);
  try {
    const certificate = parseWith(certificateSchema, document);
    const { id, params: stated } = certificate.family;
    const family = familyOf(id);
    if (family === undefined) return bad(`family.id: "${id}" is unknown`);
    const params = definingOf(family, family.parse(stated));
    if (canonicalJson(params.json) !== canonicalJson(stated))
      return bad(`family.params: ${brief(stated)}, but ${brief(params.json)} defines the family`);
    const evidence = parseWith(family.certifier.evidence, certificate.evidence, "evidence");
    const check = { name: "fields", ok: true, detail: "all fields present, none unknown" };
    return { check, parts: { certificate, family, params, evidence } };
  } catch (error) {
    if (error instanceof InputError) return bad(error.message);
    throw error;
  }
}

/** As one line, cut where it is long. */
function brief(value: unknown): string {
  const text = canonicalJson(value);
  return text.length > 160 ? `${text.slice(0, 157)}...` : text;
}

function compared(field: string, found: unknown, expected: unknown): Check {
  const ok = canonicalJson(found) === canonicalJson(expected);
  const detail = ok ? "as it follows from the evidence" : `${brief(found)}, but ${brief(expected)} follows`;
  return { name: field, ok, detail };
}
