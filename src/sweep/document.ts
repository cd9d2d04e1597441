/** A sweep's file as a value, with the place of everything in it: YAML, of which JSON is a part. */

import { InputError, reject } from "../base/errors.ts";

/** A value of a file, and where its parts stand. */
export interface Located {
  readonly value: unknown;
  /** `file:line:column` of what a path leads to, or of the closest that exists around it. */
  at(path: readonly PropertyKey[]): string;
}

const LARGEST = 2 ** 20;
/** Levels of lists and maps: a sweep has five, and the reader's time grows with their square. */
const DEEPEST = 50;
/** Nodes that aliases may stand for: none are needed, and a bomb of them is a small file of great content. */
const ALIASES = 100;

/**
 * @param name of the file, for complaints
 * @throws InputError with line and column for what is no YAML, is too large, or repeats a key
 */
export async function readSpec(text: string, name: string): Promise<Located> {
  if (text.length > LARGEST)
    reject({ where: name, what: `${text.length} characters are too many`, allowed: `at most ${LARGEST}` });
  if (isDeep(text))
    reject({ where: name, what: "is nested too deeply", allowed: `at most ${DEEPEST} levels` });
  const { isMap, isScalar, LineCounter, parseDocument } = await import("yaml");
  const lines = new LineCounter();
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  const read = () => {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "silent" });
    const [problem] = [...document.errors, ...document.warnings];
    if (problem !== undefined) reject({ where: place(problem.pos[0]), what: problem.message });
    return { document, value: document.toJS({ maxAliasCount: ALIASES }) as unknown };
  };
  try {
    const { document, value } = read();
    return {
      value,
      at(path) {
        for (let depth = path.length; depth > 0; depth--) {
          const parent: unknown =
            depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
          const key =
            isMap(parent) &&
            parent.items.find((pair) => isScalar(pair.key) && pair.key.value === path[depth - 1])?.key;
          const node: unknown = isScalar(key) ? key : document.getIn(path.slice(0, depth), true);
          const range = (node as { range?: readonly number[] } | undefined)?.range;
          if (range !== undefined) return place(range[0]);
        }
        return place(0);
      },
    };
  } catch (error) {
    if (error instanceof InputError) throw error;
    // aliases without end, or lists within lists deeper than any stack
    return reject({
      where: name,
      what: `cannot be read (${(error as Error).message})`,
      allowed: "a sweep, see docs/sweeps.md",
    });
  }
}

/** Runs a check; its complaint is put where the file says what is wrong. */
export function named<T>(file: Located, path: readonly PropertyKey[], check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError({ ...error.problem, where: `${file.at(path)}: ${path.map(String).join(".")}` });
  }
}

/** Brackets open at once, or list marks in a row. */
function isDeep(text: string): boolean {
  let open = 0;
  for (const c of text) {
    if (c === "[" || c === "{") open++;
    if ((c === "]" || c === "}") && open > 0) open--;
    if (open > DEEPEST) return true;
  }
  return new RegExp(`([-?:][ \\t]+){${DEEPEST}}`).test(text);
}
