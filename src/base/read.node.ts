/** Files of unknown origin, read whole and never beyond a limit, pipes and devices without end included. */

import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { reject } from "./errors.ts";
import { pause } from "./pause.node.ts";

/** Bytes that are asked for at once of what is no regular file. */
const pieceSize = 2 ** 20;
/** How long a pipe that no program has opened for writing is waited for. */
const mostWait = 5000;

/**
 * @param limit most bytes
 * @returns the file's bytes; a pipe is read to its end, however long its writer takes
 * @throws InputError for more bytes, and for a pipe without a writer; the system's errors as they are
 */
export function readWhole(path: string, limit: number): Buffer {
  // without waiting: a pipe can be opened before anybody writes to it
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const info = fstatSync(fd);
    if (info.size > limit) tooMany(path, `${info.size} bytes are too many`, limit);
    return info.isFile() && info.size > 0 ? readFileSync(fd) : readPieces(fd, path, limit, info.isFIFO());
  } finally {
    closeSync(fd);
  }
}

const tooMany = (where: string, what: string, limit: number): never =>
  reject({ where, what, allowed: `at most ${limit} bytes` });

function readPieces(fd: number, path: string, limit: number, isPipe: boolean): Buffer {
  const pieces: Buffer[] = [];
  let [held, isOpen] = [0, !isPipe];
  const start = performance.now();
  for (;;) {
    const piece = Buffer.allocUnsafe(pieceSize);
    const count = readPiece(fd, piece);
    if (count === 0 && isOpen) return Buffer.concat(pieces, held);
    isOpen ||= count !== 0;
    if (!isOpen && performance.now() - start > mostWait)
      reject({ where: path, what: "a pipe that no program writes to" });
    if (count === null || count === 0) {
      pause(10);
      continue;
    }
    held += count;
    if (held > limit) tooMany(path, "does not end", limit);
    pieces.push(count < pieceSize ? Buffer.from(piece.subarray(0, count)) : piece);
  }
}

/** How many bytes came, 0 at the end, null where the writer has none yet. */
function readPiece(fd: number, piece: Buffer): number | null {
  try {
    return readSync(fd, piece);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") return null;
    throw error;
  }
}
