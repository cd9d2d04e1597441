/** A contender in a process of its own, spoken to over its standard streams: a line with a number, a line of JSON back. */

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Contender, Slice } from "../contender.ts";

/** The interpreter that has Debian's packages, or the one that `PYTHON` names. */
export const python = process.env["PYTHON"] ?? "/usr/bin/python3";

/** A script beside this file; the bundle lies in `dist/`. */
export const peerScript = (name: string): string =>
  fileURLToPath(new URL(`../bench/peers/${name}`, import.meta.url));

export interface ProcessContender extends Contender {
  /** What it answers to a number: a slice, for those that train. */
  ask(count: number): Promise<unknown>;
  /** What the process said of itself when it came up. */
  readonly hello: Readonly<Record<string, unknown>>;
}

/** Starts a process; null if it does not come up, for want of a package or an interpreter. */
export async function startProcess(
  name: string,
  command: string,
  args: readonly string[],
  threads: number,
  variables: Readonly<Record<string, string>> = {},
): Promise<ProcessContender | null> {
  const env = {
    ...process.env,
    ...variables,
    OMP_NUM_THREADS: String(threads),
    OPENBLAS_NUM_THREADS: String(threads),
  };
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"], env });
  let complaints = "";
  child.on("error", (error) => (complaints += error.message)); // no such program: the lines end at once
  child.stdin.on("error", () => undefined);
  child.stderr.on("data", (text) => (complaints += String(text)));
  const closed = new Promise((done) => child.on("close", done));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    return done === true ? null : JSON.parse(value);
  };
  const hello = (await answer()) as Record<string, unknown> | null;
  if (hello === null) return null;
  const ask = async (count: number): Promise<unknown> => {
    child.stdin.write(`${count}\n`);
    const given = await answer();
    if (given === null) throw new Error(`${name} ended: ${complaints.slice(-500)}`);
    return given;
  };
  return {
    name,
    version: String(hello["version"]),
    hello,
    ask,
    steps: async (count) => (await ask(count)) as Slice,
    async close() {
      child.stdin.end();
      await closed;
    },
  };
}
