/** Slurm's own programs, called: what they answered, or that nobody answered, which decides nothing. */

import { spawn } from "node:child_process";
import { InputError } from "../../../base/errors.ts";

/** What a program of Slurm said. `silent`: the controller did not answer, so that what was asked may have happened. */
export type Answer =
  | { readonly text: string; readonly problem?: undefined; readonly silent?: undefined }
  | { readonly text?: undefined; readonly problem: string; readonly silent: boolean };

/** Calls a program of Slurm. */
export type Ask = (program: string, args: readonly string[], input?: string) => Promise<Answer>;

/** Seconds after which a program that waits for a controller is ended. */
const PATIENCE = 60;
const noAnswer =
  /unable to contact|timed? ?out|connection (refused|reset)|unexpected message|communication|zero bytes/i;

/** @throws InputError where the program is not installed */
export const ask: Ask = (program, args, input = "") =>
  new Promise((resolve, fail) => {
    const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
    // not spawn's own timeout, whose timer outlives a program that is not there
    const impatience = setTimeout(() => child.kill(), PATIENCE * 1000);
    let [text, said] = ["", ""];
    child.stdout.on("data", (part) => (text += String(part)));
    child.stderr.on("data", (part) => (said += String(part)));
    child.stdin.on("error", () => {}); // it ended before it read: its exit says why
    child.stdin.end(input);
    child.on("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(impatience);
      fail(error.code === "ENOENT" ? notInstalled(program) : error);
    });
    child.on("close", (code, signal) => {
      clearTimeout(impatience);
      if (code === 0) return resolve({ text });
      const problem = lastLine(said) || `${program} ended (${signal ?? `code ${code}`})`;
      resolve({ problem, silent: signal !== null || noAnswer.test(said) });
    });
  });

const notInstalled = (program: string): InputError =>
  new InputError({
    where: "--executor slurm",
    what: `${program} is not on this machine`,
    next: "run it where jobs are submitted (a login node), or use --executor print",
  });

/** `sbatch: error: Batch job submission failed: ...` without what is said of every problem. */
const lastLine = (text: string): string =>
  (text.trim().split("\n").at(-1) ?? "").replace(/^\w+: ((error|fatal): )?/, "");
