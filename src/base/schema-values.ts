/** Values that a schema itself names: choices, literals and the ends of ranges, at any place of a document. */

import type * as z from "zod/mini";

type Schema = z.core.$ZodType;
const definition = (schema: Schema): z.core.$ZodTypes["_zod"]["def"] => (schema as z.core.$ZodTypes)._zod.def;

/** The schemas of the place: several where there is a union on the way. */
export function schemasAt(schema: Schema, path: readonly (string | number)[]): Schema[] {
  const def = definition(schema);
  if ("innerType" in def) return schemasAt(def.innerType, path);
  if (def.type === "union") return def.options.flatMap((option) => schemasAt(option, path));
  if (path.length === 0) return [schema];
  const [key, ...rest] = path;
  switch (def.type) {
    case "object":
      return Object.hasOwn(def.shape, key) ? schemasAt(def.shape[key], rest) : [];
    case "array":
      return schemasAt(def.element, rest);
    case "tuple":
      return typeof key === "number" && key < def.items.length ? schemasAt(def.items[key], rest) : [];
    case "record":
      return schemasAt(def.valueType, rest);
    default:
      return [];
  }
}

/** The fields that objects of the schema may have. */
export function fieldsNamed(schema: Schema): string[] {
  const def = definition(schema);
  return def.type === "object" ? Object.keys(def.shape) : [];
}

/** Choices and literals, and of numbers the ends of their range and the integers beside them. */
export function valuesNamed(schema: Schema): unknown[] {
  const def = definition(schema);
  switch (def.type) {
    case "enum":
      return Object.values(def.entries);
    case "literal":
      return [...def.values];
    case "boolean":
      return [true, false];
    case "number":
      return (def.checks ?? []).flatMap((check) => {
        const { value } = (check as { _zod: { def: { value?: unknown } } })._zod.def;
        return typeof value === "number" ? [value, value + 1, value - 1] : [];
      });
    default:
      return [];
  }
}
