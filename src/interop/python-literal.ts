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

/** A string or a number as a value, a sign or a word as itself; the empty word at the end. */
type Token = { readonly value: string | number } | { readonly sign: string };

function fail(what: string): never {
  throw new SyntaxError(what);
}

/** The tokens of a text, one at a time. */
function tokensOf(text: string) {
  const form = /\s*(?:[uU]?'([^'\\\n]*)'|[uU]?"([^"\\\n]*)"|(-?\d{1,16})[lL]?(?!\w)|(\w+|[^\s\w]|$))/y;
  const read = (): Token => {
    const [, single, double, digits, sign] = form.exec(text) ?? fail("unexpected end");
    if (sign !== undefined) return { sign };
    return { value: digits === undefined ? (single ?? double) : Number(digits) };
  };
  let next = read();
  const at = (sign: string): boolean => "sign" in next && next.sign === sign;
  /** The next token, which is then behind us. */
  const advance = (): Token => {
    const token = next;
    next = at("") ? next : read();
    return token;
  };
  return {
    at,
    advance,
    take(sign: string): void {
      if (!at(sign)) fail(`no ${sign}`);
      advance();
    },
  };
}

/** @throws SyntaxError for anything else, or more than white space after it */
export function parsePythonLiteral(text: string): PythonLiteral {
  const { at, advance, take } = tokensOf(text);

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
    const token = advance();
    if ("value" in token) return token.value;
    const { sign } = token;
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

  const value = literal(0);
  return at("") ? value : fail("more than one value");
}
