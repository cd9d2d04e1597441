/** The tarball in a folder of its own, as a user has it. */

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): Outcome {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: "utf8",
    env: { ...withoutNpm(), ...env },
    maxBuffer: 2 ** 26,
  });
  return { status, stdout, stderr };
}

/** The environment without what npm sets for the scripts that it runs, such as its own settings. */
const withoutNpm = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      /^npm_/i.test(name) || value === undefined ? [] : [[name, value]],
    ),
  );

/** As `run`; what does not exit with 0 is an error with its output. */
export function succeed(...given: Parameters<typeof run>): string {
  const { status, stdout, stderr } = run(...given);
  if (status !== 0)
    throw new Error(`${given[0]} ${given[1].join(" ")} exits with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

export const temporary = (): string => mkdtempSync(join(tmpdir(), "equihard-package-"));

/** `npm run pack`, into a folder; the tarball's path. */
export function pack(into: string): string {
  const out = succeed("npm", ["run", "--silent", "pack", "--", "--pack-destination", into], root);
  return join(into, out.trim().split("\n").at(-1) as string);
}

/** An empty project. */
export function project(folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  return folder;
}
