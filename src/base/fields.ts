/**
 * The fields of an object schema as data, for listings, command lines, forms and complaints. Read off the schema
 * itself: zod's JSON Schema is 20 KiB in a browser and tells no more of these.
 */

import * as z from "zod/mini";

type Definition = z.core.$ZodTypes["_zod"]["def"];

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

/** The fields in order; none of a schema that is not an object's. */
export function fields(schema: z.core.$ZodType): Field[] {
  const { def } = unwrapped(schema);
  return def.type === "object" ? Object.entries(def.shape).map(([name, s]) => field(name, s)) : [];
}

function field(name: string, schema: z.core.$ZodType): Field {
  const { def, description, preset } = unwrapped(schema);
  return {
    name,
    description: description ?? "",
    type: typeOf(def),
    ...(preset === undefined ? {} : { default: preset }),
    ...(def.type === "enum" ? { choices: Object.values(def.entries).map(String) } : {}),
    allowed: allowed(def),
  };
}

/** What lies within defaults and options, with the outermost description and default. */
function unwrapped(schema: z.core.$ZodType): {
  readonly def: Definition;
  readonly description: string | undefined;
  readonly preset: unknown;
} {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const description = z.globalRegistry.get(schema)?.description;
  const preset = def.type === "default" || def.type === "prefault" ? def.defaultValue : undefined;
  if (!("innerType" in def)) return { def, description, preset };
  const inner = unwrapped(def.innerType);
  return { ...inner, description: description ?? inner.description, preset: preset ?? inner.preset };
}

function typeOf(def: Definition): Field["type"] {
  switch (def.type) {
    case "number":
      return limits(def).whole ? "integer" : "number";
    case "boolean":
    case "array":
    case "object":
      return def.type;
    case "tuple":
      return "array";
    case "record":
      return "object";
    default:
      return "string";
  }
}

interface Limits {
  readonly whole: boolean;
  readonly low: readonly Limit[];
  readonly high: readonly Limit[];
}
interface Limit {
  readonly value: number;
  readonly inclusive: boolean;
}

/** The bounds that a number's checks state. */
function limits(def: z.core.$ZodNumberDef): Limits {
  const own = "check" in def ? [def as z.core.$ZodNumberFormatDef] : [];
  const checks = [...own, ...(def.checks ?? []).map((c) => (c as z.core.$ZodChecks)._zod.def)];
  const bounds = (kind: "greater_than" | "less_than"): Limit[] =>
    checks.flatMap((c) => (c.check === kind ? [{ value: Number(c.value), inclusive: c.inclusive }] : []));
  return {
    whole: checks.some((c) => c.check === "number_format" && c.format.includes("int")),
    low: bounds("greater_than"),
    high: bounds("less_than"),
  };
}

/** Range or choices in words; empty if there is no limit. */
function allowed(def: Definition): string {
  if (def.type === "enum") return Object.values(def.entries).join(", ");
  if (def.type === "array") {
    const items = allowed(unwrapped(def.element).def);
    return items === "" ? "a list" : `a list of ${items}`;
  }
  if (def.type !== "number") return "";
  const { whole, low, high } = limits(def);
  const least = [...low].sort((a, b) => b.value - a.value)[0];
  const most = [...high].sort((a, b) => a.value - b.value)[0];
  return [whole ? "an integer" : "a number", range(least, most)].filter((s) => s !== "").join(" ");
}

function range(low: Limit | undefined, high: Limit | undefined): string {
  if (low?.inclusive && high?.inclusive && stated(low) && stated(high))
    return `${low.value} to ${high.value}`;
  return [end(low, "at least", "above"), end(high, "at most", "below")].filter((s) => s !== "").join(" and ");
}

/** One end of a range in words; empty where there is none worth a word. */
function end(limit: Limit | undefined, inclusive: string, exclusive: string): string {
  if (limit === undefined || !stated(limit)) return "";
  return `${limit.inclusive ? inclusive : exclusive} ${limit.value}`;
}

/** The largest safe integer is no limit worth a word. */
const stated = ({ value }: Limit): boolean => Math.abs(value) < Number.MAX_SAFE_INTEGER;
