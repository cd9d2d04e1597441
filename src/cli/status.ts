/** `status RUN` */

import { statSync } from "node:fs";
import { join } from "node:path";
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
  print(parsed.opts<OutputOptions>(), { schema: "equihard.status/1", run: dir, ...state }, () =>
    stateLine(state),
  );
  return 0;
}
