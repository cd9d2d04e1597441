/** `score --learner ID`: one of our own learners on the suite. */

import { reject } from "../base/errors.ts";
import type { Own } from "../suite/own.ts";
import type { Scored } from "../suite/score.ts";
import type { Entry } from "../suite/suite.ts";
import { interruptible, progress, type OutputOptions } from "./io.ts";

/** @param only names of entries, or beginnings of names (absent: all) */
export async function scoreOwn(
  own: Own,
  seed: number,
  only: string | undefined,
  flags: OutputOptions,
): Promise<Scored[]> {
  const { ownName, scoreLearner } = await import("../suite/own.ts");
  const entries = await chosen(only);
  const signal = interruptible();
  const bar = progress(flags);
  const scored: Scored[] = [];
  for (const [i, entry] of entries.entries()) {
    bar.report({ text: `${ownName(own)} on ${entry.name}`, fraction: i / entries.length });
    signal.throwIfAborted();
    const one = await scoreLearner(own, entry, seed, signal);
    if (one !== null) scored.push(one);
  }
  bar.end();
  if (scored.length === 0)
    reject({ where: "--learner", what: `${ownName(own)} takes part in none of these entries` });
  return scored;
}

async function chosen(only: string | undefined): Promise<readonly Entry[]> {
  const { suite } = await import("../suite/suite.ts");
  if (only === undefined) return suite;
  const beginnings = only.split(",");
  for (const beginning of beginnings)
    if (!suite.some(({ name }) => name.startsWith(beginning)))
      reject({
        where: "--entries",
        what: `no entry begins with "${beginning.slice(0, 60)}"`,
        next: "see 'equihard score --list'",
      });
  return suite.filter(({ name }) => beginnings.some((beginning) => name.startsWith(beginning)));
}
