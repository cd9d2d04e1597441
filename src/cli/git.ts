/** Which state of a user's own files a run began from, and which state of the program's. */

import { spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A commit, and whether tracked files differ from it. */
export interface GitState {
  readonly commit: string;
  readonly dirty: boolean;
}

const gitIn =
  (folder: string) =>
  (...args: string[]): string | null => {
    const { status, stdout } = spawnSync("git", ["-C", folder, ...args], { encoding: "utf8", timeout: 5000 });
    return status === 0 ? stdout.trim() : null;
  };

/** The program's own state, where it is a checkout; null where it is installed, in whoever's repository. */
export function programState(): GitState | null {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const top = gitIn(root)("rev-parse", "--show-toplevel");
  return top !== null && realpathSync(top) === realpathSync(root) ? gitState(root) : null;
}

/** A commit, and whether tracked files differed from it; null outside a repository, or without git. */
export function gitState(folder = "."): GitState | null {
  const git = gitIn(folder);
  const commit = git("rev-parse", "HEAD");
  return commit === null ? null : { commit, dirty: git("status", "--porcelain", "-uno") !== "" };
}

/** In words. */
export const commitText = ({ commit, dirty }: Partial<GitState>): string =>
  `${commit ?? "unknown"}${dirty === true ? ", with changes that were not committed" : ""}`;
