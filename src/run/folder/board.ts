/** What is left to do in a run folder, as one process sees it; its lanes share the view. */

import { statSync } from "node:fs";
import { join } from "node:path";
import { namesIn } from "../names.ts";
import { watchResults } from "../store/finished.ts";
import { claimPath, claimWatch, takeClaim, type Claim } from "./claims.ts";
import { publishFailure, readFailures } from "./failures.ts";
import { piecesFile } from "./piece-list.ts";
import { readPieces, type NamedTask, type Piece } from "./pieces.ts";

/** What becomes of a task: `kept` is a record that was there, or that another worker made. */
export type Fate = "done" | "kept" | "left out" | "failed";

export interface BoardOptions {
  readonly dir: string;
  /** Attempts after the first that a failing task gets. */
  readonly retries: number;
  /** Seconds. */
  readonly lease: number;
  /** Only tasks of these ids (absent: all of the folder). */
  readonly only?: ReadonlySet<string>;
  /** @param message of one that failed: what went wrong last */
  readonly onSettled?: (task: NamedTask, fate: Fate, message?: string) => void;
}

export interface Board {
  /** A piece that nobody was at when last looked. */
  next(): Piece | undefined;
  /** Claims a piece; null where another worker has it. */
  claim(piece: Piece): Claim | null;
  /** Looks at the folder again: new work, results and claims of others. */
  refresh(): void;
  isOpen(task: NamedTask): boolean;
  settle(task: NamedTask, fate: Fate): void;
  /** Keeps a failed attempt; the task is open as long as it has another. `final`: it would end the same way. */
  fail(task: NamedTask, message: string, final: boolean): void;
  /** Pieces that other processes hold; `alive`: only those not yet known to be at work. */
  heldElsewhere(): { readonly all: number; readonly unknown: number };
  /** Tasks that nobody was at when last looked. */
  unclaimed(): number;
  fateOf(id: string): Fate | undefined;
}

/** The view of a run folder; nothing is seen before the first `refresh`. */
export function openBoard({ dir, retries, lease, only, onSettled }: BoardOptions): Board {
  const fates = new Map<string, Fate>();
  const list = openList(dir, only);
  const claims = openClaims(dir, lease);
  const results = watchResults(dir);
  let queue: readonly Piece[] = [];
  let at = 0;

  const isOpen = ({ id }: NamedTask): boolean => !fates.has(id);
  const hasOpen = ({ tasks }: Piece): boolean => tasks.some(isOpen);
  const settle = (task: NamedTask, fate: Fate, message?: string): void => {
    if (!isOpen(task)) return;
    fates.set(task.id, fate);
    onSettled?.(task, fate, message);
  };
  return {
    next() {
      while (at < queue.length) {
        const piece = queue[at++];
        if (hasOpen(piece)) return piece;
      }
      return undefined;
    },
    claim: claims.take,
    refresh() {
      const finished = results();
      const failures = readFailures(dir);
      for (const { tasks } of list.pieces())
        for (const task of tasks) {
          const failure = failures.get(task.id);
          if (finished.has(task.id)) settle(task, "kept");
          else if (exhausted(failure, retries)) settle(task, "failed", failure?.message);
        }
      queue = claims.free(list.keep(hasOpen));
      at = 0;
    },
    isOpen,
    settle,
    fail(task, message, final) {
      const attempts = publishFailure(dir, task, message, final);
      if (exhausted({ attempts, final }, retries)) settle(task, "failed", message);
    },
    heldElsewhere: claims.heldElsewhere,
    unclaimed: () => queue.reduce((sum, { tasks }) => sum + tasks.filter(isOpen).length, 0),
    fateOf: (id) => fates.get(id),
  };
}

/** The pieces of `tasks.jsonl` that may be open, read again where it has changed. */
function openList(dir: string, only: ReadonlySet<string> | undefined) {
  let stamp = "";
  let pieces: readonly Piece[] = [];
  return {
    pieces() {
      const info = statSync(piecesFile(dir), { throwIfNoEntry: false });
      const now = `${info?.ino} ${info?.size} ${info?.mtimeMs}`;
      if (now === stamp) return pieces;
      stamp = now;
      pieces = readPieces(dir).flatMap((piece) => {
        const tasks = only === undefined ? piece.tasks : piece.tasks.filter(({ id }) => only.has(id));
        return tasks.length === 0 ? [] : [{ ...piece, tasks }];
      });
      return pieces;
    },
    keep: (open: (piece: Piece) => boolean) => (pieces = pieces.filter(open)),
  };
}

/** The claims of this process, and what is known of those of others. */
function openClaims(dir: string, lease: number) {
  const watch = claimWatch(lease);
  const held = new Set<string>();
  const expired = new Map<string, string>();
  let elsewhere = { all: 0, unknown: 0 };
  const isFree = (id: string): boolean => {
    const found = watch(claimPath(dir, id));
    if (found.state === "expired") expired.set(id, found.mark);
    if (found.state !== "held") return true;
    elsewhere = { all: elsewhere.all + 1, unknown: elsewhere.unknown + (found.renewed ? 0 : 1) };
    return false;
  };
  return {
    take({ id }: Piece): Claim | null {
      const claim = takeClaim(claimPath(dir, id), lease / 4, expired.get(id));
      if (claim === null) return null;
      held.add(id);
      return {
        release() {
          held.delete(id);
          claim.release();
        },
      };
    },
    /** Those of the pieces that nobody is at. */
    free(pieces: readonly Piece[]): Piece[] {
      const claimed = new Set(namesIn(join(dir, "claims")));
      elsewhere = { all: 0, unknown: 0 };
      expired.clear();
      return pieces.filter(({ id }) => !held.has(id) && (!claimed.has(id) || isFree(id)));
    },
    heldElsewhere: () => elsewhere,
  };
}

const exhausted = (of: { attempts: number; final: boolean } | undefined, retries: number): boolean =>
  of !== undefined && (of.final || of.attempts > retries);
