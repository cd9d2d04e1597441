/** `logs RUN [TASK] [-f]`: what the pilots of a run said, and why attempts failed. */

import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { reject } from "../base/errors.ts";
import { namesIn } from "../run/names.ts";
import { newCommand, parseArguments } from "./command.ts";
import { interruptible, print, type OutputOptions } from "./io.ts";
import { requireRun } from "./status.ts";
import { writeOut } from "./streams.ts";

/** Milliseconds between looks with `-f`. */
const INTERVAL = 1000;

export async function run(args: readonly string[]): Promise<number> {
  const command = newCommand(
    "logs",
    "What the pilots of a run said, and the errors of attempts that failed.",
    "equihard logs runs/widths 0_3 -f",
  )
    .argument("[run]", "run folder")
    .argument("[task]", "a pilot (ARRAY_INDEX), or a trial's id or its beginning [all]")
    .option("-f, --follow", "go on as more is said, until nothing is left to do");
  const parsed = parseArguments(command, args);
  if (parsed === null) return 0;
  const dir = requireRun(parsed.args[0], "logs");
  const flags = parsed.opts<OutputOptions & { follow?: boolean }>();
  const about = parsed.args[1];
  if (flags.follow === true && flags.json === true)
    reject({
      where: "--follow",
      what: "stands beside --json, which prints one document",
      allowed: "one of the two",
    });
  const { failedAttempts } = await import("../run/folder/failures.ts");
  const reader = logReader(dir, about);
  const failures = failedAttempts(dir).filter(({ id }) => about === undefined || id.startsWith(about));
  const lines = reader.more();
  if (about !== undefined && lines.length === 0 && failures.length === 0) refuseUnknown(dir, about);
  if (flags.json === true) {
    const said = lines.map(({ pilot, text }) => ({ pilot, text }));
    print(flags, { schema: "equihard.logs/1", run: dir, lines: said, failures }, () => "");
    return 0;
  }
  for (const { id, attempt, host, message } of failures)
    writeOut(`${id} attempt ${attempt} on ${host}: ${message}\n`);
  show(lines);
  if (flags.follow !== true) return 0;
  return follow(dir, reader);
}

interface Line {
  readonly pilot: string;
  readonly text: string;
}

const show = (lines: readonly Line[]): void => {
  for (const { pilot, text } of lines) writeOut(`${pilot}: ${text}\n`);
};

/** Reads what has been added to the logs since it last did: whole lines. */
function logReader(dir: string, about: string | undefined): { more(): Line[] } {
  const logs = join(dir, "logs");
  const taken = new Map<string, number>();
  return {
    more: () =>
      namesIn(logs)
        .filter((name) => name.endsWith(".log") && (about === undefined || name === `${about}.log`))
        .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
        .flatMap((name) => {
          const path = join(logs, name);
          const from = taken.get(name) ?? 0;
          const { size } = statSync(path, { throwIfNoEntry: false }) ?? { size: 0 };
          if (size <= from) return [];
          const bytes = readFileSync(path).subarray(from);
          const end = bytes.lastIndexOf(10) + 1;
          taken.set(name, from + end);
          const texts = bytes.subarray(0, end).toString("utf8").split("\n").slice(0, -1);
          return texts.map((text) => ({ pilot: name.replace(/\.log$/, ""), text }));
        }),
  };
}

async function follow(dir: string, reader: ReturnType<typeof logReader>): Promise<number> {
  const { folderState } = await import("../run/folder/state.ts");
  const { isCancelled } = await import("../run/folder/cancellation.ts");
  const signal = interruptible();
  while (!signal.aborted) {
    const { tasks, done, failed } = folderState(dir);
    const isOver = done + failed === tasks || isCancelled(dir);
    show(reader.more());
    if (isOver) return 0;
    await pause(INTERVAL, undefined, { signal }).catch(() => {});
  }
  return 130;
}

function refuseUnknown(dir: string, about: string): never {
  const pilots = namesIn(join(dir, "logs")).map((name) => name.replace(/\.log$/, ""));
  return reject({
    where: `logs ${dir}`,
    what: `nothing is known of ${about}`,
    allowed:
      pilots.length === 0
        ? "the id of a trial that failed; only pilots on Slurm have logs"
        : `the id of a trial that failed, or a pilot: ${pilots.slice(0, 8).join(", ")}`,
  });
}
