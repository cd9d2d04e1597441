/** Schemas (zod/mini): parsing with errors as one clear line, and parameters described as data. */

import * as z from "zod/mini";
import { nearest, reject, type Problem } from "./errors.ts";
import { fields } from "./fields.ts";

/** The schema with the text that `families`, `--help` and the lab show for a field; the one given keeps what it has. */
export function described<S extends z.core.$ZodType>(schema: S, description: string): S {
  const own = z.clone(schema);
  z.globalRegistry.add(own, { description });
  return own;
}

/** An integer in [min, max]. */
export const integer = (min: number, max: number) => z.int().check(z.gte(min), z.lte(max));

/** Parses `value`; on failure rejects with the first problem, `where` naming the document or option group. */
export function parseWith<S extends z.core.$ZodType>(schema: S, value: unknown, where?: string): z.output<S> {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  return reject(explain(result.error.issues[0], value, schema, where));
}

function explain(issue: z.core.$ZodIssue, value: unknown, schema: z.core.$ZodType, where?: string): Problem {
  const path = issue.path.map(String).join(".");
  const at = [where, path].filter((s) => s !== undefined && s !== "").join(": ");
  const place = at === "" ? {} : { where: at };
  const received = issue.path.reduce<unknown>(
    (v, k) => (v as Record<PropertyKey, unknown> | undefined)?.[k],
    value,
  );
  const shown = received === undefined ? "missing" : show(received);
  const field = issue.path.length === 1 ? fields(schema).find((f) => f.name === path) : undefined;
  const orField = (allowed: string): string => (field?.allowed ? field.allowed : allowed);
  switch (issue.code) {
    case "unrecognized_keys": {
      const name = issue.keys[0];
      const known = issue.path.length === 0 ? fields(schema).map((f) => f.name) : [];
      const close = nearest(name, known);
      return {
        ...place,
        what: `"${name}" is unknown`,
        ...(known.length > 0 ? { allowed: known.join(", ") } : {}),
        ...(close === undefined ? {} : { next: `did you mean "${close}"?` }),
      };
    }
    case "too_small": {
      const least = `${bound(issue.inclusive, "at least", "above")} ${issue.minimum}${unit(issue.origin)}`;
      return { ...place, what: `${shown} is too small`, allowed: orField(least) };
    }
    case "too_big": {
      const most = `${bound(issue.inclusive, "at most", "below")} ${issue.maximum}${unit(issue.origin)}`;
      return { ...place, what: `${shown} is too large`, allowed: orField(most) };
    }
    case "invalid_value":
      return { ...place, what: `${shown} is unknown`, allowed: issue.values.map(String).join(", ") };
    case "invalid_type":
      return {
        ...place,
        what: received === undefined ? "missing" : `${shown} does not fit`,
        allowed: orField(article(String(issue.expected))),
      };
    case "custom":
      return { ...place, what: issue.message };
    default:
      return { ...place, what: `${shown} does not fit (${issue.message || issue.code})` };
  }
}

const bound = (inclusive: boolean | undefined, yes: string, no: string): string =>
  inclusive === false ? no : yes;
const units: Readonly<Record<string, string>> = { array: " entries", string: " characters" };
const unit = (origin: string): string => units[origin] ?? "";
function article(noun: string): string {
  if (noun === "int") return "an integer";
  return `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
}

function show(value: unknown): string {
  if (typeof value === "number") return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
