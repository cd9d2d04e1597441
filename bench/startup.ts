/** How long the program takes to say what it does. */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { median } from "../src/base/statistics.ts";
import type { Row } from "./report.ts";

const bin = fileURLToPath(new URL("../bin/equihard", import.meta.url));
/** Preloaded: at its end the process tells its own processor time, in microseconds. */
const told = `data:text/javascript,${encodeURIComponent(
  'process.on("exit", () => { const { user, system } = process.cpuUsage(); console.error(user + system); });',
)}`;

function once(args: readonly string[]): number {
  const { stderr } = spawnSync(process.execPath, ["--import", told, ...args], { encoding: "utf8" });
  return Number(stderr.trim()) / 1e6;
}

export interface Startup {
  readonly help: number;
  /** A command's own help: of `train`, which reads most off its schemas when it runs. */
  readonly command: number;
  readonly node: number;
}

/** Seconds of processor time of `equihard --help`, of a command's, and of Node alone: medians of so many rounds. */
export function startup(rounds: number): Startup {
  const cases = [
    [bin, "--help"],
    [bin, "train", "--help"],
    ["--eval", ""],
  ];
  const times = Array.from({ length: rounds }, () => cases.map(once));
  const [help, command, node] = cases.map((_, i) => median(times.map((t) => t[i])));
  return { help, command, node };
}

/** The rows of the table on what help takes. */
export const helpRows = ({ help, command, node }: Startup): Row[] =>
  [
    { what: "equihard --help", seconds: help },
    { what: "equihard train --help", seconds: command },
  ].map(({ what, seconds }) => ({
    measure: `${what}, processor time`,
    value: `${(1000 * seconds).toFixed(0)} ms (Node alone ${(1000 * node).toFixed(0)} ms)`,
    number: 1000 * seconds,
    target: { atMost: 120 },
    unit: "ms",
  }));
