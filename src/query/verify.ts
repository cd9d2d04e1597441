/**
 * The independent verifier: does the statement follow from the evidence, and is the evidence true?
 *
 * First the form (schemas, strict at every level), then every field recomputed from family, tau, rho and evidence and
 * compared exactly, then the evidence itself by the family's other route. Exact comparison means that a document with
 * another statement passes only if it is the statement that follows for its own tau and rho.
 */

import type { Checked } from "../base/checked.ts";
import { InputError } from "../base/errors.ts";
import { canonicalJson } from "../base/json.ts";
import { refuseUnread } from "../base/options.ts";
import { parseWith } from "../base/schema.ts";
import { runSteps, type DoAll } from "../base/progress.ts";
import { askedOf, assemble, certificateSchema, definingOf, type Certificate } from "./certificate.ts";
import { briefTime, type Cost } from "../base/cost.ts";
import type { Certifiable, Check, CheckOptions } from "./certifier.ts";
import type { Labels } from "./own-class/labels.ts";
import { certificateLike, oddity } from "./document.ts";

/**
 * How surely the verdict holds: `proved` by a proof checker; `checked` by recomputation with every rounding accounted
 * for; `sampled` up to the certificate's own confidence, as its evidence is a sample.
 */
export type VerificationLevel = "proved" | "checked" | "sampled";

/** What came of a check, as `verify --json` prints it. */
export interface Verification {
  readonly schema: "equihard.verification/1";
  readonly valid: boolean;
  readonly level: VerificationLevel;
  /** How the evidence was checked, in words. */
  readonly route: string;
  readonly checks: Check[];
}

/** How thoroughly a certificate is checked, and what that needs beside the document. */
export interface VerifyOptions {
  /** The longest check that there is, where there is more than one. */
  readonly full?: boolean;
  /** Draws samples anew, by randomness of the verifier's own; refused where nothing is sampled. */
  readonly fresh?: boolean;
  /** Work that may be done, on one core; default 10 minutes and 2 GiB. */
  readonly limit?: Cost;
  /** What a certificate of a class of one's own was made from; refused for others. */
  readonly labels?: Labels;
  /** How independent passes are done: by default one after the other. */
  readonly doAll?: DoAll;
  readonly onProgress?: (fraction: number) => void;
}

const defaultLimit: Cost = { seconds: 600, bytes: 2 * 2 ** 30 };

/**
 * @param document what a certificate file holds, parsed
 * @param familyOf the class of an id, undefined for an unknown one
 * @throws InputError if it is no certificate at all (not an object, or another schema), if its check does not read an
 *   option that is given, or takes more work than `limit`
 */
export async function verifyClass(
  document: unknown,
  familyOf: (id: string) => Certifiable | undefined,
  options: VerifyOptions = {},
): Promise<Verification> {
  const checks: Check[] = [];
  let level: VerificationLevel = "checked";
  const result = (route: string): Verification => ({
    schema: "equihard.verification/1",
    valid: checks.every((c) => c.ok),
    level,
    route,
    checks,
  });
  const form = readForm(certificateLike(document), familyOf);
  checks.push(form.check);
  if (form.parts === undefined) return result("form of the document");

  const { parts } = form;
  const { certificate, family, params, evidence } = parts;
  const { verifier } = family;
  checks.push(...guarded("evidence", () => verifier.wellFormed(params, evidence)).filter((c) => !c.ok));
  if (checks.some((c) => !c.ok)) return result("form of the evidence");

  checks.push(...guarded("statement", () => recomputed(parts)));
  if (checks.some((c) => !c.ok)) return result("fields recomputed from the evidence");

  if (certificate.confidence < 1) level = "sampled";
  const { onProgress, full = false, fresh = false, labels, doAll, limit = defaultLimit } = options;
  // every class may be asked for its longest check, which is often the only one
  const reads = ["full", ...(verifier.reads?.(params, evidence) ?? [])];
  refuseUnread({ fresh, labels }, reads, `the check of ${family.id}: its evidence stands alone`);
  const checking: CheckOptions = {
    full,
    fresh,
    ...(labels === undefined ? {} : { labels }),
    ...(doAll === undefined ? {} : { doAll }),
  };
  try {
    requireAffordable(verifier.cost?.(params, evidence, checking) ?? { seconds: 0, bytes: 0 }, limit);
    const outcome = await runSteps(verifier.check(params, evidence, checking), (p) =>
      onProgress?.(Math.min(1, p.done / p.total)),
    );
    checks.push(...outcome.checks);
    return result(outcome.route);
  } catch (error) {
    checks.push(failure("evidence", error));
    return result("the evidence cannot be what it says");
  }
}

/** Work above the limit: nothing is said about the document. */
class TooLong extends InputError {}

function requireAffordable({ seconds, bytes }: Cost, limit: Cost): void {
  if (seconds <= limit.seconds && bytes <= limit.bytes) return;
  throw new TooLong({
    where: "verify",
    what:
      seconds === Infinity
        ? "no independent route to the evidence is in reach"
        : `checking the evidence takes about ${briefTime(seconds)} and ${(bytes / 2 ** 30).toFixed(1)} GiB`,
    allowed: `${briefTime(limit.seconds)} and ${(limit.bytes / 2 ** 30).toFixed(1)} GiB`,
    ...(seconds === Infinity ? {} : { next: "add --yes to do it" }),
  });
}

/** Parameters whose group or graph cannot be built make a document that does not hold, not bad input. */
function guarded(name: string, checks: () => Check[]): Check[] {
  try {
    return checks();
  } catch (error) {
    return [failure(name, error)];
  }
}

function failure(name: string, error: unknown): Check {
  if (error instanceof InputError && !(error instanceof TooLong))
    return { name, ok: false, detail: error.message };
  throw error;
}

function recomputed({ certificate, family, params, evidence }: Parts): Check[] {
  const expected = assemble(family, params, evidence, askedOf(certificate));
  const fields = ["model", "functions", "gram", "dimension", "statement", "confidence", "digest"] as const;
  const optional = (["search", "notions"] as const).filter(
    (field) => certificate[field] !== undefined || expected[field] !== undefined,
  );
  return [...fields, ...optional].map((field) =>
    compared(field, certificate[field] ?? null, expected[field] ?? null),
  );
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
  if (saysLess(document["statement"]))
    return bad("written by an earlier version, whose statements left out their scope: certify again");
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

/** Statements of earlier versions named neither what they are relative to, nor the class, nor who is drawn from it. */
const saysLess = (statement: unknown): boolean =>
  typeof statement === "object" &&
  statement !== null &&
  ["normalisation", "class", "members", "training"].every((field) => !(field in statement));

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
