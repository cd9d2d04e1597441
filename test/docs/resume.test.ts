/** The page on what resume guarantees: every test that it names is there, under the words that it quotes. */

import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/what-resume-guarantees.md"), "utf8");

interface Cited {
  readonly file: string;
  readonly words: string;
}

/** `file.test.ts`, "words", "more words"; the same file, "others". */
function citedIn(text: string): Cited[] {
  const found: Cited[] = [];
  const places = /`([\w/.-]+\.test\.ts)`|"([^"]+)"|(the same file)/g;
  for (const paragraph of text.split("\n\n").slice(2)) {
    let file = found.at(-1)?.file ?? "";
    for (const [, path, words, same] of paragraph.replaceAll("\n", " ").matchAll(places))
      if (path !== undefined) file = path;
      else if (same === undefined) found.push({ file, words });
  }
  return found;
}

/** Those that no test has in its title. */
const missing = (cited: readonly Cited[]): Cited[] =>
  cited.filter(({ file, words }) => {
    const path = join(root, "test", file);
    if (!existsSync(path)) return true;
    const titles = [...readFileSync(path, "utf8").matchAll(/\(\s*"([^"]+)"/g)];
    return !titles.some(([, title]) => title.includes(words));
  });

describe("what resume guarantees", () => {
  const cited = citedIn(page);

  it("is held by tests of these titles", () => {
    expect(cited.length).toBeGreaterThan(30);
    expect(missing(cited)).toEqual([]);
  });

  it("says nothing without one: each paragraph names a test", () => {
    const bare = page
      .split("\n\n")
      .slice(2)
      .filter((paragraph) => !paragraph.includes(".test.ts`"));
    expect(bare).toEqual([]);
  });

  it("and a title that no test has is found out (negative control)", () => {
    const wrong = 'head\n\nhow\n\nIt flies (`cli/sweep.test.ts`, "flies"; `cli/no.test.ts`, "a sweep").';
    expect(missing(citedIn(wrong))).toEqual([
      { file: "cli/sweep.test.ts", words: "flies" },
      { file: "cli/no.test.ts", words: "a sweep" },
    ]);
  });
});
