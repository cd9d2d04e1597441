/** `cite RUN` */

import { statSync } from "node:fs";
import { join } from "node:path";
import { reject } from "../base/errors.ts";
import { newCommand, parseArguments } from "./command.ts";
import { print } from "./io.ts";

export async function run(args: readonly string[]): Promise<number> {
  const command =
    newCommand("cite", "BibTeX for what a run used: the paper, this program, sources of families and learners.", "equihard cite runs/quick > run.bib") // prettier-ignore
      .argument("[run]", "run folder, such as reproduce writes");
  const parsed = parseArguments(command, args);
  if (parsed === null) return 0;
  const [dir] = parsed.args;
  if (dir === undefined) reject({ where: "cite", what: "no run folder named", next: "equihard cite RUN" });
  if (statSync(join(dir, "results"), { throwIfNoEntry: false })?.isDirectory() !== true)
    reject({ where: dir, what: "no run folder", allowed: "a folder that reproduce or matrix wrote" });
  const { readRecords } = await import("../experiment/store.ts");
  const { bibtex, referencesOf } = await import("../report/bibliography.ts");
  const records = readRecords(dir);
  if (records.length === 0) reject({ where: dir, what: "no finished piece of work in it" });
  const references = referencesOf(records);
  print(parsed.opts(), { schema: "equihard.cite/1", run: dir, references }, () => bibtex(references));
  return 0;
}
