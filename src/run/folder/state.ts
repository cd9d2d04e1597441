/** What has become of the work of a run folder, counted without reading the records. */

import { join } from "node:path";
import { namesIn } from "../names.ts";
import { batchName, readHead } from "../store/batch-frame.ts";
import { resultsOf, watchResults } from "../store/finished.ts";
import { claimPath, claimWatch, LEASE } from "./claims.ts";
import { readFailures } from "./failures.ts";
import { readPieceIds } from "./piece-list.ts";

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
  const pieces = readPieceIds(dir);
  const files = new Set(namesIn(resultsOf(dir)));
  const whole = new Set(pieces.filter((ids) => files.has(batchName(ids[0], 1)) && isWhole(dir, ids)));
  const results = watchResults(dir)(new Set([...whole].map(([first]) => batchName(first, 1))));
  const claimed = new Set(namesIn(join(dir, "claims")));
  const failures = readFailures(dir);
  const watch = claimWatch(LEASE);
  const counts = { tasks: 0, done: 0, inFlight: 0, abandoned: 0, failed: 0, open: 0 };
  for (const ids of pieces) {
    counts.tasks += ids.length;
    if (whole.has(ids)) {
      counts.done += ids.length;
      continue;
    }
    const claim = claimed.has(ids[0]) ? watch(claimPath(dir, ids[0])).state : "free";
    for (const id of ids)
      if (results.has(id)) counts.done++;
      else if (claim === "held") counts.inFlight++;
      else if (claim === "expired") counts.abandoned++;
      else if (failures.has(id)) counts.failed++;
      else counts.open++;
  }
  return counts;
}

/** Whether the piece's own batch lists just its tasks: then none of them, of 100,000 perhaps, is looked up. */
function isWhole(dir: string, ids: readonly string[]): boolean {
  const listed = readHead(join(resultsOf(dir), batchName(ids[0], 1)));
  return listed?.length === ids.length && ids.every((id, i) => id === listed[i]);
}
