/** The queue as a client sees it: asked now and then, never more often than allowed; an error changes nothing. */

import { InputError } from "../../../base/errors.ts";
import type { StoredArray } from "./arrays.ts";
import type { Ask } from "./calls.ts";
import { nameOf } from "./decide.ts";
import { exitsOf, lastWords } from "./jobs.ts";
import { nextPoll } from "./pace.ts";
import { pilotsAlive, type PilotsAlive } from "./pilots-alive.ts";
import { endingOf, parseQueue, queueArgs, type Exit } from "./queue.ts";
import { isAlive, observe, type Track } from "./tracks.ts";

/** What is known of the pilots of the arrays that have not ended. */
export interface QueueWatch {
  readonly tracks: () => readonly Track[];
  readonly exits: ReadonlyMap<string, Exit>;
  /** Asks, if it is time; returns the job ids of arrays by name, or null where nobody was asked or nobody answered. */
  look(arrays: readonly StoredArray[]): Promise<ReadonlyMap<string, string> | null>;
  /** All pilots have been concluded. */
  forget(): void;
}

const now = (): number => performance.now() / 1000;

/** @param onSilence told when Slurm stops answering (with what it said), and when it answers again (null) */
export function queueWatch(ask: Ask, dir: string, onSilence: (problem: string | null) => void): QueueWatch {
  const exits = new Map<string, Exit>();
  let tracks: readonly Track[] = [];
  let [polls, errors, next] = [0, 0, 0];
  const explain = async (arrays: readonly StoredArray[]): Promise<void> => {
    for (const { array, id } of arrays) {
      const open = tracks.filter(
        (track) => track.array === array.k && track.phase === "failed" && !exits.has(nameOf(track)),
      );
      if (open.length === 0 || id === null) continue;
      const codes = await exitsOf(ask, id);
      for (const track of open)
        exits.set(nameOf(track), {
          code: codes.get(track.index) ?? "",
          said: lastWords(dir, nameOf(track)),
        });
    }
  };
  return {
    tracks: () => tracks,
    exits,
    async look(arrays) {
      if (now() < next) return null;
      const answer = await ask("squeue", queueArgs);
      if (answer.problem !== undefined) {
        if (++errors === 1) onSilence(answer.problem);
        next = now() + nextPoll(polls, errors, Math.random());
        return null;
      }
      if (errors > 0) onSilence(null);
      errors = 0;
      next = now() + nextPoll(polls++, 0, Math.random());
      const rows = parseQueue(answer.text);
      const before = tracks.filter(isAlive).length;
      tracks = observe(
        tracks,
        arrays.map(({ array }) => array),
        rows,
        now(),
      );
      if (tracks.filter(isAlive).length !== before) polls = 0; // something happens: look again soon
      await explain(arrays);
      tracks = tracks.map((track) => {
        const exit = track.phase === "failed" ? exits.get(nameOf(track)) : undefined;
        return exit === undefined ? track : { ...track, phase: endingOf(exit) };
      });
      return new Map(rows.map(({ name, job }) => [name, job]));
    },
    forget() {
      tracks = [];
    },
  };
}

/** Pilots that are alive, as one look at the queue shows them; or that nobody answered. */
export async function pilotsSeen(
  ask: Ask,
  arrays: readonly StoredArray[],
): Promise<PilotsAlive | { readonly problem: string }> {
  const answer = await ask("squeue", queueArgs).catch((error: unknown) => {
    if (error instanceof InputError) return { problem: error.problem.what, silent: true };
    throw error; // a folder may be looked at where no Slurm is
  });
  if (answer.problem !== undefined) return { problem: `Slurm does not answer: ${answer.problem}` };
  const pilots = arrays.map(({ array }) => array);
  return pilotsAlive(observe([], pilots, parseQueue(answer.text), now()));
}
