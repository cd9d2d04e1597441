/** `cite RUN` */

import { join } from "node:path";
import { reject } from "../base/errors.ts";
import { newCommand, parseArguments } from "./command.ts";
import { notice, print, type OutputOptions } from "./io.ts";

export async function run(args: readonly string[]): Promise<number> {
  const command = newCommand(
    "cite",
    "BibTeX for what a run used: the paper, this program, sources of families and learners.",
    "equihard cite runs/quick > run.bib",
  ).argument("[run]", "run folder, such as reproduce writes");
  const parsed = parseArguments(command, args);
  if (parsed === null) return 0;
  const [dir] = parsed.args;
  if (dir === undefined) reject({ where: "cite", what: "no run folder named", next: "equihard cite RUN" });
  const flags = parsed.opts<OutputOptions>();
  const { readContents } = await import("../run/store/files.ts");
  const { numericsOf, origins } = await import("../run/record.ts");
  const { bibtex, referencesOf, unknownTo } = await import("../report/cite.ts");
  const { builtIn, studies } = await import("../study/registry.ts");
  const contents = readContents(dir);
  const { damaged } = contents;
  const records = [...contents.foreign, ...contents.records];
  for (const { name, problem } of damaged)
    notice(
      flags,
      `${join(dir, "results", name)}: ${problem}; left out, and done again when the run is resumed`,
    );
  if (records.length === 0) reject({ where: dir, what: "no finished piece of work in it" });
  if (new Set(records.map(numericsOf)).size > 1) notice(flags, `${dir} mixes ${origins(records)}`);
  for (const name of unknownTo({ ...builtIn, studies }, records))
    notice(
      flags,
      `${name} is not built in; what it names is left out (referencesOf of equihard/node takes it along)`,
    );
  const references = referencesOf(records, { ...builtIn, studies });
  print(flags, { schema: "equihard.cite/1", run: dir, references }, () => bibtex(references));
  return 0;
}
