/**
 * A program at the other end of the protocol: started by a shell in a process group of its own, bounded in time and in
 * what it may say at once, and ended whole whatever happens. What left the group (`setsid`) may run on, unheard.
 */

import { spawn, type ChildProcess } from "node:child_process";
import type { JsonObject } from "../../base/checked.ts";
import { InputError, reject } from "../../base/errors.ts";
import { parseJson } from "../../base/json.ts";
import type { Channel } from "./protocol.ts";

export interface Limits {
  /** For complaints. */
  readonly where: string;
  readonly seconds: number;
  readonly longestLine: number;
}

/** Characters kept of what it says on standard error: the last line explains why it ended. */
const KEPT = 4000;
/** Lines that may wait: one question at a time is answered, and who asks on without waiting is not listened to. */
const mostWaiting = 1000;

/** Lines that have come in, until something ends them: what that was, the reader is told after the last line. */
function mailbox() {
  const lines: string[] = [];
  let failure: Error | undefined;
  let wake = (): void => {};
  return {
    put(line: string): number {
      const waiting = lines.push(line);
      wake();
      return waiting;
    },
    close(error: Error): void {
      failure ??= error;
      wake();
    },
    isOpen: (): boolean => failure === undefined,
    async take(): Promise<string> {
      for (;;) {
        const line = lines.shift();
        if (line !== undefined) return line;
        if (failure !== undefined) throw failure;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}

/** Ends a process group: a shell's children too. */
function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // it has ended
  }
}

/** @throws InputError (from `receive`) where it ends early, is late, or says what is no JSON in a line */
export function startProgram(
  command: string,
  limits: Limits,
  signal?: AbortSignal,
): Channel & { end(): void } {
  const { where, seconds, longestLine } = limits;
  const child = spawn(command, { shell: true, stdio: ["pipe", "pipe", "pipe"], detached: true });
  const box = mailbox();
  const endAll = (): void => endGroup(child);
  const fail = (what: string, next?: string): void => {
    box.close(new InputError({ where, what, ...(next === undefined ? {} : { next }) }));
    endAll();
  };
  process.on("exit", endAll);
  let complaint = "";
  child.stderr.on("data", (part: Buffer) => (complaint = (complaint + part.toString()).slice(-KEPT)));
  child.stdin.on("error", () => {}); // that it reads no more is told by its end
  const late = (): void => fail(`took more than ${seconds} s`, "give it more with --timeout");
  const timer = setTimeout(late, seconds * 1000);
  const abort = (): void => {
    box.close(signal?.reason as Error);
    endAll();
  };
  signal?.addEventListener("abort", abort);
  child.on("error", (error) => fail(`cannot be started: ${error.message}`));
  child.on("close", (code, killedBy) => {
    const last = complaint.trim().split("\n").at(-1) ?? "";
    const said = last === "" ? "" : `: ${last.slice(0, 200)}`;
    fail(`ended (${killedBy ?? `code ${code}`}) before it was done${said}`);
  });
  readLines(child.stdout, longestLine, (line) => {
    if (line === null) fail(`a line of more than ${longestLine} bytes`);
    else if (box.put(line) > mostWaiting) fail("asks without waiting for answers");
  });
  return {
    send: (message) => writeLine(child, box.isOpen(), message),
    receive: async () => parseLine(await box.take(), where),
    end() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      process.off("exit", endAll);
      fail("ended");
      // held open by what left the group, they would keep this process from ending
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
      child.unref();
    },
  };
}

/** Waits until the line is taken; what is no longer read is told by `receive`. */
const writeLine = ({ stdin }: ChildProcess, isOpen: boolean, message: JsonObject): Promise<void> =>
  new Promise((resolve) => {
    if (isOpen && stdin !== null) stdin.write(`${JSON.stringify(message)}\n`, () => resolve());
    else resolve();
  });

function parseLine(line: string, where: string): object {
  const value = parseJson(line, where, "a JSON object a line, as equihard.oracle/1 has it");
  if (typeof value === "object" && value !== null) return value;
  return reject({ where, what: `says ${line.slice(0, 60)}`, allowed: "a JSON object a line" });
}

/** Whole lines of a stream, empty ones left out; null once where one is too long. */
function readLines(
  stream: NodeJS.ReadableStream,
  longest: number,
  onLine: (line: string | null) => void,
): void {
  let parts: Buffer[] = [];
  let held = 0;
  let over = false;
  stream.on("data", (data: Buffer) => {
    if (over) return;
    let rest = data;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      const line = Buffer.concat([...parts, rest.subarray(0, end)]).toString();
      [parts, held, rest] = [[], 0, rest.subarray(end + 1)];
      if (line.trim() !== "") onLine(line);
    }
    parts.push(rest);
    held += rest.length;
    if (held <= longest) return;
    [over, parts] = [true, []];
    onLine(null);
  });
}
