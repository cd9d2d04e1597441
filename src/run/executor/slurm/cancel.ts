/** A run's cancellation: written down first, as Slurm may be away. */

import { writeCancellation } from "../../folder/cancellation.ts";
import { readArrays, writeEnds } from "./arrays.ts";
import type { Ask } from "./calls.ts";
import { cancelJobs } from "./jobs.ts";

/** What came of a cancellation. */
export interface Cancelled {
  /** Arrays whose jobs were cancelled. */
  readonly arrays: number;
  /** What Slurm said, where it did not answer: pilots that start find the ledger and leave. */
  readonly silence: string | null;
}

/**
 * @param dir the run folder
 * @throws InputError if it cannot be written, or where jobs are to be cancelled and Slurm is not on this machine
 */
export async function cancelRun(dir: string, ask: Ask): Promise<Cancelled> {
  writeCancellation(dir);
  const open = readArrays(dir).filter(({ ends }) => ends === null);
  if (open.length === 0) return { arrays: 0, silence: null };
  const silence = await cancelJobs(ask, open);
  if (silence !== null) return { arrays: open.length, silence };
  for (const { array } of open) writeEnds(dir, array.k, { cancelled: array.size });
  return { arrays: open.length, silence: null };
}
