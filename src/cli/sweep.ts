/** `sweep SPEC`: experiments from a file, in a run folder that keeps what is done. */

import { lstatSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { reject } from "../base/errors.ts";
import { newCommand, parseArguments } from "./command.ts";
import { interruptible, readText } from "./io.ts";
import { parseWorkers } from "./run-tasks.ts";
import { conduct, type SweepFlags } from "./sweep-run.ts";

/** Characters of a file that is read at all. */
const largest = 4 * 2 ** 20;

export async function run(args: readonly string[]): Promise<number> {
  const signal = interruptible();
  const command = newCommand(
    "sweep",
    "Experiments described in a YAML or JSON file: grids, seeds, transitions. Resumes in the same folder.",
    "equihard sweep widths.yaml --workers 2 --out runs/widths",
  )
    .argument("[spec]", "file: family, parameters, learner, train, seeds, zip, where, bisect")
    .option("--out <folder>", "run folder [runs/NAME of the file]")
    .option("--workers <integer>", "worker processes, one single-threaded session each [cores]")
    .option("--dry-run", "check and size the sweep, and run nothing")
    .option("--retries <integer>", "attempts after the first that a failing trial gets [0]")
    .option("--fail-fast", "end with the first trial that fails")
    .option("--keep-going", "a trial that fails does not end the others (the default)")
    .option(
      "--yes",
      "do work estimated above 10 minutes or 2 GiB; keep records of another numerics version aside",
    );
  const parsed = parseArguments(command, args);
  if (parsed === null) return 0;
  const [path] = parsed.args;
  if (path === undefined) reject({ where: "sweep", what: "no file named", next: "equihard sweep SPEC" });
  const flags = parsed.opts<SweepFlags & { out?: string }>();
  const workers = parseWorkers(flags.workers);
  const { readSpec } = await import("../sweep/document.ts");
  const { planSweep } = await import("../sweep/plan.ts");
  const { builtIn } = await import("../study/registry.ts");
  const file = await readSpec(readText(path, largest), path);
  const plan = planSweep(file, builtIn);
  const dir = flags.out ?? join("runs", basename(path, extname(path)));
  if (lstatSync(join(dir, "run.json"), { throwIfNoEntry: false }) !== undefined) {
    const { heldSweep } = await import("./sweep-run.ts");
    const { requireExtension } = await import("../sweep/identity.ts");
    const { readPieces } = await import("../run/folder/pieces.ts");
    const held = heldSweep(dir, "choose another --out");
    const ids = readPieces(dir).flatMap(({ tasks }) => tasks.map(({ id }) => id));
    requireExtension(dir, planSweep(held, builtIn), plan, ids);
  }
  return conduct({ plan, spec: file.value, dir, workers, signal, flags });
}
