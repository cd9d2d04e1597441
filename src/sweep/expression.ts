/**
 * Small expressions over a trial's names, as sweeps use them: `n * width <= 640 and pool != "sum"`. Numbers, names,
 * strings; + - * /; comparisons; and, or, not; parentheses.
 */

import { requireChoice, reject } from "../base/errors.ts";

type Value = number | string | boolean | null;
/** What names stand for. */
export type Names = (name: string) => Value | undefined;
type Node = (names: Names) => Value;

/** A condition, read. */
export interface Condition {
  readonly text: string;
  /** A comparison with what has no value (null) does not hold. */
  holds(names: Names): boolean;
}

const token =
  /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*)|"([^"]*)"|'([^']*)'|(<=|>=|==|!=|[-+*/()<>]))/y;
const LONGEST = 1000;
/** What each of these words may nest, the stack has to hold. */
const nesting: ReadonlySet<string> = new Set(["(", "-", "not"]);
const DEEPEST = 100;

interface Token {
  readonly kind: "number" | "name" | "string" | "sign" | "end";
  readonly text: string;
}

function tokens(text: string, where: string): Token[] {
  const found: Token[] = [];
  const end = text.trimEnd().length;
  token.lastIndex = 0;
  for (let at = 0; at < end;) {
    token.lastIndex = at;
    const match = token.exec(text);
    if (match === null) return reject({ where, what: `"${text.slice(at).trim()}" is not understood` });
    const [, number, name, double, single, sign] = match;
    if (number !== undefined) found.push({ kind: "number", text: number });
    else if (name !== undefined) found.push({ kind: "name", text: name });
    else if (sign !== undefined) found.push({ kind: "sign", text: sign });
    else found.push({ kind: "string", text: double ?? single ?? "" });
    at = token.lastIndex;
  }
  return [...found, { kind: "end", text: "the end" }];
}

const number = (x: Value): number => (typeof x === "number" ? x : NaN);
const compare: Readonly<Record<string, (a: Value, b: Value) => boolean>> = {
  "<": (a, b) => number(a) < number(b),
  "<=": (a, b) => number(a) <= number(b),
  ">": (a, b) => number(a) > number(b),
  ">=": (a, b) => number(a) >= number(b),
  "==": (a, b) => a === b && a !== null,
  "!=": (a, b) => a !== b && a !== null && b !== null,
};
const sums: Readonly<Record<string, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
};
const products: Readonly<Record<string, (a: number, b: number) => number>> = {
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
};

/**
 * @param known the names that may stand in it
 * @throws InputError for what is no condition, and for unknown names
 */
export function parseCondition(text: string, known: readonly string[], where: string): Condition {
  if (text.length > LONGEST)
    reject({ where, what: `${text.length} characters are too many`, allowed: `at most ${LONGEST}` });
  const reader = readerOf(text, known, where);
  const root = either(reader);
  const rest = reader.next();
  if (rest.kind !== "end") reject({ where, what: `"${rest.text}" is too much in "${text}"` });
  return { text, holds: (names) => root(names) === true };
}

/** The tokens of a condition, one after the other. */
interface Reader {
  next(): Token;
  /** Takes the next token if it is one of the words. */
  take(words: readonly string[]): string | undefined;
  name(word: string): string;
  refuse(what: string): never;
}

function readerOf(text: string, known: readonly string[], where: string): Reader {
  const list = tokens(text, where);
  if (list.filter(({ text: word }) => nesting.has(word)).length > DEEPEST)
    reject({ where, what: "is nested too deeply", allowed: `at most ${DEEPEST} parentheses and signs` });
  let at = 0;
  return {
    next: () => list[at++],
    take(words) {
      const { kind, text: word } = list[at];
      if ((kind !== "sign" && kind !== "name") || !words.includes(word)) return undefined;
      at++;
      return word;
    },
    name: (word) => requireChoice(word, known, where),
    refuse: (what) => reject({ where, what: `${what} in "${text}"`, allowed: "a condition such as n < 10" }),
  };
}

/** Operands joined by operators of one rank, from the left. */
function chain(
  reader: Reader,
  operand: (of: Reader) => Node,
  operators: Readonly<Record<string, (a: number, b: number) => number>>,
): Node {
  let node = operand(reader);
  for (;;) {
    const operator = reader.take(Object.keys(operators));
    if (operator === undefined) return node;
    const [apply, a, b] = [operators[operator], node, operand(reader)];
    node = (names) => apply(number(a(names)), number(b(names)));
  }
}

function atom(reader: Reader): Node {
  const { kind, text: word } = reader.next();
  if (kind === "number") return () => Number(word);
  if (kind === "string") return () => word;
  if (kind === "name" && (word === "true" || word === "false")) return () => word === "true";
  if (kind === "name") {
    const known = reader.name(word);
    return (names) => names(known) ?? null;
  }
  if (word === "-") {
    const inner = atom(reader);
    return (names) => -number(inner(names));
  }
  if (word !== "(") return reader.refuse(`${word} stands where a value should`);
  const inner = either(reader);
  if (reader.take([")"]) === undefined) reader.refuse("a parenthesis is not closed");
  return inner;
}

const product = (reader: Reader): Node => chain(reader, atom, products);
const sum = (reader: Reader): Node => chain(reader, product, sums);

function comparison(reader: Reader): Node {
  const a = sum(reader);
  const sign = reader.take(Object.keys(compare));
  if (sign === undefined) return a;
  const [apply, b] = [compare[sign], sum(reader)];
  return (names) => apply(a(names), b(names));
}

function not(reader: Reader): Node {
  if (reader.take(["not"]) === undefined) return comparison(reader);
  const inner = not(reader);
  return (names) => inner(names) !== true;
}

function both(reader: Reader): Node {
  const parts = [not(reader)];
  while (reader.take(["and"]) !== undefined) parts.push(not(reader));
  return parts.length === 1 ? parts[0] : (names) => parts.every((part) => part(names) === true);
}

function either(reader: Reader): Node {
  const parts = [both(reader)];
  while (reader.take(["or"]) !== undefined) parts.push(both(reader));
  return parts.length === 1 ? parts[0] : (names) => parts.some((part) => part(names) === true);
}
