/** Which pilots are alive, and why the others of them wait, in words. */

import { grouped, waitingLine, type WaitingGroup } from "./reasons.ts";
import type { Track } from "./tracks.ts";

/** @see pilotsAlive */
export interface PilotsAlive {
  readonly running: number;
  readonly waiting: readonly WaitingGroup[];
  /** All of it in a line: `2 pilots run; 3 wait: ...`; empty where none is alive. */
  readonly line: string;
}

export function pilotsAlive(tracks: readonly Track[]): PilotsAlive {
  const running = tracks.filter(({ phase }) => phase === "running").length;
  const waiting = grouped(tracks.filter(({ phase }) => phase === "waiting").map(({ reason }) => reason));
  const atWork = running === 1 ? "1 pilot runs" : `${running} pilots run`;
  return {
    running,
    waiting,
    line: [...(running > 0 ? [atWork] : []), ...waiting.map(waitingLine)].join("; "),
  };
}
