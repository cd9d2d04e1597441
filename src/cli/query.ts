/** `query RUN SQL` */

import { reject } from "../base/errors.ts";
import { textTable } from "../base/text-table.ts";
import { newCommand, parseArguments } from "./command.ts";
import { brief, print, type OutputOptions } from "./io.ts";
import { requireRun } from "./status.ts";

export async function run(args: readonly string[]): Promise<number> {
  const command = newCommand(
    "query",
    [
      "SQL over the records of a run, by DuckDB: one statement that reads.",
      "trials: id, kind, family, one column a parameter and option, seed, final_loss, final_accuracy,",
      "final_explained_variance, steps, status. curves: id, step, loss, accuracy. Both in the order of id.",
      "--json prints an array of rows.",
    ].join("\n"),
    'equihard query runs/widths "select n, avg(final_accuracy) from trials group by n order by n"',
  )
    .argument("[run]", "run folder")
    .argument("[sql]", "the statement");
  const parsed = parseArguments(command, args);
  if (parsed === null) return 0;
  const dir = requireRun(parsed.args[0], "query");
  const sql =
    parsed.args[1] ?? reject({ where: "query", what: "no SQL given", next: "equihard query RUN SQL" });
  const { compact } = await import("../run/store/tables.ts");
  const { query } = await import("../run/store/query.ts");
  const { names, rows } = await query(compact(dir), sql);
  print(parsed.opts<OutputOptions>(), rows, () =>
    textTable(
      names,
      rows.map((row) => names.map((name) => (typeof row[name] === "string" ? row[name] : brief(row[name])))),
    ).join("\n"),
  );
  return 0;
}
