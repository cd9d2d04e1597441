/** Documents of unknown origin: is this a certificate at all, and is it plain data? */

import { reject } from "../base/errors.ts";
import { duplicateKey, parseJson } from "../base/json.ts";
import { parseWith } from "../base/schema.ts";
import { certificateSchema, certificateSchemaId, type Certificate } from "./certificate.ts";

/** The value as an object that calls itself a certificate. @throws InputError for anything else */
export function certificateLike(value: unknown): Record<string, unknown> {
  const refuse = (what: string): never =>
    reject({
      where: "certificate",
      what,
      allowed: `a document of schema "${certificateSchemaId}"`,
      next: "'equihard certify FAMILY --out FILE' writes one",
    });
  if (!isObject(value)) return refuse("not a JSON object");
  if (!Object.hasOwn(value, "schema")) return refuse('no field "schema"');
  if (value.schema !== certificateSchemaId) return refuse(`schema is ${shown(value.schema)}`);
  return value;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A certificate's text read as JSON. @throws InputError if it is not JSON, or says something twice */
export function parseDocument(text: string, where = "certificate"): unknown {
  const allowed = `a document of schema "${certificateSchemaId}"`;
  const document = parseJson(text, where, allowed);
  const twice = duplicateKey(text);
  if (twice !== undefined)
    reject({ where, what: `has the key "${twice.slice(0, 60)}" twice in one object`, allowed });
  return document;
}

/** A certificate whose form is right; nothing is verified. @throws InputError otherwise */
export const readCertificate = (value: unknown): Certificate =>
  parseWith(certificateSchema, certificateLike(value), "certificate");

/**
 * What JSON lets through but no certificate holds: infinite numbers (1e999), negative zero, keys that are traps, depth.
 * @returns the place of the first, or undefined
 */
export function oddity(value: unknown, depth = 0): string | undefined {
  if (typeof value === "number")
    return Number.isFinite(value) && !Object.is(value, -0) ? undefined : ": no plain number";
  if (typeof value === "string" || typeof value === "boolean" || value === null) return undefined;
  if (typeof value !== "object") return ": no JSON value";
  if (depth > 12) return ": nested too deeply";
  for (const key of Object.keys(value)) {
    const found =
      key === "__proto__" ? ": no name" : oddity((value as Record<string, unknown>)[key], depth + 1);
    if (found !== undefined) return found.startsWith(":") ? `${key}${found}` : `${key}.${found}`;
  }
  return undefined;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
