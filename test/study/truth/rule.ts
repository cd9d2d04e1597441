/**
 * Rules of a truth gate. A rule knows a sentence by its words and computes its numbers again from the records, sharing
 * nothing with what wrote it but the definitions. A number that no rule computes again is one that nobody has checked.
 */

import type { StoredRecord } from "../../../src/run/record.ts";
import type { Cell } from "../../../src/study/cell.ts";
import type { Scope } from "../../../src/study/study.ts";

/** What a rule makes of the groups that its pattern caught: the same text, from the records; undefined: nothing there. */
export interface Rule {
  readonly pattern: RegExp;
  readonly again: (...groups: string[]) => string | undefined;
}

/** What the sentences of one study are read from. */
export interface Told {
  /** Of the whole run. */
  readonly records: readonly StoredRecord[];
  /** Of the study's own plan. */
  readonly own: readonly StoredRecord[];
  readonly scope: Scope;
  /** What the study shows of the results: their words have rules of their own (`cells.ts`). */
  readonly cells: readonly Cell[];
}

/** How the sentences of a study are checked. */
export interface Truth {
  /** Parts of sentences whose numbers are definitions of the study, not results, to the letter. */
  readonly definitions?: readonly string[];
  rules?(told: Told): readonly Rule[];
}

/** A number in a report that was not computed again, or came out differently. */
export interface Doubt {
  readonly text: string;
  readonly said: string;
  readonly found: string | null;
}

const literal = (text: string): string =>
  text.replace(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`).replace(/^\\\.(?= |$)/, String.raw`\.(?=\s|$)`);

/**
 * A rule from a sentence with `{}` where something is computed; `$` at its end is the text's.
 * @param again what stands there, from what the text says there: a key is given back, a result computed
 */
export function rule(
  template: string,
  again: (...holes: string[]) => readonly (string | number)[] | undefined,
): Rule {
  const whole = template.endsWith("$");
  const parts = (whole ? template.slice(0, -1) : template).split("{}");
  // a hole at the beginning is a count, one at the end reaches to the end of its clause
  const first = parts[0] === "" ? String.raw`(\S+(?: of \S+)?)` : `${literal(parts[0])}(.+?)`;
  const open = parts.at(-1) === "" ? String.raw`(?=[.;,)]?(?:\s|$))` : "";
  const end = whole ? "$" : open;
  const pattern =
    parts.length === 1 ? literal(template) : first + parts.slice(1).map(literal).join("(.+?)") + end;
  return {
    pattern: new RegExp(pattern, "g"),
    again(...holes) {
      const found = again(...holes);
      return found === undefined ? undefined : parts.map((p, i) => `${p}${found[i] ?? ""}`).join("");
    },
  };
}

/** All doubts about texts: what rules compute otherwise, and digits that neither a rule nor a definition accounts for. */
export function doubts(
  texts: readonly string[],
  rules: readonly Rule[],
  definitions: readonly string[] = [],
): Doubt[] {
  return texts.flatMap((text) => {
    const found: Doubt[] = [];
    let rest = text;
    for (const { pattern, again } of rules)
      rest = rest.replace(pattern, (said: string, ...groups: unknown[]) => {
        const computed = again(...groups.slice(0, -2).map(String));
        if (computed !== said) found.push({ text, said, found: computed ?? null });
        return "<>";
      });
    for (const definition of definitions) rest = rest.replaceAll(definition, "<>");
    for (const [said] of rest.matchAll(/.{0,40}\d.{0,20}/g)) found.push({ text, said, found: null });
    return found;
  });
}

/** The values of a list that differ, in their order. */
export const different = <T>(values: readonly T[]): T[] => [...new Set(values)];
export const average = (values: readonly number[]): number =>
  values.reduce((sum, x) => sum + x, 0) / values.length;

/** A printed zero without a sign. */
export const unsigned = (text: string): string => text.replace(/^-(0\.0+)$/, "$1");
