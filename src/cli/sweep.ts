/** `sweep SPEC`: experiments from a file, in a run folder that keeps what is done. */

import { basename, extname, join } from "node:path";
import { reject } from "../base/errors.ts";
import { newCommand, parseArguments } from "./command.ts";
import { addExecutor, executorChoice, type ExecutorFlags } from "./executor.ts";
import { interruptible, readText } from "./io.ts";
import { conduct, requireOwnFolder, type SweepFlags } from "./sweep-run.ts";

/** Characters of a file that is read at all. */
const largest = 4 * 2 ** 20;

export async function run(args: readonly string[]): Promise<number> {
  const cancel = new AbortController();
  const signal = interruptible(() => cancel.abort());
  const command = newCommand(
    "sweep",
    "Experiments described in a YAML or JSON file: grids, seeds, transitions. Resumes in the same folder.",
    "equihard sweep widths.yaml --workers 2 --out runs/widths",
  )
    .argument(
      "[spec]",
      "file: family, parameters, learner, train, seeds, zip, where, bisect; or study, scale",
    )
    .option("--out <folder>", "run folder [runs/NAME of the file]")
    .option("--dry-run", "check and size the sweep, and run nothing")
    .option("--retries <integer>", "attempts after the first that a failing trial gets [0]")
    .option("--fail-fast", "end with the first trial that fails")
    .option("--keep-going", "a trial that fails does not end the others (the default)")
    .option(
      "--yes",
      "do work estimated above 10 minutes or 2 GiB; keep records of another numerics version aside",
    );
  addExecutor(command);
  const parsed = parseArguments(command, args);
  if (parsed === null) return 0;
  const [path] = parsed.args;
  if (path === undefined) reject({ where: "sweep", what: "no file named", next: "equihard sweep SPEC" });
  const flags = parsed.opts<SweepFlags & ExecutorFlags & { out?: string }>();
  const choice = executorChoice(flags);
  const { readSpec } = await import("../sweep/document.ts");
  const { readRunFile } = await import("../study/job.ts");
  const { builtIn, studies } = await import("../study/registry.ts");
  const file = await readSpec(readText(path, largest), path);
  const asked = readRunFile(file, builtIn, studies);
  const dir = flags.out ?? join("runs", basename(path, extname(path)));
  await requireOwnFolder(dir, asked.job);
  return conduct({ asked, spec: file.value, dir, choice, signal, cancel: cancel.signal, flags });
}
