/**
 * What a client does next, from what it knows: no calls, no clock, no files. Results in the run folder are the truth;
 * Slurm only says which pilots are still alive. As long as one is, it does whatever is left; when none is and work is
 * left, how they ended decides whether others are sent, and with what.
 */

import type { Problem } from "../../../base/errors.ts";
import type { PilotArray, PilotRequest, StoredArray } from "./arrays.ts";
import type { Exit } from "./queue.ts";
import { grouped } from "./reasons.ts";
import { isAlive, type Track } from "./tracks.ts";

/** Work of the run folder. */
export interface Work {
  readonly done: number;
  /** Steps that unfinished trainings have taken, as far as they are kept. */
  readonly steps: number;
  /** Tasks that nobody is at. */
  readonly unclaimed: number;
  /** Pieces that a worker is at, or was when it was last heard of. */
  readonly held: number;
}

/** What pilots may grow to. */
export interface Bounds {
  readonly maxArraySize: number;
  /** MiB of a node. */
  readonly memory: number;
  /** Seconds of the partition. */
  readonly limit: number;
}

/** All that a decision is made from. */
export interface View {
  readonly work: Work;
  /** Those of earlier rounds, too. */
  readonly arrays: readonly StoredArray[];
  /** Arrays whose submission was not answered, and which the queue has not been asked for since. */
  readonly unanswered: ReadonlySet<number>;
  /** Pilots of the arrays that have not ended. */
  readonly tracks: readonly Track[];
  /** How pilots that failed exited, by `array_index`, with the last line of their log. */
  readonly exits: ReadonlyMap<string, Exit>;
  readonly bounds: Bounds;
  /** What the user asks for: the first round, unless there was one. */
  readonly asked: { readonly pilots: number; readonly request: PilotRequest };
  /** Whether this client has submitted or found pilots; else its user asks anew. */
  readonly begun: boolean;
}

/** What to do. */
export type Action =
  | { readonly do: "wait" }
  /** Calls sbatch for an array that is written down. */
  | { readonly do: "send"; readonly array: PilotArray }
  /** Writes down how the pilots of arrays ended. */
  | { readonly do: "conclude"; readonly arrays: readonly number[] }
  /** Writes down the arrays of another round. */
  | { readonly do: "plan"; readonly round: Round }
  /** Ends the run, and cancels what waits. */
  | { readonly do: "give up"; readonly problem: Problem };

/** Pilots that are asked for at once. */
export interface Round extends Pick<PilotArray, "cause" | "request" | "failures" | "done" | "steps"> {
  readonly pilots: number;
}

/** Rounds after lost nodes and preemptions; they are not charged to the user's retries. */
const NODE_ROUNDS = 3;
const GROWTH = 1.5;
const FAILURES_OF_A_NODE = 2;

/** The next thing to do. */
export function decide(view: View): Action {
  const current = view.arrays.filter(({ ends }) => ends === null);
  const unsent = current.find(({ array, id }) => id === null && !view.unanswered.has(array.k));
  if (unsent !== undefined) return { do: "send", array: unsent.array };
  const seen = new Set(view.tracks.map(({ array }) => array));
  if (current.some(({ array, id }) => id === null || !seen.has(array.k))) return { do: "wait" }; // for the queue
  if (view.tracks.some(isAlive)) return hopeless(view.tracks);
  if (current.length > 0 && view.begun)
    return view.work.unclaimed === 0 ? { do: "wait" } : afterRound(view, current);
  if (current.length > 0) return { do: "conclude", arrays: current.map(({ array }) => array.k) };
  if (view.work.unclaimed === 0) return { do: "wait" }; // others are at all of it
  const { pilots, request } = view.asked;
  const { done, steps } = view.work;
  return { do: "plan", round: { pilots, request, cause: "asked", failures: {}, done, steps } };
}

/** Gives up where every pilot waits for what will not come. */
function hopeless(tracks: readonly Track[]): Action {
  const alive = tracks.filter(isAlive);
  if (alive.some(({ phase }) => phase !== "waiting")) return { do: "wait" };
  const [first, ...others] = grouped(alive.map(({ reason }) => reason));
  if (first.mend === undefined || others.some(({ mend }) => mend === undefined)) return { do: "wait" };
  return {
    do: "give up",
    problem: {
      where: "Slurm",
      what: `no pilot will ever start: it ${first.says} (${first.reason})`,
      next: `the pilots are cancelled; resume the run with ${first.mend}`,
    },
  };
}

/** All pilots have ended, and work is left. */
function afterRound(view: View, current: readonly StoredArray[]): Action {
  const { tracks, arrays, bounds, work } = view;
  const last = current[0].array;
  const failures = { ...last.failures };
  for (const { phase, node } of tracks)
    if (node !== "" && ["node", "lost", "launch"].includes(phase)) failures[node] = (failures[node] ?? 0) + 1;
  const again = (cause: Round["cause"], change: Partial<PilotRequest> = {}): Action => ({
    do: "plan",
    round: {
      pilots: Math.min(tracks.length, Math.max(1, work.unclaimed)),
      request: { ...last.request, exclude: excluded(failures), ...change },
      cause,
      failures,
      done: work.done,
      steps: work.steps,
    },
  });
  const problem = unmendable(view);
  if (problem !== null) return { do: "give up", problem };
  const { memory, time } = last.request;
  if (tracks.some(({ phase }) => phase === "memory")) {
    if (memory >= bounds.memory) return { do: "give up", problem: outOfMemory(last.request, bounds) };
    return again("memory", { memory: Math.min(bounds.memory, Math.ceil(memory * GROWTH)) });
  }
  const progress = work.done > last.done || work.steps > last.steps;
  if (tracks.some(({ phase }) => phase === "time" || phase === "failed"))
    return progress ? again("time") : { do: "give up", problem: tooSlow(time, bounds) };
  if (roundsSinceAsked(arrays) < NODE_ROUNDS) return again("node");
  return {
    do: "give up",
    problem: {
      where: "Slurm",
      what: `pilots were lost with their nodes, again after ${NODE_ROUNDS} further rounds`,
      next: "see 'sinfo -R' and 'equihard logs'; 'equihard resume' goes on",
    },
  };
}

/** How often pilots were sent for those that nodes took with them, since the user last asked. */
function roundsSinceAsked(arrays: readonly StoredArray[]): number {
  const rounds = new Set<number>();
  for (const { array } of arrays) {
    if (array.cause === "asked") rounds.clear();
    if (array.cause === "node") rounds.add(array.round);
  }
  return rounds.size;
}

const excluded = (failures: Readonly<Record<string, number>>): string[] =>
  Object.keys(failures).filter((node) => failures[node] >= FAILURES_OF_A_NODE);

/** What a pilot exits with when it gave back what it was at: its time was up, or a signal came. */
const [GIVEN_BACK, FORGOTTEN] = ["75:0", ""];

/** An end that another attempt would repeat. */
function unmendable({ tracks, exits }: View): Problem | null {
  const launch = tracks.find(({ phase }) => phase === "launch");
  if (launch !== undefined)
    return {
      where: `pilot ${nameOf(launch)}`,
      what: `could not begin on ${launch.node} (exit 0:53): the run folder or its logs folder is not there`,
      next: "put the run on a file system that all nodes share (equihard doctor --site tries it), then resume it",
    };
  for (const track of tracks) {
    const exit = exits.get(nameOf(track));
    if (track.phase === "failed" && exit !== undefined && ![GIVEN_BACK, FORGOTTEN].includes(exit.code))
      return failed(track, exit);
  }
  if (tracks.every(({ phase }) => phase === "cancelled"))
    return { where: "Slurm", what: "all pilots were cancelled", next: "'equihard resume' sends others" };
  return null;
}

/** What shells exit with where the program is not there, or may not be run. */
const NO_PROGRAM = ["127:0", "126:0"];

const failed = (track: Track, { code, said }: Exit): Problem => ({
  where: `pilot ${nameOf(track)} on ${track.node}`,
  what: `ended with exit code ${code.replace(/:0$/, "")}${said === "" ? "" : `: ${said}`}`,
  next: NO_PROGRAM.includes(code)
    ? "install Node and equihard where all nodes see them at the same path, then resume the run"
    : "mend that, then 'equihard resume' goes on",
});

const minutes = (seconds: number): string => `${Math.round(seconds / 60)}m`;

const tooSlow = (time: number, { limit }: Bounds): Problem => ({
  where: "--time",
  what: `no trial was finished or came any further within ${minutes(time)}`,
  ...(Number.isFinite(limit) ? { allowed: `at most ${minutes(limit)} in this partition` } : {}),
  next: "resume the run with a longer --time",
});

const outOfMemory = ({ memory, cores }: PilotRequest, bounds: Bounds): Problem => ({
  where: "--memory",
  what: `pilots of ${cores} workers need more than ${memory} MiB, and a node has ${bounds.memory}`,
  next: "resume the run with fewer --cores, or in a partition of larger nodes",
});

/** `K_a`: the name of a pilot's log, too. */
export const nameOf = ({ array, index }: Pick<Track, "array" | "index">): string => `${array}_${index}`;

/**
 * The arrays of a round: an index may not reach MaxArraySize.
 *
 * @param k of the first
 * @param name what their names begin with
 */
export function arraysOf(round: Round, k: number, name: string, maxArraySize: number): PilotArray[] {
  const { pilots, ...rest } = round;
  const count = Math.ceil(pilots / maxArraySize);
  return Array.from({ length: count }, (_, i) => ({
    schema: "equihard.array/1",
    k: k + i,
    name: `${name}-${k + i}`,
    size: Math.min(maxArraySize, pilots - i * maxArraySize),
    round: k,
    ...rest,
  }));
}
