/** How long the program takes to say what it does. */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { median } from "../src/base/statistics.ts";

const bin = fileURLToPath(new URL("../bin/equihard", import.meta.url));
/** Preloaded: at its end the process tells its own processor time, in microseconds. */
const told = `data:text/javascript,${encodeURIComponent(
  'process.on("exit", () => { const { user, system } = process.cpuUsage(); console.error(user + system); });',
)}`;

function once(args: readonly string[]): number {
  const { stderr } = spawnSync(process.execPath, ["--import", told, ...args], { encoding: "utf8" });
  return Number(stderr.trim()) / 1e6;
}

/** Seconds of processor time of `equihard --help`, and of Node alone: medians of so many rounds. */
export function startup(rounds: number): { readonly help: number; readonly node: number } {
  const times = Array.from({ length: rounds }, () => [once([bin, "--help"]), once(["--eval", ""])]);
  const [help, node] = [0, 1].map((i) => median(times.map((t) => t[i])));
  return { help, node };
}
