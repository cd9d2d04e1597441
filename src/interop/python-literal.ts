/**
 * Python literals as the headers of NumPy's arrays hold them, read and never evaluated: strings without escapes, whole
 * numbers (with the `L` of Python 2), True, False, None, tuples, lists and dictionaries with strings as keys. The
 * caller bounds the text's length; nesting is bounded here.
 */

export interface PythonSequence {
  readonly kind: "tuple" | "list";
  readonly items: readonly PythonLiteral[];
}
export type PythonLiteral =
  string | number | boolean | null | PythonSequence | ReadonlyMap<string, PythonLiteral>;

const deepest = 10;
const constants: ReadonlyMap<string, boolean | null> = new Map([
  ["True", true],
  ["False", false],
  ["None", null],
]);

/** @throws SyntaxError for anything else, or more than white space after it */
export function parsePythonLiteral(text: string): PythonLiteral {
  const token = /\s*(?:[uU]?'([^'\\\n]*)'|[uU]?"([^"\\\n]*)"|(-?\d{1,16})[lL]?(?!\w)|(\w+|[^\s\w]|$))/y;
  /** A string or a number as a value, a sign or a word as itself; the empty word at the end. */
  let next: { readonly value: string | number } | { readonly sign: string };
  const advance = (): void => {
    const [, single, double, digits, sign] = token.exec(text) ?? fail("unexpected end");
    if (sign !== undefined) next = { sign };
    else next = { value: digits === undefined ? (single ?? double) : Number(digits) };
  };
  const fail = (what: string): never => {
    throw new SyntaxError(what);
  };
  const at = (sign: string): boolean => "sign" in next && next.sign === sign;
  const take = (sign: string): void => {
    if (!at(sign)) fail(`no ${sign}`);
    advance();
  };

  /** Entries up to `close`, each followed by a comma but perhaps the last. */
  function entries<T>(close: string, entry: () => T): { list: T[]; trailing: boolean } {
    const list: T[] = [];
    let trailing = false;
    while (!at(close)) {
      list.push(entry());
      trailing = at(",");
      if (trailing) advance();
      else break;
    }
    take(close);
    return { list, trailing };
  }

  function literal(depth: number): PythonLiteral {
    if (depth > deepest) fail("too deep");
    if ("value" in next) {
      const { value } = next;
      advance();
      return value;
    }
    const { sign } = next;
    advance();
    if (sign === "{") return new Map(entries("}", () => pair(depth)).list);
    if (sign === "[") return { kind: "list", items: entries("]", () => literal(depth + 1)).list };
    if (sign === "(") {
      const { list, trailing } = entries(")", () => literal(depth + 1));
      // parentheses around one value without a comma are no tuple
      return list.length === 1 && !trailing ? list[0] : { kind: "tuple", items: list };
    }
    const constant = constants.get(sign);
    return constant === undefined ? fail(`unexpected ${sign}`) : constant;
  }

  function pair(depth: number): [string, PythonLiteral] {
    const key = literal(depth + 1);
    take(":");
    return typeof key === "string" ? [key, literal(depth + 1)] : fail("a key that is no string");
  }

  advance();
  const value = literal(0);
  return at("") ? value : fail("more than one value");
}
