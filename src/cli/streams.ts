/**
 * Standard output and error. What is printed is whole or reported: a full disk, a closed pipe or a short write never
 * ends in a stack trace, nor in exit code 0 or 1, which for `verify` are verdicts.
 */

import { fstatSync, writeSync } from "node:fs";
import { reject } from "../base/errors.ts";

/** What a shell reports of a program that the closed pipe's signal ended: 128 + SIGPIPE. */
const CLOSED_PIPE = 141;

let failure: number | undefined;

/** The exit code that an error of standard output asks for instead of the command's own. */
export const outputFailure = (): number | undefined => failure;

/**
 * Whether a descriptor is a file or a device such as /dev/full. Node writes those without looking at how many bytes
 * were taken; terminals, pipes and sockets it writes whole.
 */
function isFile(descriptor: number): boolean {
  const kind = fstatSync(descriptor);
  return kind.isFile() || kind.isBlockDevice() || (kind.isCharacterDevice() && !process.stdout.isTTY);
}

/** Prints on standard output. Of a pipe, an error may arrive later: then `outputFailure` knows it. */
export function writeOut(text: string): void {
  const { fd } = process.stdout;
  if (!isFile(fd)) {
    process.stdout.write(text);
    return;
  }
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
  } catch (error) {
    reject(lost(error));
  }
}

/**
 * Prints on standard error, which holds progress and complaints only: where it cannot be written, the result and the
 * exit code still say all, so the work goes on.
 */
export function writeErr(text: string): void {
  try {
    process.stderr.write(text);
  } catch {
    // nowhere is left to say so
  }
}

const lost = (error: unknown) => ({
  where: "standard output",
  what: `cannot be written (${(error as NodeJS.ErrnoException).code ?? "error"})`,
});

/**
 * Takes errors of the two streams, once for the whole program. A reader that has seen enough (EPIPE) is no complaint.
 */
export function guardStreams(complain: (problem: ReturnType<typeof lost>) => void): void {
  process.stderr.on("error", () => {});
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    failure = error.code === "EPIPE" ? CLOSED_PIPE : 2;
    process.exitCode = failure;
    if (failure === 2) complain(lost(error));
  });
}
