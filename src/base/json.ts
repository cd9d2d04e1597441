/** JSON as the project reads and writes it: big integers as strings, keys in a canonical order where it is hashed. */

import { reject } from "./errors.ts";

/** Whatever JSON can say. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * The value of a JSON text, with or without a byte-order mark.
 * @param where the file's name, for complaints
 * @param allowed what the text should have been
 * @throws InputError if it is not JSON
 */
export function parseJson(text: string, where: string, allowed?: string): unknown {
  try {
    return JSON.parse(text.startsWith("\ufeff") ? text.slice(1) : text);
  } catch (error) {
    const what = `is not JSON (${(error as Error).message.slice(0, 80)})`;
    return reject({ where, what, ...(allowed === undefined ? {} : { allowed }) });
  }
}

/**
 * The first key that an object of a JSON text has twice, of which a parser keeps only the last; undefined if none.
 * @param text valid JSON
 */
export function duplicateKey(text: string): string | undefined {
  const open: (Set<string> | null)[] = [];
  const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs;
  let last: string | undefined;
  for (const [found] of text.matchAll(token)) {
    if (found === "{") open.push(new Set());
    else if (found === "[") open.push(null);
    else if (found === "}" || found === "]") open.pop();
    else if (found === ":") {
      const key = JSON.parse(last ?? '""') as string;
      const keys = open[open.length - 1];
      if (keys?.has(key)) return key;
      keys?.add(key);
    } else if (found !== ",") last = found;
  }
  return undefined;
}

/** The number, or null where it is not finite and JSON has no form for it. */
export const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Pretty JSON for files and stdout; bigint values become strings, non-finite numbers are an error. */
export function printJson(value: unknown, indent = 2): string {
  return JSON.stringify(value, plain, indent);
}

/** One line, keys sorted at every level: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (key, inner) => sorted(plain(key, inner)));
}

function plain(key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number" && !Number.isFinite(value))
    throw new RangeError(`the number ${value} at "${key}" has no JSON form`);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return Array.from(value as ArrayBufferView & ArrayLike<number>);
  return value;
}

/** An object with its keys in order; anything else as it is. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value) || value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => Number(a > b) - Number(a < b)));
}
