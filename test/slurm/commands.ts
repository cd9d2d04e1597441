/** Commands of the program on a test's cluster, as a user gives them, in a folder of their own. */

import { spawn, type ChildProcess } from "node:child_process";
import { resolve } from "node:path";
import { expect } from "vitest";
import { readContents } from "../../src/run/store/files.ts";
import { PATIENCE, type Cluster } from "./cluster.ts";

export const bin = resolve(import.meta.dirname, "../../bin/equihard");

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it has said on stderr by now. */
  readonly said: () => string;
}

export function commandsIn(base: string, cluster: () => Cluster, env: NodeJS.ProcessEnv = {}) {
  function start(...args: string[]): Started {
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: base,
      env: { ...cluster().env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [out, err] = ["", ""];
    child.stdout.on("data", (data) => (out += String(data)));
    child.stderr.on("data", (data) => (err += String(data)));
    // what waits for ever says what it waits for, in the assertion that it fails
    const patience = setTimeout(() => {
      const queue = cluster().slurm("squeue", "-o", "%i %j %T %r %N") + cluster().slurm("sinfo", "-R");
      err += `ended after ${PATIENCE} s:\n${queue}`;
      child.kill("SIGKILL");
    }, PATIENCE * 1000);
    const ended = new Promise<Ended>((done) =>
      child.on("close", (code) => {
        clearTimeout(patience);
        done({ code, out, err });
      }),
    );
    return { child, ended, said: () => err };
  }
  const json = async (...args: string[]): Promise<Record<string, unknown>> => {
    const { out, err } = await start(...args, "--json").ended;
    expect(out, err).not.toBe("");
    return JSON.parse(out) as Record<string, unknown>;
  };
  return { start, equihard: (...args: string[]) => start(...args).ended, json };
}

/** Identities of a run folder's trials, and the hashes of their results. */
export const resultsOf = (dir: string): [string, string][] =>
  readContents(dir).records.map(({ id, resultHash }) => [id, resultHash]);
