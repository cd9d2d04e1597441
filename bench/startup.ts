/** How long the program takes to say what it does. */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { median } from "../src/base/statistics.ts";
import type { Row } from "./report.ts";

const bin = fileURLToPath(new URL("../bin/equihard", import.meta.url));
const built = new URL("../dist/program/main.js", import.meta.url);
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
  /** The command whose own help takes longest, and what it takes. */
  readonly slowest: { readonly command: string; readonly seconds: number };
  readonly node: number;
}

/** Seconds of processor time of `equihard --help`, of the commands' help, and of Node alone: medians of so many rounds. */
export async function startup(rounds: number): Promise<Startup> {
  const { commands } = (await import(built.href)) as typeof import("../src/cli/main.ts");
  const names = Object.keys(commands);
  const cases = [["--eval", ""], [bin, "--help"], ...names.map((name) => [bin, name, "--help"])];
  const times = Array.from({ length: rounds }, () => cases.map(once));
  const [node, help, ...each] = cases.map((_, i) => median(times.map((t) => t[i])));
  const seconds = Math.max(...each);
  return { help, slowest: { command: names[each.indexOf(seconds)], seconds }, node };
}

/** The rows of the table on what help takes. */
export const helpRows = ({ help, slowest, node }: Startup): Row[] =>
  [
    { what: "equihard --help", seconds: help },
    { what: `the slowest command's help (${slowest.command})`, seconds: slowest.seconds },
  ].map(({ what, seconds }) => ({
    measure: `${what}, processor time`,
    value: `${(1000 * seconds).toFixed(0)} ms (Node alone ${(1000 * node).toFixed(0)} ms)`,
    number: 1000 * seconds,
    target: { atMost: 120 },
    unit: "ms",
  }));
