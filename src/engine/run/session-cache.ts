/**
 * Sessions shared by all who run the same graph: trainings that differ in their seed alone make the same model, whose
 * session takes as long to set up as hundreds of steps of a small network. A session keeps nothing between runs.
 */

import type { NativeRuntime, Session } from "./session.ts";

interface Entry {
  readonly runtime: NativeRuntime;
  readonly model: Uint8Array;
  readonly session: Promise<Session>;
  users: number;
}

/** Those in use, and the last few that were, in the order of their release. */
let entries: Entry[] = [];

/** Sessions kept that nobody uses, with the memory they compute in: a training's step and its prediction. */
export const idleSessions = 2;

const equal = (a: Uint8Array, b: Uint8Array): boolean =>
  a === b || (a.length === b.length && a.every((byte, i) => byte === b[i]));

/** A session of the model, to be released as if it were one's own. */
export async function sharedSession(runtime: NativeRuntime, model: Uint8Array): Promise<Session> {
  const known = entries.find((e) => e.runtime === runtime && equal(e.model, model));
  const entry = known ?? { runtime, model, session: runtime.createSession(model), users: 0 };
  if (known === undefined) entries.push(entry);
  entry.users++;
  let held = true;
  try {
    const { run } = await entry.session;
    return {
      run,
      async release() {
        const leaving = held;
        held = false;
        if (leaving) await leave(entry);
      },
    };
  } catch (error) {
    entries = entries.filter((e) => e !== entry); // what cannot be loaded is not remembered
    throw error;
  }
}

/** Ends the session unused for longest where there are too many. */
async function leave(entry: Entry): Promise<void> {
  entry.users--;
  if (entry.users > 0) return;
  entries = [...entries.filter((e) => e !== entry), entry];
  const idle = entries.filter((e) => e.users === 0);
  if (idle.length <= idleSessions) return;
  entries = entries.filter((e) => e !== idle[0]);
  await (await idle[0].session).release();
}
