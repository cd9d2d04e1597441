/**
 * A page of the documentation, taken apart. What stands in a fence is executed (`execute.ts`), as its info string says:
 *
 *     sh                   each command in turn, in one folder a page; the next `text` fence is what the block prints
 *     ... quick            in the quick tests too
 *     ... exits=1          its last command ends so; all others end with 0
 *     ... limit="--steps 3"    these words are added to each command, and all numbers printed may differ
 *     ... needs="command"  only where that command succeeds; in continuous integration everywhere
 *     ... by="test/x.ts"   that test runs it
 *     ... not-run="why"    nobody does
 *     any ... file=NAME    is written to the folder
 *
 * In a `text` fence a number after ~ may differ, a line of three points stands for any lines,
 * and three points at the end of a line for its rest.
 */

export interface Block {
  /** Of its fence, from 1 on. */
  readonly line: number;
  readonly language: string;
  readonly marks: ReadonlyMap<string, string>;
  readonly text: string;
}

const known = new Set(["quick", "exits", "limit", "needs", "by", "not-run", "file"]);

function marksOf(info: string, line: number): Map<string, string> {
  const words = [...info.matchAll(/([\w-]+)(?:=(?:"([^"]*)"|(\S+)))?/g)];
  const marks = new Map(words.map(([, name, quoted, bare]) => [name, quoted ?? bare ?? ""]));
  for (const name of marks.keys())
    if (!known.has(name)) throw new Error(`line ${line}: a fence is marked "${name}", which means nothing`);
  return marks;
}

/** Every fenced block of a page, in order. */
export function blocksOf(page: string): Block[] {
  const blocks: Block[] = [];
  let open: { line: number; info: string; body: string[] } | undefined;
  for (const [i, row] of page.split("\n").entries()) {
    if (!row.startsWith("```")) open?.body.push(row);
    else if (open === undefined) open = { line: i + 1, info: row.slice(3), body: [] };
    else {
      const [, language = "", rest = ""] = /^(\S*)(.*)$/.exec(open.info) ?? [];
      const text = open.body.map((line) => `${line}\n`).join("");
      blocks.push({ line: open.line, language, marks: marksOf(rest, open.line), text });
      open = undefined;
    }
  }
  if (open !== undefined) throw new Error(`line ${open.line}: a fence is not closed`);
  return blocks;
}

/** The page without its fenced blocks: the lines keep their numbers. */
const prose = (page: string): string =>
  page.replaceAll(/^```[\s\S]*?^```$/gm, (fence) => fence.replaceAll(/[^\n]/g, ""));

/** Numbers of the lines that Markdown takes for code because they are indented: nobody would execute them. */
export const indentedCode = (page: string): number[] =>
  prose(page)
    .split("\n")
    .flatMap((line, i, lines) => (/^ {4}\S/.test(line) && (lines[i - 1] ?? "") === "" ? [i + 1] : []));

/** Anchors of the page's headings, as GitHub makes them. */
export const anchorsOf = (page: string): string[] =>
  [...prose(page).matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

/** What the page's links and pictures lead to, but for other sites. */
export const linksOf = (page: string): string[] =>
  [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link)
    .filter((link) => !/^[a-z]+:/.test(link));
