/** Errors a user can cause, as data: what was wrong, where, what is allowed and what to do next. */

export interface Problem {
  /** What was received and why it cannot be used, e.g. `n is 2, below its minimum`. */
  readonly what: string;
  /** Where it was found: an option, a file, a field. */
  readonly where?: string;
  /** What would have been accepted. */
  readonly allowed?: string;
  /** A step that helps: a command, an option. */
  readonly next?: string;
}

/** Thrown for bad input; the command line prints it as one line and exits with 2. */
export class InputError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(formatProblem(problem));
    this.name = "InputError";
    this.problem = problem;
  }
}

/** Throws the problem; typed `never` so that callers narrow. */
export function reject(problem: Problem): never {
  throw new InputError(problem);
}

/** A problem as one line: where and what, what is allowed, what to do next. */
export function formatProblem({ what, where, allowed, next }: Problem): string {
  const head = where === undefined ? what : `${where}: ${what}`;
  const parts = [head];
  if (allowed !== undefined) parts.push(`allowed: ${allowed}`);
  if (next !== undefined) parts.push(next);
  return parts.join("; ").replace(/\s*\n\s*/g, " ");
}

/** The choice closest to `word` in edit distance, if it is close enough to be a typing error. */
export function nearest(word: string, choices: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const choice of choices) {
    const distance = editDistance(word, choice);
    if (distance < bestDistance) [best, bestDistance] = [choice, distance];
  }
  return best;
}

/** Rejects a word that is none of `choices`, naming them and the closest. */
export function requireChoice<T extends string>(word: string, choices: readonly T[], where: string): T {
  const found = choices.find((c) => c === word);
  if (found !== undefined) return found;
  const close = nearest(word, choices);
  return reject({
    where,
    what: `"${word}" is unknown`,
    allowed: choices.join(", "),
    ...(close === undefined ? {} : { next: `did you mean "${close}"?` }),
  });
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length];
}
