/** What `squeue` says of pilots: one call for all of them. */

/** A row of the queue. */
export interface Row {
  /** Of the array. */
  readonly job: string;
  readonly index: number;
  readonly state: string;
  readonly reason: string;
  readonly node: string;
  readonly name: string;
}

/**
 * One row a pilot (`-r`), those that ended lately included: without accounting nothing else knows how they did.
 * `--json` has another shape in every version.
 */
export const queueArgs = ["--me", "-h", "-r", "-t", "all", "-o", "%F|%K|%T|%r|%N|%j"] as const;

export function parseQueue(text: string): Row[] {
  return text.split("\n").flatMap((line) => {
    const [job, index, state, reason, node, name] = line.split("|");
    if (name === undefined || !/^\d+$/.test(index)) return []; // no pilot: not an array
    return { job, index: Number(index), state, reason, node, name: name.trim() };
  });
}

/** What a pilot is at, as far as the queue tells. */
export type Phase = "waiting" | "running" | Ending;
/**
 * How a pilot ended. `failed`: with an exit code, which the queue does not show and `endingOf` looks at; `launch`:
 * before its first line.
 */
export type Ending = "done" | "time" | "memory" | "node" | "cancelled" | "launch" | "failed";

const endings: Readonly<Record<string, Ending>> = {
  COMPLETED: "done",
  TIMEOUT: "time",
  DEADLINE: "time",
  OUT_OF_MEMORY: "memory",
  NODE_FAIL: "node",
  BOOT_FAIL: "node",
  PREEMPTED: "node",
  CANCELLED: "cancelled",
  REVOKED: "cancelled",
  FAILED: "failed",
};
const running: readonly string[] = [
  "RUNNING",
  "COMPLETING",
  "STAGE_OUT",
  "SIGNALING",
  "STOPPED",
  "SUSPENDED",
];

export function phaseOf({ state }: Pick<Row, "state">): Phase {
  if (Object.hasOwn(endings, state)) return endings[state];
  return running.includes(state) ? "running" : "waiting";
}

/** How a pilot exited. */
export interface Exit {
  /** `code:signal`, as Slurm writes it; empty where it has forgotten. */
  readonly code: string;
  /** The last line of the pilot's log. */
  readonly said: string;
}

/** What a failure is, by its exit. Sites without cgroups kill what takes too much memory, and do not call it that. */
export function endingOf({ code, said }: Exit): Ending {
  if (code === "0:53") return "launch";
  return /:(9|125)$/.test(code) && /memory limit|oom.kill/i.test(said) ? "memory" : "failed";
}

/** `scontrol -o show job`: exit codes by the index in the array. */
export function parseExits(text: string): Map<number, string> {
  const found = new Map<number, string>();
  for (const line of text.split("\n")) {
    const index = /\bArrayTaskId=(\d+)\b/.exec(line)?.[1];
    const exit = /\bExitCode=(\d+:\d+)/.exec(line)?.[1];
    if (index !== undefined && exit !== undefined) found.set(Number(index), exit);
  }
  return found;
}
