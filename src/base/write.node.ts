/**
 * The one way files are written: whole or not at all. The bytes go to a temporary file beside the target, are synced
 * and read back, and only then get the name, so that a full disk, a short write or a kill leaves what was there before.
 */

import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
  type Stats,
} from "node:fs";
import { createHash, randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { getSystemErrorMap } from "node:util";
import { InputError, reject } from "./errors.ts";
import { pause } from "./pause.node.ts";

/** Whether a file is one that `temporaryIn` named: of a writer at work, or of one that was killed. */
export const isTemporary = (name: string): boolean => /^\.equihard-[0-9a-f]{24}\.tmp$/.test(name);

/** A name that no other thread, process or host takes, and that `removeStale` knows. */
export const temporaryIn = (folder: string): string =>
  join(folder, `.equihard-${randomBytes(12).toString("hex")}.tmp`);

/** An error of the system in words, with its code: `no space left on device (ENOSPC)`. */
export function reasonOf(error: unknown): string {
  const { errno, code, message } = error as NodeJS.ErrnoException;
  const words = errno === undefined ? undefined : getSystemErrorMap().get(errno)?.[1];
  return words === undefined ? (code ?? message) : `${words} (${code})`;
}

/** Runs `write`; an error of the system names the path and what helps. */
function named<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (error instanceof InputError) throw error;
    const full = ["ENOSPC", "EDQUOT", "EFBIG"].includes((error as NodeJS.ErrnoException).code ?? "");
    return reject({
      where: path,
      what: `cannot be written: ${reasonOf(error)}`,
      next: full
        ? "make room (disk, quota, ulimit -f) and run the same command again"
        : "check that its folder exists and is writable, or choose another place",
    });
  }
}

export interface WriteTarget {
  /** The file at the end of the path's links. */
  readonly file: string;
  /** What is there now (undefined: nothing yet). */
  readonly info: Stats | undefined;
  /** The descriptor to write to, where the path is the program's own output: /dev/stdout names a path only at times. */
  readonly own?: number;
}

/** What a path to be written to stands for. */
export function targetOf(path: string): WriteTarget {
  const info = statSync(path, { throwIfNoEntry: false });
  if (info !== undefined) {
    const own = [1, 2].find((fd) => sameFile(fstatSync(fd), info));
    if (own !== undefined) return { file: path, info, own };
    return { file: info.isFile() ? realpathSync(path) : path, info };
  }
  let file = path;
  while (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink())
    file = resolve(realpathSync(dirname(file)), readlinkSync(file));
  return { file, info };
}

/**
 * Writes a file whole or not at all, replacing what it held; its mode stays. A link is followed to its target. What is
 * not a regular file (FIFO, device), and the file that the program's own output goes to, is written through, never
 * replaced.
 *
 * @throws InputError naming the path and the system's reason
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  named(path, () => {
    const bytes = Buffer.from(content);
    const { file, info, own } = targetOf(path);
    if (own !== undefined) return writeAll(own, bytes);
    if (info !== undefined && !info.isFile()) return writeThrough(path, bytes);
    const temporary = writeBeside(file, bytes, info);
    try {
      renameSync(temporary, file);
    } catch (error) {
      discard(temporary);
      throw error;
    }
    syncFolder(dirname(file));
  });
}

/** A file that was written piece by piece. */
export interface WrittenFile {
  readonly bytes: number;
  /** Of the bytes read back from the disk, in hexadecimal digits. */
  readonly sha256: string;
}

/**
 * Writes a file that is too large to hold: `fill` puts pieces at their places, in any order, and only once it is done
 * and all is synced and read back does the file get the name. What is not a regular file is written through at the end.
 *
 * @throws InputError naming the path and the system's reason; what `fill` throws
 */
export async function writePlaced(
  path: string,
  fill: (place: (bytes: Uint8Array, at: number) => void) => Promise<void>,
): Promise<WrittenFile> {
  const { file, info, own } = named(path, () => targetOf(path));
  const regular = own === undefined && (info === undefined || info.isFile());
  const temporary = temporaryIn(regular ? dirname(file) : tmpdir());
  const like = regular ? info : undefined;
  const mode = like === undefined ? 0o666 : like.mode & 0o777;
  const fd = named(path, () => openSync(temporary, "wx+", mode));
  const atExit = (): void => discard(temporary); // a second Ctrl-C ends the program in the middle of `fill`
  process.once("exit", atExit);
  try {
    if (like !== undefined) named(path, () => keep(fd, like));
    await fill((bytes, at) => named(path, () => writeAll(fd, bytes, at)));
    return named(path, () => {
      fsyncSync(fd);
      const through = regular ? undefined : (own ?? openSync(path, constants.O_WRONLY));
      const written = readBack(fd, through);
      if (through !== undefined && own === undefined) closeSync(through);
      if (regular) renameSync(temporary, file);
      if (regular) syncFolder(dirname(file));
      return written;
    });
  } finally {
    process.off("exit", atExit);
    closeSync(fd);
    discard(temporary);
  }
}

/** The hash of what a file holds, which is also written on to `through`. */
function readBack(fd: number, through: number | undefined): WrittenFile {
  const hash = createHash("sha256");
  const part = Buffer.alloc(2 ** 20);
  let at = 0;
  for (;;) {
    const count = readSync(fd, part, 0, part.length, at);
    if (count === 0) return { bytes: at, sha256: hash.digest("hex") };
    const here = part.subarray(0, count);
    hash.update(here);
    if (through !== undefined) writeAll(through, here);
    at += count;
  }
}

/**
 * Gives a file its name whole, unless the name is taken: the first one wins, also between hosts.
 *
 * @returns whether it was this call that gave the name
 * @throws InputError naming the path and the system's reason
 */
export function publishWhole(path: string, content: string | Uint8Array): boolean {
  return named(path, () => {
    const temporary = writeBeside(path, Buffer.from(content), undefined);
    try {
      linkSync(temporary, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw error;
    } finally {
      discard(temporary);
    }
    syncFolder(dirname(path));
    return true;
  });
}

/**
 * Makes a folder, and those above it.
 *
 * @throws InputError naming the path and the system's reason
 */
export const makeFolder = (path: string): void =>
  named(path, () => void mkdirSync(path, { recursive: true }));

/**
 * Removes temporary files that killed writers left in a folder over an hour before `now` (ms, the file system's time).
 */
export function removeStale(folder: string, now: number): void {
  for (const name of readdirSync(folder)) {
    if (!isTemporary(name)) continue;
    const info = lstatSync(join(folder, name), { throwIfNoEntry: false });
    if (info !== undefined && now - info.mtimeMs > 3_600_000) discard(join(folder, name));
  }
}

/**
 * A temporary file in the folder of `path`, synced and read back, with the mode (and the owner, for root) of `like`.
 */
function writeBeside(path: string, bytes: Buffer, like: Stats | undefined): string {
  const temporary = temporaryIn(dirname(path));
  const fd = openSync(temporary, "wx+", like === undefined ? 0o666 : like.mode & 0o777);
  try {
    try {
      if (like !== undefined) keep(fd, like);
      writeAll(fd, bytes);
      fsyncSync(fd);
      if (!holds(fd, bytes))
        reject({ where: path, what: "is not read back as it was written", next: "check the disk" });
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    discard(temporary);
    throw error;
  }
  return temporary;
}

function keep(fd: number, like: Stats): void {
  if (process.getuid?.() === 0) fchownSync(fd, like.uid, like.gid);
  fchmodSync(fd, like.mode & 0o7777);
}

function writeThrough(path: string, bytes: Buffer): void {
  const fd = openSync(path, constants.O_WRONLY);
  try {
    writeAll(fd, bytes);
  } finally {
    closeSync(fd);
  }
}

/**
 * One call may write less than it was given: at a limit, on a nearly full disk, into a pipe.
 * @param place where in the file; absent: on from where it is
 */
function writeAll(fd: number, bytes: Uint8Array, place?: number): void {
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(fd, bytes, at, null, place === undefined ? null : place + at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      pause(10); // a pipe whose reader is slow
    }
  }
}

function holds(fd: number, bytes: Buffer): boolean {
  if (fstatSync(fd).size !== bytes.length) return false;
  const found = Buffer.alloc(bytes.length);
  for (let at = 0; at < found.length;) {
    const count = readSync(fd, found, at, found.length - at, at);
    if (count === 0) return false;
    at += count;
  }
  return found.equals(bytes);
}

const sameFile = (a: Stats, b: Stats): boolean => a.dev === b.dev && a.ino === b.ino;

function discard(temporary: string): void {
  try {
    rmSync(temporary, { force: true });
  } catch {
    // what went wrong before is the news
  }
}

/** A name survives a crash only once its folder is synced; some systems cannot sync one. */
function syncFolder(folder: string): void {
  let fd: number;
  try {
    fd = openSync(folder, "r");
  } catch {
    return;
  }
  try {
    fsyncSync(fd);
  } catch (error) {
    if (!["EINVAL", "ENOTSUP", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    closeSync(fd);
  }
}
