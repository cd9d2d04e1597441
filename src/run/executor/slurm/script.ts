/** How an array of pilots is submitted. */

import { join } from "node:path";
import { quoted } from "../../../base/shell.ts";
import type { PilotArray, PilotRequest } from "./arrays.ts";

/** Seconds before the end of its time at which a pilot is told; Slurm may be a minute early, and looks every half. */
const WARNING = 60;

/** Seconds for which a pilot begins trials. */
export const beginsFor = (time: number): number => Math.round(Math.max(time / 2, time - 3 * WARNING));

/** The command that a pilot is: it knows no scheduler. */
export const pilotCommand = (
  program: readonly string[],
  dir: string,
  { time, cores }: Pick<PilotRequest, "time" | "cores">,
): string[] => [...program, "worker", dir, "--workers", String(cores), "--until", `${beginsFor(time)}s`];

/** `exec`, so that Slurm's signals reach the worker itself. */
export const scriptOf = (command: readonly string[]): string =>
  `#!/bin/sh\nexec ${command.map(quoted).join(" ")}\n`;

const minutes = (seconds: number): string => String(Math.ceil(seconds / 60));

/** @param dir the run folder, absolute */
export function sbatchArgs({ k, name, size, request }: PilotArray, dir: string): string[] {
  const { partition, time, cores, memory, exclude } = request;
  return [
    "--parsable",
    `--job-name=${name}`,
    `--array=0-${size - 1}`,
    "--requeue",
    "--open-mode=append",
    `--output=${join(dir, "logs").replaceAll("%", "%%")}/${k}_%a.log`,
    `--chdir=${dir}`,
    `--partition=${partition}`,
    `--time=${minutes(time)}`,
    "--nodes=1",
    "--ntasks=1",
    `--cpus-per-task=${cores}`,
    `--mem=${memory}M`,
    `--signal=B:USR1@${WARNING}`,
    ...(exclude.length > 0 ? [`--exclude=${exclude.join(",")}`] : []),
  ];
}

/** `2 pilots of 4 workers, 1200 MiB, 30 min in main`. */
export function pilotsText(count: number, { partition, cores, memory, time }: PilotRequest): string {
  const each = `${cores} worker${cores === 1 ? "" : "s"}, ${memory} MiB, ${minutes(time)} min`;
  return `${count} pilot${count === 1 ? "" : "s"} of ${each} in ${partition}`;
}
