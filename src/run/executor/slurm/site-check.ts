/** Whether nodes can do a pilot's work: they have to see this folder and this program. A small job finds out. */

import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { temporaryIn } from "../../../base/write.node.ts";
import type { Ask } from "./calls.ts";
import { parseQueue, phaseOf, queueArgs, type Row } from "./queue.ts";
import { grouped } from "./reasons.ts";
import { quoted } from "../../../base/shell.ts";
import { isAlive } from "./tracks.ts";

/** What a node said of itself, or in words why it did not. */
export type SiteCheck =
  | { readonly node: string; readonly version: string; readonly problem?: undefined }
  | { readonly problem: string };

/** Seconds that the job has. */
const PATIENCE = 90;
/** The file system of a cluster shows a file late. */
const LATENESS = 10;

/**
 * Runs the program on a node of a partition.
 *
 * @param dir where runs are to be, absolute
 */
export async function checkSite(
  ask: Ask,
  dir: string,
  program: readonly string[],
  partition: string,
): Promise<SiteCheck> {
  const file = temporaryIn(dir);
  const name = `equihard-doctor-${randomBytes(4).toString("hex")}`;
  const script = [
    "#!/bin/sh",
    `said=$(${[...program, "--version"].map(quoted).join(" ")} 2>&1); code=$?`,
    `printf '%s\\n%s\\n%s\\n' "$(hostname)" "$code" "$said" > ${quoted(`${file}.part`)}`,
    `mv ${quoted(`${file}.part`)} ${quoted(file)}`,
  ].join("\n");
  const args = ["--parsable", `--job-name=${name}`, "--array=0-0", `--partition=${partition}`, "--time=2"];
  const sent = await ask("sbatch", [...args, "--mem=300M", "--output=/dev/null"], `${script}\n`);
  if (sent.problem !== undefined) return { problem: `sbatch refuses a small job: ${sent.problem}` };
  try {
    return await answer(ask, name, file);
  } finally {
    await ask("scancel", [sent.text.trim().split(";")[0]]);
    for (const each of [file, `${file}.part`]) rmSync(each, { force: true });
  }
}

async function answer(ask: Ask, name: string, file: string): Promise<SiteCheck> {
  let row: Row | undefined;
  for (let second = 0; second < PATIENCE; second++) {
    if (existsSync(file)) return read(file);
    if (second % 10 === 9)
      row = parseQueue((await ask("squeue", queueArgs)).text ?? "").find((r) => r.name === name);
    if (row !== undefined && !isAlive({ phase: phaseOf(row) })) return afterEnd(row, file);
    await pause(1000);
  }
  const [why] = grouped([row?.reason ?? "None"]);
  return { problem: `a small job has not started in ${PATIENCE} s: ${why.says} (${why.reason})` };
}

/** The job has ended: what it wrote may be on its way. */
async function afterEnd({ state, node }: Row, file: string): Promise<SiteCheck> {
  for (let second = 0; second < LATENESS && !existsSync(file); second++) await pause(1000);
  if (existsSync(file)) return read(file);
  return {
    problem: `a job on ${node} ended (${state}), and what it wrote is not here: this folder is not shared with nodes`,
  };
}

function read(file: string): SiteCheck {
  const [node, code, ...said] = readFileSync(file, "utf8").trim().split("\n");
  const text = said.join(" ");
  return code === "0"
    ? { node, version: text }
    : { problem: `the program does not run on ${node} (exit code ${code}): ${text}` };
}
