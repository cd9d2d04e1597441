import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { fields } from "../../src/base/fields.ts";
import { described, integer } from "../../src/base/schema.ts";
import { families } from "../../src/family/registry.ts";
import { trainSchema } from "../../src/learner/training-options.ts";
import { learnSchema } from "../../src/learner/learner.ts";

/** The same by zod's own JSON Schema. */
interface Property {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
}
function byJsonSchema(schema: z.core.$ZodType) {
  const { properties = {} } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return Object.entries(properties as Record<string, Property>).map(([name, p]) => ({
    name,
    description: p.description ?? "",
    type: p.type ?? "string",
    default: p.default,
    choices: p.enum,
  }));
}

const schemas: [string, z.core.$ZodType][] = [
  ["train", trainSchema],
  ["learn", learnSchema],
  ...families.map((f): [string, z.core.$ZodType] => [f.id, f.schema]),
];

describe("fields", () => {
  it.each(schemas)("of %s are those of zod's JSON Schema", (_, schema) => {
    const found = fields(schema).map(({ name, description, type, default: preset, choices }) => {
      return { name, description, type, default: preset, choices };
    });
    expect(found).toEqual(byJsonSchema(schema));
    expect(found.length).toBeGreaterThan(0);
  });

  it("state the narrowest limits, and none that is no limit", () => {
    const allowed = (schema: z.core.$ZodType) => fields(z.strictObject({ x: schema }))[0].allowed;
    expect(allowed(integer(3, 100))).toBe("an integer 3 to 100");
    expect(allowed(z.optional(z.int().check(z.gte(2), z.gte(3), z.lt(9))))).toBe(
      "an integer at least 3 and below 9",
    );
    expect(allowed(z.int())).toBe("an integer");
    expect(allowed(z.number().check(z.gt(0), z.lte(1)))).toBe("a number above 0 and at most 1");
    expect(allowed(z._default(z.array(z.enum(["a", "b"])), []))).toBe("a list of a, b");
    expect(allowed(z.string())).toBe("");
  });

  it("take the outermost description and default", () => {
    const x = described(z._default(z.optional(described(z.string(), "inner")), "d"), "outer");
    expect(fields(z.strictObject({ x, y: z.optional(described(z.boolean(), "inner")) }))).toEqual([
      { name: "x", description: "outer", type: "string", default: "d", allowed: "" },
      { name: "y", description: "inner", type: "boolean", allowed: "" },
    ]);
    expect(fields(z.string())).toEqual([]);
  });
});
