/** What has become of the work of a run folder, counted without reading the records. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { claimWatch, LEASE } from "./claims.ts";
import { readFailures } from "./failures.ts";
import { readPieces } from "./pieces.ts";

/** Tasks by state; every task of `tasks.jsonl` is in one. */
export interface FolderState {
  readonly tasks: number;
  readonly done: number;
  /** In pieces that a worker holds. */
  readonly inFlight: number;
  /** In pieces whose worker is known to have ended; the next worker takes them over. */
  readonly abandoned: number;
  /** With failed attempts and no result. */
  readonly failed: number;
  readonly open: number;
}

/** @throws InputError if the list of tasks cannot be read */
export function folderState(dir: string): FolderState {
  const results = new Set(namesIn(join(dir, "results")));
  const claimed = new Set(namesIn(join(dir, "claims")));
  const failures = readFailures(dir);
  const watch = claimWatch(dir, LEASE);
  const counts = { tasks: 0, done: 0, inFlight: 0, abandoned: 0, failed: 0, open: 0 };
  for (const { id: piece, tasks } of readPieces(dir)) {
    const claim = claimed.has(piece) ? watch(piece).state : "free";
    for (const { id } of tasks) {
      counts.tasks++;
      if (results.has(`${id}.json`)) counts.done++;
      else if (claim === "held") counts.inFlight++;
      else if (claim === "expired") counts.abandoned++;
      else if (failures.has(id)) counts.failed++;
      else counts.open++;
    }
  }
  return counts;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
