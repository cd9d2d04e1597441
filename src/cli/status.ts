/** `status RUN` */

import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { reject } from "../base/errors.ts";
import type { FolderState } from "../run/folder/state.ts";
import { newCommand, parseArguments } from "./command.ts";
import { print, type OutputOptions } from "./io.ts";

/** What the states of a run's tasks are, in words. */
export const stateLine = ({ tasks, done, inFlight, abandoned, failed, open }: FolderState): string =>
  [
    `${done} of ${tasks} done`,
    ...(inFlight > 0 ? [`${inFlight} claimed by workers`] : []),
    ...(abandoned > 0 ? [`${abandoned} left by workers that ended`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    `${open} open`,
  ].join(", ");

/** Refuses what is no run folder. */
export function requireRun(dir: string | undefined, command: string): string {
  if (dir === undefined)
    return reject({ where: command, what: "no run folder named", next: `equihard ${command} RUN` });
  if (statSync(join(dir, "run.json"), { throwIfNoEntry: false }) === undefined)
    reject({ where: dir, what: "no run folder", allowed: "a folder that sweep, reproduce or matrix wrote" });
  return dir;
}

export async function run(args: readonly string[]): Promise<number> {
  const command = newCommand(
    "status",
    "What of a run is done, claimed, failed and open.",
    "equihard status runs/widths",
  ).argument("[run]", "run folder");
  const parsed = parseArguments(command, args);
  if (parsed === null) return 0;
  const dir = requireRun(parsed.args[0], "status");
  const { folderState } = await import("../run/folder/state.ts");
  const state = folderState(dir);
  const { isCancelled } = await import("../run/folder/cancellation.ts");
  const cancelled = isCancelled(dir);
  const pilots = await pilotsOf(resolve(dir));
  const document = { schema: "equihard.status/1", run: dir, ...state, cancelled, ...pilots?.document };
  print(parsed.opts<OutputOptions>(), document, () =>
    [
      stateLine(state),
      ...(cancelled ? ["cancelled; 'equihard resume' goes on"] : []),
      ...(pilots?.lines ?? []),
    ].join("\n"),
  );
  return 0;
}

/** The pilots of a run on Slurm, by one look at the queue; null where none were submitted. */
async function pilotsOf(dir: string) {
  const { readArrays } = await import("../run/executor/slurm/arrays.ts");
  const arrays = readArrays(dir);
  if (arrays.length === 0) return null;
  const open = arrays.filter(({ ends }) => ends === null);
  const ended = arrays.flatMap(({ array, ends }) => (ends === null ? [] : [{ array: array.k, ends }]));
  const { ask } = await import("../run/executor/slurm/calls.ts");
  const { pilotsSeen } = await import("../run/executor/slurm/watch.ts");
  const seen = open.length === 0 ? { running: 0, waiting: [], line: "" } : await pilotsSeen(ask, open);
  if ("problem" in seen)
    return { document: { pilots: { problem: seen.problem, ended } }, lines: [seen.problem] };
  const { line, ...pilots } = seen;
  return {
    document: { pilots: { ...pilots, ended } },
    lines: [line === "" ? "no pilots in the queue" : line],
  };
}
