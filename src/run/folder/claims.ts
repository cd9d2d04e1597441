/**
 * Claims: who is at which piece of a run folder. A claim is a file made by link(), so that one worker gets it, whatever
 * the host; it is renewed by its time of change. Clocks of hosts differ and jump, so no time is compared with a clock.
 * A claim has expired once a waiting worker has seen no change for a whole lease of its own monotonic clock, or once
 * its process is known to have ended on this very machine. A claim taken over by mistake costs work done twice, never
 * a result: results are published first one wins.
 */

import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, readlinkSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { makeFolder, publishWhole } from "../../base/write.node.ts";

/** Seconds without renewal after which a claim may be taken over; file systems of clusters keep times back for 60. */
export const LEASE = 120;

/** A claim that is held. */
export interface Claim {
  /** Gives the piece back, unless another worker has taken it over. */
  release(): void;
}

/** Where a piece is claimed. */
export const claimPath = (dir: string, piece: string): string => join(dir, "claims", piece);

/** Where processes have the numbers that they have here: the host, and its container. */
function machine(): string {
  try {
    return `${hostname()} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
}

/** When a process of this machine began, in its kernel's ticks: numbers of processes come again. */
function beginning(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return null;
  }
}

/** What tells this state of a file from any other; null where there is none. */
function markOf(path: string): { readonly inode: number; readonly mark: string } | null {
  const info = statSync(path, { throwIfNoEntry: false });
  return info === undefined ? null : { inode: info.ino, mark: `${info.ino} ${info.mtimeMs}` };
}

/**
 * Claims what a path stands for.
 *
 * @param renewal seconds between signs of life
 * @param expired the mark of a claim that has expired, to be taken over
 * @returns null where another process has it
 * @throws InputError if the folder cannot be written
 */
export function takeClaim(path: string, renewal: number, expired?: string): Claim | null {
  const token = randomBytes(12).toString("hex");
  const { pid } = process;
  const text = `${JSON.stringify({ host: hostname(), machine: machine(), pid, began: beginning(pid), token })}\n`;
  makeFolder(dirname(path));
  if (
    !publishWhole(path, text) &&
    (expired === undefined || !removeExpired(path, expired) || !publishWhole(path, text))
  )
    return null;
  const timer = setInterval(() => renew(path), renewal * 1000);
  timer.unref();
  return {
    release() {
      clearInterval(timer);
      if (holderOf(path)?.token === token) rmSync(path, { force: true });
    },
  };
}

/** A new time of change. Only that it differs is read; it is this process's own, which never jumps. */
function renew(path: string): void {
  const now = new Date(performance.timeOrigin + performance.now());
  try {
    utimesSync(path, now, now);
  } catch {
    // taken over, or the file system is away: the piece is finished all the same
  }
}

/** Removes an expired claim, and it alone: another worker may have put its own there since. */
function removeExpired(path: string, expired: string): boolean {
  const aside = join(path, "..", `.${randomBytes(12).toString("hex")}`);
  try {
    renameSync(path, aside);
  } catch {
    return false;
  }
  const ours = markOf(aside)?.mark === expired;
  try {
    if (!ours) linkSync(aside, path);
  } catch {
    // a third worker was faster still
  }
  rmSync(aside, { force: true });
  return ours;
}

/** Who made a claim. */
export interface Holder {
  readonly host: string;
  readonly machine: string;
  readonly pid: number;
  readonly began: string | null;
  readonly token: string;
}

function holderOf(path: string): Partial<Holder> | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Partial<Holder> | null;
  } catch {
    return null;
  }
}

/** Whether the process that holds a claim lives; only of this machine can that be known. */
function livesHere(holder: Partial<Holder> | null): boolean | null {
  if (holder === null || typeof holder.pid !== "number" || holder.machine !== machine()) return null;
  const began = beginning(holder.pid);
  if (began !== null && typeof holder.began === "string" && began !== holder.began) return false;
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** What is known of another's claim. */
export type ClaimState =
  | { readonly state: "free" }
  | {
      readonly state: "held";
      /** Seen at work since the watch began. */
      readonly renewed: boolean;
      /** A process of this machine that lives. */
      readonly here: boolean;
      readonly holder: Partial<Holder> | null;
    }
  | { readonly state: "expired"; readonly mark: string };

interface Seen {
  readonly mark: string;
  readonly inode: number;
  readonly since: number;
  readonly renewed: boolean;
  readonly holder: Partial<Holder> | null;
}

/**
 * Watches claims of others, by their paths, for signs of life.
 *
 * @param lease seconds
 */
export function claimWatch(lease: number): (path: string) => ClaimState {
  const seen = new Map<string, Seen>();
  return (path) => {
    const found = markOf(path);
    if (found === null) {
      seen.delete(path);
      return { state: "free" };
    }
    const now = performance.now();
    const before = seen.get(path);
    let state = before;
    if (before === undefined || before.inode !== found.inode)
      state = { ...found, since: now, renewed: false, holder: holderOf(path) };
    else if (before.mark !== found.mark) state = { ...before, ...found, since: now, renewed: true };
    const current = state ?? { ...found, since: now, renewed: false, holder: null };
    seen.set(path, current);
    const { since, renewed, holder } = current;
    const lives = livesHere(holder);
    if (lives === false || now - since > lease * 1000) return { state: "expired", mark: found.mark };
    return { state: "held", renewed, here: lives === true, holder };
  };
}
