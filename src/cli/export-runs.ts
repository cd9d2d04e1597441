/** `export-runs RUN` */

import { dirname, join } from "node:path";
import { reject, requireChoice } from "../base/errors.ts";
import { makeFolder } from "../base/write.node.ts";
import { newCommand, parseArguments } from "./command.ts";
import { print, writeOutFile, type OutputOptions } from "./io.ts";
import { requireRun } from "./status.ts";

export async function run(args: readonly string[]): Promise<number> {
  const command = newCommand(
    "export-runs",
    [
      "A run's records for other tools: trials and curves as CSV or Parquet, or an event file a trial for TensorBoard.",
      "examples/trackers replays the CSV files into W&B, MLflow or trackio.",
    ].join("\n"),
    "equihard export-runs runs/widths --format tensorboard --out logs && tensorboard --logdir logs",
  )
    .argument("[run]", "run folder")
    .option("--format <csv|parquet|tensorboard>", "what to write")
    .option("--out <folder>", "where to [RUN/export/FORMAT]");
  const parsed = parseArguments(command, args);
  if (parsed === null) return 0;
  const dir = requireRun(parsed.args[0], "export-runs");
  const flags = parsed.opts<OutputOptions & { format?: string; out?: string }>();
  const { exportedFiles, recordFormats } = await import("../run/store/export.ts");
  const given =
    flags.format ?? reject({ where: "--format", what: "is missing", allowed: recordFormats.join(", ") });
  const format = requireChoice(given, recordFormats, "--format");
  const folder = flags.out ?? join(dir, "export", format);
  const files: string[] = [];
  for (const { path, content } of exportedFiles(dir, format)) {
    const file = join(folder, path);
    makeFolder(dirname(file));
    writeOutFile(file, content);
    files.push(file);
  }
  if (files.length === 0) reject({ where: dir, what: "no curve and no final value in it" });
  const document = { schema: "equihard.export-runs/1", run: dir, format, files };
  print(flags, document, () => (files.length > 10 ? `${files.length} files in ${folder}` : files.join("\n")));
  return 0;
}
