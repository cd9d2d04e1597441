/**
 * `tasks.jsonl`: all work of a run, a line a piece: what one worker claims at once, a task or a list of short ones.
 * Lines are added, never changed; the file is written whole, under a claim of its own, before anything is started.
 */

import { writeWhole } from "../../base/write.node.ts";
import { fitTask } from "../record.ts";
import { taskId, type Task } from "../task.ts";
import { claimPath, LEASE } from "./claims.ts";
import { takeWhenFree } from "./lock.ts";
import { entriesOf, idOf, linesOf, piecesFile, readList, readPieceIds } from "./piece-list.ts";

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

const pieceOf = (tasks: readonly NamedTask[]): Piece => ({ id: tasks[0].id, tasks });

/**
 * The pieces of a run folder; none where it has no list.
 *
 * @throws InputError naming the line that is none
 */
export const readPieces = (dir: string): Piece[] =>
  readList(dir, (line, bad) => {
    const tasks = entriesOf(line).map((entry) => {
      const { value: task, problem } = fitTask((entry as { task?: unknown } | null)?.task);
      if (task === undefined) return bad(problem ?? "no task");
      const id = taskId(task);
      return idOf(entry) === id ? { id, task } : bad("an id is not its task's");
    });
    return tasks.length === 0 ? bad("no task in it") : pieceOf(tasks);
  });

/**
 * Adds what the run does not have yet.
 *
 * @param together how many tasks make a piece
 * @throws InputError if the file cannot be read or written
 */
export async function addTasks(dir: string, tasks: readonly Task[], together = 1): Promise<void> {
  const claim = await takeWhenFree(claimPath(dir, "tasks"), LEASE / 4);
  try {
    const known = new Set(readPieceIds(dir).flat());
    const fresh = tasks.flatMap((task) => {
      const id = taskId(task);
      if (known.has(id)) return [];
      known.add(id);
      return [{ id, task }];
    });
    if (fresh.length === 0) return;
    const lines: string[] = [];
    for (let at = 0; at < fresh.length; at += together) {
      const piece = fresh.slice(at, at + together);
      lines.push(JSON.stringify(piece.length === 1 ? piece[0] : piece));
    }
    const all = [...linesOf(piecesFile(dir)), ...lines].map((line) => Buffer.from(`${line}\n`));
    writeWhole(piecesFile(dir), Buffer.concat(all));
  } finally {
    claim.release();
  }
}
