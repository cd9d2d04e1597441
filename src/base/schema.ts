/** Schemas (zod/mini): parsing with errors as one clear line, and parameters described as data. */

import * as z from "zod/mini";
import { nearest, reject, type Problem } from "./errors.ts";

/** Attaches the text that `families`, `--help` and the lab show for a field. */
export function described<S extends z.core.$ZodType>(schema: S, description: string): S {
  z.globalRegistry.add(schema, { description });
  return schema;
}

/** An integer in [min, max]. */
export const integer = (min: number, max: number) => z.int().check(z.gte(min), z.lte(max));

/** Parses `value`; on failure rejects with the first problem, `where` naming the document or option group. */
export function parseWith<S extends z.core.$ZodType>(schema: S, value: unknown, where?: string): z.output<S> {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  return reject(explain(result.error.issues[0], value, schema, where));
}

/** A field of an object schema as data. */
export interface Field {
  readonly name: string;
  readonly description: string;
  readonly type: "integer" | "number" | "string" | "boolean" | "array" | "object";
  readonly default?: unknown;
  readonly choices?: readonly string[];
  /** Range or choices in words; empty if there is no limit. */
  readonly allowed: string;
}

/** The fields of an object schema, in order, for listings, command lines and forms. */
export function fields(schema: z.core.$ZodType): Field[] {
  const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
  return Object.entries(json.properties ?? {}).map(([name, p]) => ({
    name,
    description: p.description ?? "",
    type: (p.type as Field["type"] | undefined) ?? "string",
    ...(p.default === undefined ? {} : { default: p.default }),
    ...(p.enum === undefined ? {} : { choices: p.enum }),
    allowed: allowedBy(p),
  }));
}

interface JsonSchema {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
}

function allowedBy(p: JsonSchema): string {
  if (p.enum !== undefined) return p.enum.join(", ");
  if (p.type === "array" && p.items !== undefined) {
    const items = allowedBy(p.items);
    return items === "" ? "a list" : `a list of ${items}`;
  }
  const safe = (x: number | undefined) =>
    x !== undefined && Math.abs(x) < Number.MAX_SAFE_INTEGER ? x : undefined;
  const low = p.exclusiveMinimum !== undefined ? `above ${p.exclusiveMinimum}` : safe(p.minimum) !== undefined ? `at least ${p.minimum}` : ""; // prettier-ignore
  const high = p.exclusiveMaximum !== undefined ? `below ${p.exclusiveMaximum}` : safe(p.maximum) !== undefined ? `at most ${p.maximum}` : ""; // prettier-ignore
  const noun = p.type === "integer" ? "an integer" : p.type === "number" ? "a number" : "";
  const both = safe(p.minimum) !== undefined && safe(p.maximum) !== undefined;
  const range = both ? `${p.minimum} to ${p.maximum}` : [low, high].filter((s) => s !== "").join(" and ");
  return [noun, range].filter((s) => s !== "").join(" ");
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
  const field = issue.path.length === 1 ? knownFields(schema).find((f) => f.name === path) : undefined;
  const orField = (allowed: string): string => (field?.allowed ? field.allowed : allowed);
  switch (issue.code) {
    case "unrecognized_keys": {
      const name = issue.keys[0];
      const known = issue.path.length === 0 ? knownFields(schema).map((f) => f.name) : [];
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
const unit = (origin: string): string =>
  origin === "array" ? " entries" : origin === "string" ? " characters" : "";
const article = (noun: string): string =>
  noun === "int" ? "an integer" : `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;

function knownFields(schema: z.core.$ZodType): Field[] {
  try {
    return fields(schema);
  } catch {
    return []; // a schema without a JSON form: the message then names the issue's own bound
  }
}

function show(value: unknown): string {
  if (typeof value === "number") return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
