/** `score --board`: a page of many scores, our own learners first. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { reject } from "../base/errors.ts";
import { parseJson } from "../base/json.ts";
import { parseWith } from "../base/schema.ts";
import { print, readJson, writeOutFile, type OutputOptions } from "./io.ts";

/** Our own learners' scores, a document a line, as `node scripts/suite.mjs` writes them. */
const own = fileURLToPath(new URL("../../kept/suite.jsonl", import.meta.url));

/** @param files what `score --json` printed, of others */
export async function writeBoard(
  files: readonly string[],
  flags: OutputOptions & { readonly out?: string },
): Promise<number> {
  const out = flags.out ?? reject({ where: "--out", what: "is missing", next: "--board --out board.html" });
  const { boardSchema } = await import("../suite/document.ts");
  const { boardPage } = await import("../suite/board.ts");
  const { pageHtml } = await import("../report/page.ts");
  const ourAt = (line: string, where: string) => parseWith(boardSchema, parseJson(line, where), where);
  const ours = readFileSync(own, "utf8")
    .trim()
    .split("\n")
    .map((line, i) => ourAt(line, `${own}, line ${i + 1}`));
  const others = files.map((path) => parseWith(boardSchema, readJson(path, 2 ** 24), path));
  const submissions = [...ours, ...others];
  writeOutFile(out, pageHtml(boardPage(submissions)));
  const names = submissions.map(({ submission }) => submission);
  print(
    flags,
    { schema: "equihard.board/1", file: out, submissions: names },
    () => `${out}: ${names.join(", ")}`,
  );
  return 0;
}
