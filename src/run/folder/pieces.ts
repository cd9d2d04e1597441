/**
 * `tasks.jsonl`: all work of a run, a line a piece: what one worker claims at once, a task or a list of short ones.
 * Lines are added, never changed; the file is written whole, under a claim of its own, before anything is started.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { reject } from "../../base/errors.ts";
import { reasonOf, writeWhole } from "../../base/write.node.ts";
import { fitTask } from "../record.ts";
import { taskId, type Task } from "../task.ts";
import { claimWatch, LEASE, takeClaim } from "./claims.ts";

/** A task with its id. */
export interface NamedTask {
  readonly id: string;
  readonly task: Task;
}

/** What is claimed at once; it goes by the id of its first task. */
export interface Piece {
  readonly id: string;
  readonly tasks: readonly NamedTask[];
}

export const piecesFile = (dir: string): string => join(dir, "tasks.jsonl");

const pieceOf = (tasks: readonly NamedTask[]): Piece => ({ id: tasks[0].id, tasks });

/**
 * The pieces of a run folder; none where it has no list.
 *
 * @throws InputError naming the line that is none
 */
export function readPieces(dir: string): Piece[] {
  const path = piecesFile(dir);
  return linesOf(path).map((line, at) => {
    const where = `${path}:${at + 1}`;
    const bad = (what: string): never =>
      reject({ where, what, next: "restore the file, or start the run in another folder" });
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return bad("is not JSON");
    }
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    const tasks = list.map((each) => {
      const { value: task, problem } = fitTask(each);
      return task === undefined ? bad(problem ?? "no task") : { id: taskId(task), task };
    });
    return tasks.length === 0 ? bad("no task in it") : pieceOf(tasks);
  });
}

/** The lines of a file, none of one that is not there. */
function linesOf(path: string): string[] {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    return reject({ where: path, what: `cannot be read: ${reasonOf(error)}` });
  }
  const lines: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(10, at);
    const stop = end < 0 ? bytes.length : end;
    if (stop > at) lines.push(bytes.toString("utf8", at, stop));
    at = stop + 1;
  }
  return lines;
}

/**
 * Adds what the run does not have yet.
 *
 * @param together how many tasks make a piece
 * @throws InputError if the file cannot be read or written
 */
export async function addTasks(dir: string, tasks: readonly Task[], together = 1): Promise<void> {
  const release = await lock(dir);
  try {
    const known = new Set(readPieces(dir).flatMap((piece) => piece.tasks.map(({ id }) => id)));
    const fresh = tasks.filter((task) => {
      const id = taskId(task);
      if (known.has(id)) return false;
      known.add(id);
      return true;
    });
    if (fresh.length === 0) return;
    const lines: string[] = [];
    for (let at = 0; at < fresh.length; at += together) {
      const piece = fresh.slice(at, at + together);
      lines.push(`${JSON.stringify(piece.length === 1 ? piece[0] : piece)}\n`);
    }
    writeWhole(
      piecesFile(dir),
      Buffer.concat([...linesOf(piecesFile(dir)).map((l) => `${l}\n`), ...lines].map((l) => Buffer.from(l))),
    );
  } finally {
    release();
  }
}

/** One client at a time adds work. */
async function lock(dir: string): Promise<() => void> {
  const watch = claimWatch(dir, LEASE);
  for (;;) {
    const found = watch("tasks");
    const expired = found.state === "expired" ? found.mark : undefined;
    const claim = found.state === "held" ? null : takeClaim(dir, "tasks", LEASE, expired);
    if (claim !== null) return () => claim.release();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
