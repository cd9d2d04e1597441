/**
 * Runs tasks by pilots on Slurm. The client may end at any moment: what it knows is in the run folder, and another one
 * goes on from there. It decides by `decide`, and does here what was decided.
 */

import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { join } from "node:path";
import { reject } from "../../../base/errors.ts";
import { makeFolder } from "../../../base/write.node.ts";
import { stepsKept } from "../../folder/checkpoints.ts";
import { isCancelled } from "../../folder/cancellation.ts";
import { setFailuresAside } from "../../folder/failures.ts";
import { taskId, type Task } from "../../task.ts";
import { boardOf, outcomeOf, plannedIn, type RunOptions, type RunSummary } from "../local.ts";
import { readArrays, writeArray, writeEnds, writeId, type PilotArray, type StoredArray } from "./arrays.ts";
import type { Ask } from "./calls.ts";
import { arraysOf, decide, type Action, type Bounds, type Round, type View, type Work } from "./decide.ts";
import { cancelRun } from "./cancel.ts";
import { cancelJobs, submit } from "./jobs.ts";
import { pilotsAlive } from "./pilots-alive.ts";
import { pilotCommand, pilotsText } from "./script.ts";
import { isAlive } from "./tracks.ts";
import { queueWatch, type QueueWatch } from "./watch.ts";

/** How tasks are run on Slurm. */
export interface SlurmOptions extends Pick<
  RunOptions,
  "store" | "signal" | "retries" | "failFast" | "together" | "onEvent"
> {
  readonly ask: Ask;
  /** What starts the program on a node: Node and the script, both absolute. */
  readonly program: readonly string[];
  /** The run folder as nodes see it, absolute. */
  readonly dir: string;
  readonly asked: View["asked"];
  readonly bounds: Bounds;
  /** Returns once everything is submitted. */
  readonly detach: boolean;
  /** Ends the run for good: its jobs are cancelled. `signal` only ends the client. */
  readonly cancel: AbortSignal;
  /** Told what happens to pilots, a line each. */
  readonly onNote: (text: string) => void;
}

/** What became of the tasks; `detached`: pilots go on with the rest. */
export interface SlurmSummary extends RunSummary {
  readonly detached: boolean;
}

interface Client {
  readonly options: SlurmOptions;
  readonly watch: QueueWatch;
  readonly unanswered: Set<number>;
  /** Either way the user ends the client. */
  readonly ended: AbortSignal;
  begun: boolean;
  /** What was last said of pilots that wait. */
  said: string;
}

/**
 * Submits pilots and waits until everything is done, or detaches from them.
 *
 * @throws InputError where Slurm refuses, or where pilots end in a way that another attempt would repeat
 */
export async function runTasksOnSlurm(tasks: readonly Task[], options: SlurmOptions): Promise<SlurmSummary> {
  const { dir, ask, signal, cancel, onNote } = options;
  const byId = await plannedIn(tasks, options);
  makeFolder(join(dir, "logs"));
  const client: Client = {
    options,
    watch: queueWatch(ask, dir, (problem) =>
      onNote(problem === null ? "Slurm answers again" : `Slurm does not answer (${problem}); pilots go on`),
    ),
    unanswered: new Set(unconcluded(dir).flatMap(({ array, id }) => (id === null ? array.k : []))),
    ended: AbortSignal.any([signal, cancel]),
    begun: false,
    said: "",
  };
  for (;;) {
    const summary = await attend(client, byId);
    if (summary.detached || summary.interrupted || !(await starved(client, summary))) {
      if (!summary.detached && !summary.interrupted) await finish(client, summary);
      return summary;
    }
  }
}

/** Until nothing is left for pilots to do, or the client is ended. */
async function attend(client: Client, byId: ReadonlyMap<string, Task>): Promise<SlurmSummary> {
  const { store, dir, signal, cancel, detach, failFast = false } = client.options;
  let failing = false;
  const board = boardOf(byId, client.options, (_, fate) => (failing ||= fate === "failed"));
  const open = (): number => [...byId.keys()].filter((id) => board.fateOf(id) === undefined).length;
  const outcome = (interrupted: boolean, detached: boolean): SlurmSummary => ({
    ...outcomeOf(byId, store, board),
    leftOut: [],
    interrupted,
    detached,
  });
  for (;;) {
    board.refresh();
    if (open() === 0 || (failing && failFast)) return outcome(false, false);
    if (cancel.aborted || isCancelled(dir)) {
      await abandon(client);
      return outcome(true, false);
    }
    if (signal.aborted || (detach && isSubmitted(client)))
      return outcome(signal.aborted, isSubmitted(client));
    const held = board.heldElsewhere().all;
    await step(client, {
      done: byId.size - open(),
      // read where a round is planned or has ended, not at every look
      get steps() {
        return stepsKept(dir);
      },
      unclaimed: board.unclaimed(),
      held,
    });
    await rest(client);
  }
}

/** Of a trial whose process was killed, as the system does where memory runs out. */
const killed = /\(SIGKILL\)$/;

/**
 * Whether trials failed because their pilots had too little memory: they are open again then, and how the pilots ended
 * decides what is next. Slurm says so only once a pilot has ended.
 */
async function starved({ options, watch, ended }: Client, { failed }: SlurmSummary): Promise<boolean> {
  const { store, dir } = options;
  const ids = new Set(failed.filter(({ message }) => killed.test(message)).map(({ task }) => taskId(task)));
  if (ids.size === 0) return false;
  for (let wait = 0; wait < PATIENCE && !ended.aborted; wait++) {
    await watch.look(unconcluded(dir));
    const tracks = watch.tracks();
    if (tracks.length > 0 && !tracks.some(isAlive)) break;
    await pause(1000, undefined, { signal: ended }).catch(() => {});
  }
  if (!watch.tracks().some(({ phase }) => phase === "memory")) return false;
  setFailuresAside(store.dir, ids);
  return true;
}

/** Seconds in which pilots that find nothing left to do end. */
const PATIENCE = 40;

const unconcluded = (dir: string): StoredArray[] => readArrays(dir).filter(({ ends }) => ends === null);

function isSubmitted({ options: { dir } }: Client): boolean {
  const open = unconcluded(dir);
  return open.length > 0 && open.every(({ id }) => id !== null);
}

/** Seconds between looks at the results: files that a cluster's file system shows late anyway. */
const TICK = 1;

async function rest({ options: { dir }, unanswered, ended }: Client): Promise<void> {
  if (unconcluded(dir).some(({ array, id }) => id === null && !unanswered.has(array.k))) return; // to be sent now
  await pause(TICK * 1000, undefined, { signal: ended }).catch(() => {});
}

/** Looks at the queue if it is time, and does the next thing. */
async function step(client: Client, work: Work): Promise<void> {
  const { options, watch, unanswered } = client;
  const { dir, bounds, asked } = options;
  const open = unconcluded(dir);
  const ids = open.length > 0 ? await watch.look(open) : null;
  if (ids !== null) {
    adopt(client, open, ids);
    report(client);
  }
  const tracks = watch.tracks();
  client.begun ||= tracks.some(({ phase }) => phase === "waiting" || phase === "running");
  const { begun } = client;
  const arrays = readArrays(dir);
  await perform(
    client,
    decide({ work, arrays, unanswered, tracks, exits: watch.exits, bounds, asked, begun }),
  );
}

/** Arrays whose submission had no answer: those in the queue were taken, the others are sent again. */
function adopt(
  { options, unanswered }: Client,
  open: readonly StoredArray[],
  ids: ReadonlyMap<string, string>,
): void {
  for (const { array, id: known } of open) {
    const id = ids.get(array.name);
    if (known === null && unanswered.delete(array.k) && id !== undefined) {
      writeId(options.dir, array.k, id);
      options.onNote(`found ${submitted(array, id)}`);
    }
  }
}

async function perform(client: Client, action: Action): Promise<void> {
  const { dir } = client.options;
  switch (action.do) {
    case "wait":
      return;
    case "send":
      return send(client, action.array);
    case "conclude":
      return conclude(client);
    case "plan":
      conclude(client);
      return plan(client, action.round);
    case "give up": {
      await cancelJobs(client.options.ask, unconcluded(dir));
      conclude(client);
      reject(action.problem);
    }
  }
}

function plan({ options }: Client, round: Round): void {
  const { dir, bounds } = options;
  const name = `equihard-${randomBytes(4).toString("hex")}`;
  const next = Math.max(-1, ...readArrays(dir).map(({ array }) => array.k)) + 1;
  for (const array of arraysOf(round, next, name, bounds.maxArraySize)) writeArray(dir, array);
}

/** More than a user may submit at once. */
const submitLimit = /submit.*limit|MaxSubmit|job\/user limits/i;

async function send(client: Client, array: PilotArray): Promise<void> {
  const { options, unanswered } = client;
  const { ask, dir, program, onNote } = options;
  const sent = await submit(ask, array, dir, pilotCommand(program, dir, array.request));
  if ("id" in sent) {
    writeId(dir, array.k, sent.id);
    client.begun = true;
    onNote(submitted(array, sent.id));
  } else if (sent.silent) {
    unanswered.add(array.k);
    onNote(`sbatch had no answer (${sent.problem}); looking for ${array.name} before another try`);
  } else if (submitLimit.test(sent.problem) && array.size > 1) {
    onNote(`Slurm takes no ${array.size} more pilots (${sent.problem}); trying half`);
    writeArray(dir, { ...array, size: Math.floor(array.size / 2) });
  } else {
    conclude(client);
    reject({ where: "sbatch", what: sent.problem, next: "equihard doctor shows what the site allows" });
  }
}

const causes: Readonly<Record<PilotArray["cause"], string>> = {
  asked: "",
  node: ", after nodes were lost",
  memory: ", with more memory",
  time: ", as time was up",
};

const submitted = ({ k, size, request, cause }: PilotArray, id: string): string =>
  `array ${k}: job ${id}, ${pilotsText(size, request)}${causes[cause]}`;

/** Writes down how the pilots ended; of those that have not, how the run did. */
function conclude({ options: { dir }, watch }: Client): void {
  const tracks = watch.tracks();
  for (const { array } of unconcluded(dir)) {
    const ends: Record<string, number> = {};
    for (const { phase } of tracks.filter((track) => track.array === array.k))
      ends[phase] = (ends[phase] ?? 0) + 1;
    writeEnds(dir, array.k, ends);
  }
  watch.forget();
}

/** Nothing is left: pilots that wait for a node would find nothing to do, and those at work leave by themselves. */
async function finish(client: Client, { failed }: SlurmSummary): Promise<void> {
  const { ask, dir, failFast = false } = client.options;
  const open = unconcluded(dir);
  if (open.length > 0) await cancelJobs(ask, open, failFast && failed.length > 0 ? "all" : "waiting");
  conclude(client);
}

/** The user wants no more of it. */
async function abandon({ options: { ask, dir, onNote } }: Client): Promise<void> {
  const { silence } = await cancelRun(dir, ask);
  if (silence !== null) onNote(`Slurm does not answer (${silence}); pilots that start leave at once`);
}

/** Says what pilots are at, where that has changed. */
function report(client: Client): void {
  const { line: text } = pilotsAlive(client.watch.tracks());
  if (text === client.said || text === "") return;
  client.said = text;
  client.options.onNote(text);
}
