/** Results that no learner is trained for, said again from the computations: games and hypergraphs. */

import type { Finished } from "../../../src/run/record.ts";
import type { Said } from "./cells.ts";

type Computed = Finished<"recipe">;

interface Game {
  readonly tau: number;
  readonly functions: number;
  readonly excludedPerQuery: number;
  readonly runs: readonly {
    readonly strategy: string;
    readonly queries: number;
    readonly survivors: number;
    readonly curve: readonly { readonly queries: number; readonly survivors: number }[];
  }[];
}

interface Instances {
  readonly instances: readonly { readonly fittable: boolean | null; readonly colourable: boolean }[];
}

const gameIn = ({ result }: Computed): Game => result as unknown as Game;
const instancesIn = ({ result }: Computed) => (result as unknown as Instances).instances;

/** Points of a game, and how many of them have more functions excluded than queries may exclude. */
function pointsOf({ runs, functions, excludedPerQuery }: Game) {
  const points = runs.flatMap((r) => r.curve);
  const below = points.filter((p) => functions - p.survivors > p.queries * excludedPerQuery);
  return { all: points.length, below: below.length };
}

export function playSaid(record: Computed, certified: boolean): Said {
  const game = gameIn(record);
  const { tau, functions, excludedPerQuery: most, runs } = game;
  if (certified)
    return {
      says: `a query of tolerance ${tau} excludes at most ${most} of ${functions} functions`,
      short: `at most ${most} a query`,
      values: [most],
    };
  const { all, below } = pointsOf(game);
  return {
    says: runs.map((r) => `${r.strategy}: ${r.survivors} left after ${r.queries} queries`).join("; "),
    short: `${all - below} of ${all} keep to it`,
    values: runs.map((r) => r.survivors),
  };
}

export function instancesSaid(record: Computed): Said {
  const all = instancesIn(record);
  const [agree, fit] = [
    all.filter((i) => i.fittable === i.colourable),
    all.filter((i) => i.fittable === true),
  ];
  const { seconds } = record.measurement;
  const time =
    seconds === undefined
      ? ""
      : `; ${seconds.toFixed(1)} s for all of them, colourings tried one by one included`;
  return {
    says: `${fit.length} of ${all.length} can be fitted; every fit was mapped to a colouring and back${time}`,
    short: `${agree.length} of ${all.length} agree`,
    values: [fit.length],
  };
}

/** What a verdict rests on. */
export function holdsSaid(record: Computed): string {
  if (record.task.recipe === "play") {
    const { all, below } = pointsOf(gameIn(record));
    return `${below} of ${all} points below the certified line`;
  }
  const all = instancesIn(record);
  const agree = all.filter((i) => i.fittable === i.colourable).length;
  return `fitting and colouring agree on ${agree} of ${all.length} instances`;
}
