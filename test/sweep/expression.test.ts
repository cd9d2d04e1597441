/** Conditions mean what JavaScript's own evaluation of the same text means. */

import fc from "fast-check";
import { expect, it } from "vitest";
import { parseCondition } from "../../src/sweep/expression.ts";

const values: Readonly<Record<string, number>> = { a: 2, b: 3, c: 7 };
const { sum } = fc.letrec<{ sum: string; condition: string }>((tie) => ({
  sum: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom("a", "b", "c", "1", "2.5", "10"),
    fc
      .tuple(tie("sum"), fc.constantFrom("+", "-", "*", "/"), tie("sum"))
      .map(([x, o, y]) => `${x} ${o} ${y}`),
    tie("sum").map((x) => `(${x})`),
  ),
  condition: fc.constant(""),
}));
const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: "small" },
    fc
      .tuple(sum, fc.constantFrom("<", "<=", ">", ">=", "==", "!="), sum)
      .map(([x, o, y]) => `${x} ${o} ${y}`),
    fc
      .tuple(tie("condition"), fc.constantFrom("and", "or"), tie("condition"))
      .map(([x, o, y]) => `${x} ${o} ${y}`),
    tie("condition").map((x) => `not (${x})`),
    tie("condition").map((x) => `(${x})`),
  ),
}));

it("as JavaScript reads them", () => {
  fc.assert(
    fc.property(
      condition.filter((text) => text.length < 500),
      (text) => {
        const script = text.replaceAll("and", "&&").replaceAll("or", "||").replaceAll("not", "!");
        const names = Object.keys(values);
        // eslint-disable-next-line no-new-func
        const expected = new Function(...names, `return ${script}`)(...Object.values(values)) as unknown;
        expect(parseCondition(text, names, "where").holds((name) => values[name])).toBe(expected);
      },
    ),
    { numRuns: 500 },
  );
});

it.each([
  ["a < nothing", "nothing"],
  ["a <", "the end"],
  ["(a < 1", "parenthesis"],
  ["a < 1 b", '"b" is too much'],
  ["a $ 1", "not understood"],
  ["", "the end"],
])("%s is refused: %s", (text, message) => {
  expect(() => parseCondition(text, ["a", "b"], "where")).toThrow(message);
});

it("what has no value meets no comparison, strings are compared whole", () => {
  const holds = (text: string): boolean =>
    parseCondition(text, ["x", "s"], "").holds((name) => (name === "x" ? null : "sum"));
  expect(["x < 1", "x >= 1", "x == 1", "x != 1", 's == "sum"', "s != 'sum'"].map(holds)).toEqual([false, false, false, false, true, false]); // prettier-ignore
});
