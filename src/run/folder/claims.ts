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
import { join } from "node:path";
import { makeFolder, publishWhole } from "../../base/write.node.ts";

/** Seconds without renewal after which a claim may be taken over; file systems of clusters keep times back for 60. */
export const LEASE = 120;

/** A claim that is held. */
export interface Claim {
  /** Gives the piece back, unless another worker has taken it over. */
  release(): void;
}

const claimsOf = (dir: string): string => join(dir, "claims");

/** Where processes have the numbers that they have here: the host, and its container. */
function machine(): string {
  try {
    return `${hostname()} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
}

/** What tells this state of a file from any other; null where there is none. */
function markOf(path: string): { readonly inode: number; readonly mark: string } | null {
  const info = statSync(path, { throwIfNoEntry: false });
  return info === undefined ? null : { inode: info.ino, mark: `${info.ino} ${info.mtimeMs}` };
}

/**
 * Claims a piece.
 *
 * @param expired the mark of a claim that has expired, to be taken over
 * @param lease seconds
 * @returns null where another worker has it
 * @throws InputError if the folder cannot be written
 */
export function takeClaim(dir: string, id: string, lease: number, expired?: string): Claim | null {
  const path = join(claimsOf(dir), id);
  const token = randomBytes(12).toString("hex");
  const text = `${JSON.stringify({ machine: machine(), pid: process.pid, token })}\n`;
  makeFolder(claimsOf(dir));
  if (
    !publishWhole(path, text) &&
    (expired === undefined || !removeExpired(path, expired) || !publishWhole(path, text))
  )
    return null;
  const timer = setInterval(() => renew(path), (lease * 1000) / 4);
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

interface Holder {
  readonly machine: string;
  readonly pid: number;
  readonly token: string;
}

function holderOf(path: string): Partial<Holder> | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Partial<Holder> | null;
  } catch {
    return null;
  }
}

/** Whether the process that holds a claim has ended; only of this machine can that be known. */
function hasEnded(holder: Partial<Holder> | null): boolean {
  if (holder === null || typeof holder.pid !== "number" || holder.machine !== machine()) return false;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

/** What is known of another's claim. */
export type ClaimState =
  | { readonly state: "free" }
  /** `renewed`: seen at work since the watch began. */
  | { readonly state: "held"; readonly renewed: boolean }
  | { readonly state: "expired"; readonly mark: string };

/**
 * Watches claims of others for signs of life.
 *
 * @param lease seconds
 */
export function claimWatch(dir: string, lease: number): (id: string) => ClaimState {
  const seen = new Map<
    string,
    { mark: string; inode: number; since: number; renewed: boolean; holder: Partial<Holder> | null }
  >();
  return (id) => {
    const path = join(claimsOf(dir), id);
    const found = markOf(path);
    if (found === null) {
      seen.delete(id);
      return { state: "free" };
    }
    const now = performance.now();
    const before = seen.get(id);
    if (before === undefined || before.inode !== found.inode)
      seen.set(id, { ...found, since: now, renewed: false, holder: holderOf(path) });
    else if (before.mark !== found.mark) seen.set(id, { ...before, ...found, since: now, renewed: true });
    const { since, renewed, holder } = seen.get(id) ?? { since: now, renewed: false, holder: null };
    if (hasEnded(holder) || now - since > lease * 1000) return { state: "expired", mark: found.mark };
    return { state: "held", renewed };
  };
}
