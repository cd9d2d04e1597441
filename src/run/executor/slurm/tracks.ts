/**
 * What is known of each pilot from one look at the queue to the next. Slurm is a hint: a pilot that is not in the queue
 * may be one that the controller has not written down yet, or has forgotten.
 */

import type { PilotArray } from "./arrays.ts";
import { phaseOf, type Phase, type Row } from "./queue.ts";

/** A pilot as last seen. */
export interface Track {
  readonly array: number;
  readonly index: number;
  /** `lost`: absent for so long that it will not come back. */
  readonly phase: Phase | "unseen" | "lost";
  readonly reason: string;
  readonly node: string;
  /** Looks at the queue in which it was absent, and the time of the first of them. */
  readonly absent: { readonly looks: number; readonly since: number } | null;
}

/** Looks, and seconds, after which an absent pilot is lost. */
export const LOOKS = 3;
export const GRACE = 15;

const keyOf = (name: string, index: number): string => `${name} ${index}`;

/**
 * @param now seconds of a monotonic clock
 * @returns the pilots of the arrays, in order
 */
export function observe(
  before: readonly Track[],
  arrays: readonly PilotArray[],
  rows: readonly Row[],
  now: number,
): Track[] {
  const seen = new Map(rows.map((row) => [keyOf(row.name, row.index), row]));
  const known = new Map(before.map((track) => [`${track.array} ${track.index}`, track]));
  return arrays.flatMap(({ k, name, size }) =>
    Array.from({ length: size }, (_, index): Track => {
      const row = seen.get(keyOf(name, index));
      if (row !== undefined)
        return { array: k, index, phase: phaseOf(row), reason: row.reason, node: row.node, absent: null };
      return missed(known.get(`${k} ${index}`) ?? fresh(k, index), now);
    }),
  );
}

const fresh = (array: number, index: number): Track => ({
  array,
  index,
  phase: "unseen",
  reason: "",
  node: "",
  absent: null,
});

/** Of a pilot that is not in the queue: what has ended has ended. */
function missed(track: Track, now: number): Track {
  if (!isAlive(track)) return track;
  const absent = { looks: (track.absent?.looks ?? 0) + 1, since: track.absent?.since ?? now };
  if (absent.looks < LOOKS || now - absent.since < GRACE) return { ...track, absent };
  return { ...track, absent, phase: "lost" };
}

/** Whether a pilot may still do something. */
export const isAlive = ({ phase }: Pick<Track, "phase">): boolean =>
  phase === "waiting" || phase === "running" || phase === "unseen";
