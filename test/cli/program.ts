/** The program as a user runs it. */

import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

export const bin = resolve(import.meta.dirname, "../../bin/equihard");

/** Runs the program in a folder, to its end. */
export const programIn =
  (cwd: string) =>
  (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { encoding: "utf8", cwd });
    return { status, stdout, stderr };
  };
