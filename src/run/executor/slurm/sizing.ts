/** What pilots ask for: node-sized, no more of them than there is work for, no longer than they need. */

import { reject } from "../../../base/errors.ts";
import type { View } from "./decide.ts";
import type { Partition } from "./site.ts";

/** A run's work, as measured by short trials. */
export interface Measured {
  readonly trials: number;
  /** Of one worker, for all of it. */
  readonly seconds: number;
  /** Of one worker, at its greatest. */
  readonly bytes: number;
}

/** What the user wants; what is absent is chosen. */
export interface Wanted {
  /** Worker processes in all. */
  readonly workers?: number;
  /** Worker processes of a pilot. */
  readonly cores?: number;
  /** Seconds. */
  readonly time?: number;
  /** MiB of a pilot. */
  readonly memory?: number;
}

/** Seconds of work that are worth a pilot of their own: Slurm starts it in as many. */
const WORTH = 600;
/** Beyond what was measured: trials differ. */
const [TIME_MARGIN, MEMORY_MARGIN] = [3, 1.5];
/** MiB of the pilot itself. */
const OWN = 256;
const MEBIBYTE = 2 ** 20;

const refuse = (where: string, what: string, allowed: string): never => reject({ where, what, allowed });

/** @throws InputError for what is wanted beyond the partition's limits */
export function sizing(work: Measured, partition: Partition, wanted: Wanted): View["asked"] {
  const { name, limit } = partition;
  const each = (work.bytes * MEMORY_MARGIN) / MEBIBYTE;
  const fitting = Math.max(1, Math.floor((partition.memory - OWN) / each));
  const cores =
    wanted.cores ?? Math.max(1, Math.min(partition.cores, fitting, work.trials, wanted.workers ?? Infinity));
  if (cores > partition.cores)
    refuse("--cores", `${cores} are more than a node of ${name} has`, `1 to ${partition.cores}`);
  const memory = wanted.memory ?? Math.min(partition.memory, Math.ceil(OWN + cores * each));
  if (memory > partition.memory)
    refuse("--memory", `${memory} MiB are more than a node of ${name} has`, `up to ${partition.memory}M`);
  if (wanted.time !== undefined && (wanted.time > limit || wanted.time < 60))
    refuse("--time", `${wanted.time / 60} minutes do not fit ${name}`, `1m to ${limitText(limit)}`);
  const most = wanted.workers === undefined ? work.seconds / WORTH / cores : wanted.workers / cores;
  const pilots = Math.max(1, Math.ceil(Math.min(most, work.trials / cores)));
  const share = work.seconds / (pilots * cores);
  const time = Math.ceil(wanted.time ?? Math.min(limit, WORTH + TIME_MARGIN * share));
  return { pilots, request: { partition: name, time, cores, memory, exclude: [] } };
}

/** A partition's limit in words that `--time` takes. */
export const limitText = (limit: number): string =>
  Number.isFinite(limit) ? `${Math.floor(limit / 60)}m` : "any";
