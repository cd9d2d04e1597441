/** `resume RUN`: goes on with a sweep from what its folder says. */

import { newCommand, parseArguments } from "./command.ts";
import { addExecutor, executorChoice, type ExecutorFlags } from "./executor.ts";
import { interruptible, print } from "./io.ts";
import { readStamp, runPolicy } from "./run-tasks.ts";
import { requireRun, stateLine } from "./status.ts";
import { fileIn, conduct, heldSweep, type SweepFlags } from "./sweep-run.ts";

export async function run(args: readonly string[]): Promise<number> {
  const cancel = new AbortController();
  const signal = interruptible(() => cancel.abort());
  const command = newCommand(
    "resume",
    "Goes on with the sweep of a run folder: what is done stays, what failed is tried anew, the rest is run.",
    "equihard resume runs/widths --dry-run",
  )
    .argument("[run]", "run folder that sweep, matrix or reproduce wrote")
    .option("--dry-run", "say what would be done, by its cause, and run nothing")
    .option(
      "--yes",
      "do work estimated above 10 minutes or 2 GiB; keep records of another numerics version aside",
    );
  addExecutor(command);
  const parsed = parseArguments(command, args);
  if (parsed === null) return 0;
  const dir = requireRun(parsed.args[0], "resume");
  const flags = parsed.opts<SweepFlags & ExecutorFlags>();
  const spec = heldSweep(dir, "repeat the command that wrote it").value;
  if (flags.dryRun === true) return foresee(dir, flags);
  const stamp = readStamp(`${dir}/run.json`);
  const { retries, failFast } = runPolicy(stamp);
  const choice = executorChoice(flags, stamp?.["executor"]);
  const kept = { ...flags, retries: String(retries), failFast };
  const asked = await fileIn(dir);
  return conduct({ asked, spec, dir, choice, signal, cancel: cancel.signal, flags: kept });
}

/** What resuming would change, by its cause. */
async function foresee(dir: string, flags: SweepFlags): Promise<number> {
  const { folderState } = await import("../run/folder/state.ts");
  const { readContents } = await import("../run/store/files.ts");
  const { origins } = await import("../run/record.ts");
  const { readPieceIds } = await import("../run/folder/piece-list.ts");
  const { records, foreign, damaged } = readContents(dir);
  const intact = new Set(records.map(({ id }) => id));
  const done = readPieceIds(dir)
    .flat()
    .filter((id) => intact.has(id)).length;
  const state = { ...folderState(dir), done };
  const causes = {
    failed: state.failed,
    abandoned: state.abandoned,
    inFlight: state.inFlight,
    open: state.open,
    damaged: damaged.length,
    otherNumerics: foreign.length,
  };
  print(flags, { schema: "equihard.resume/1", run: dir, dryRun: true, done, causes }, () =>
    [
      stateLine(state),
      ...(state.failed > 0
        ? [`${state.failed} failed: tried anew, their errors kept in errors/earlier`]
        : []),
      ...(state.abandoned > 0 ? [`${state.abandoned} left by workers that ended: taken over`] : []),
      ...(state.inFlight > 0 ? [`${state.inFlight} claimed by workers: waited for`] : []),
      ...(state.open > 0 ? [`${state.open} not begun: run`] : []),
      ...damaged.map(({ name, problem }) => `results/${name}: ${problem}: set aside, done again`),
      ...(foreign.length > 0 ? [`${origins(foreign)}: kept aside with --yes, computed again`] : []),
    ].join("\n"),
  );
  return 0;
}
