import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { formatProblem, InputError, nearest, requireChoice } from "../../src/base/errors.ts";
import { canonicalJson, printJson } from "../../src/base/json.ts";
import { fields } from "../../src/base/fields.ts";
import { described, integer, parseWith } from "../../src/base/schema.ts";

const schema = z.strictObject({
  n: described(integer(3, 100), "nodes"),
  p: z._default(z.number().check(z.gt(0), z.lt(1)), 0.5),
  kind: z._default(z.enum(["a", "b"]), "a"),
  set: z.optional(z.array(integer(0, 9))),
});

const complaint = (value: unknown): string => {
  try {
    parseWith(schema, value);
  } catch (error) {
    if (error instanceof InputError) return formatProblem(error.problem);
    throw error;
  }
  return "accepted";
};

describe("parseWith", () => {
  it("fills defaults", () => {
    expect(parseWith(schema, { n: 5 })).toEqual({ n: 5, p: 0.5, kind: "a" });
  });

  it.each([
    [{ n: 2 }, "n: 2 is too small; allowed: an integer 3 to 100"],
    [{ n: 1e9 }, "n: 1000000000 is too large; allowed: an integer 3 to 100"],
    [{ n: 5, p: NaN }, "p: NaN does not fit; allowed: a number above 0 and below 1"],
    [{ n: 5, p: 2 }, "p: 2 is too large; allowed: a number above 0 and below 1"],
    [{ n: 5, kind: "c" }, 'kind: "c" is unknown; allowed: a, b'],
    [{ n: 5, knd: "a" }, '"knd" is unknown; allowed: n, p, kind, set; did you mean "kind"?'],
    [{}, "n: missing; allowed: an integer 3 to 100"],
    [{ n: 5, set: [12] }, "set.0: 12 is too large; allowed: at most 9"],
  ])("rejects %j in one line", (value, line) => {
    expect(complaint(value)).toBe(line);
  });
});

it("fields are described as data", () => {
  expect(fields(schema).map((f) => [f.name, f.type, f.allowed])).toEqual([
    ["n", "integer", "an integer 3 to 100"],
    ["p", "number", "a number above 0 and below 1"],
    ["kind", "string", "a, b"],
    ["set", "array", "a list of an integer 0 to 9"],
  ]);
});

it("one schema described twice is two fields, each with its own text", () => {
  const count = integer(1, 9);
  const two = z.strictObject({ a: described(count, "first"), b: described(count, "second"), c: count });
  expect(fields(two).map((f) => f.description)).toEqual(["first", "second", ""]);
});

it("nearest proposes close words only", () => {
  expect(nearest("certfy", ["certify", "verify"])).toBe("certify");
  expect(nearest("xyz", ["certify", "verify"])).toBeUndefined();
  expect(() => requireChoice("ab", ["abc"], "here")).toThrow(
    /here: "ab" is unknown; allowed: abc; did you mean "abc"/,
  );
});

it("JSON: big integers as strings, keys in canonical order, no non-finite numbers", () => {
  expect(canonicalJson({ b: 1n, a: [{ d: 1, c: 2 }] })).toBe('{"a":[{"c":2,"d":1}],"b":"1"}');
  expect(() => printJson({ x: NaN })).toThrow(RangeError);
});
