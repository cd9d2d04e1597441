/** Executes the blocks of a page (`page.ts` says what their marks mean) and compares what they print. */

import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, delimiter, dirname, join, resolve } from "node:path";
import type { Block } from "./page.ts";

const root = resolve(import.meta.dirname, "../..");

/** A command of a block that did not end, or print, as its page says. */
export class Deviation extends Error {}

/**
 * A folder to execute a page in: with the program as `equihard`, and what a reader has at hand.
 * @param tarball of the package, where the page installs it
 */
export function workplace(folder: string, tarball?: string): string {
  const programs = join(folder, ".programs");
  mkdirSync(programs, { recursive: true });
  symlinkSync(join(root, "bin/equihard"), join(programs, "equihard"));
  // Debian's, for which the tests install packages: another one may come first on the path
  if (existsSync("/usr/bin/python3")) symlinkSync("/usr/bin/python3", join(programs, "python3"));
  for (const name of ["bin", "examples"]) symlinkSync(join(root, name), join(folder, name));
  if (tarball !== undefined) {
    copyFileSync(tarball, join(folder, basename(tarball)));
    writeFileSync(join(programs, "npm"), installsOnce(dirname(tarball)), { mode: 0o755 });
  }
  return folder;
}

/**
 * An npm that takes over what the same words have installed in another folder that had no package.json either: pages
 * that install the package do so alike.
 * @param shared where it is kept
 */
const installsOnce = (shared: string): string => `#!/bin/sh
PATH="\${PATH#*:}"
[ "$1" = install ] && [ ! -e package.json ] || exec npm "$@"
kept="${shared}/$(printf %s "$*" | cksum | tr -d " ")"
[ -e "$kept" ] && exec cp -al "$kept/." .
npm "$@" && mkdir "$kept" && cp -al node_modules package.json package-lock.json "$kept"
`;

/** The commands of a block, each with the block's limit, without comments and line ends of its own. */
export function commandsOf({ text, marks }: Block): string[] {
  const limit = marks.has("limit") ? ` ${marks.get("limit")}` : "";
  return text
    .replaceAll(/\\\n\s*/g, "")
    .split("\n")
    .map((line) => line.replace(/(^| +)# .*$/, "").trim())
    .filter((line) => line !== "")
    .map((line) => line + limit);
}

/** A reader's shell in a workplace, which has none of npm's own settings. */
export const environment = (folder: string): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name))),
  PATH: [join(folder, ".programs"), dirname(process.execPath), process.env["PATH"]].join(delimiter),
  NO_COLOR: "1",
});

/** What the commands of a block print on standard output. */
function printedBy(block: Block, folder: string): string {
  const commands = commandsOf(block);
  return commands
    .map((command, i) => {
      const expected = i === commands.length - 1 ? Number(block.marks.get("exits") ?? 0) : 0;
      const { status, stdout, stderr } = spawnSync("bash", ["-c", command], {
        cwd: folder,
        encoding: "utf8",
        env: environment(folder),
      });
      if (status !== expected)
        throw new Deviation(`line ${block.line}: ${command}: exit code ${status}\n${stdout}${stderr}`);
      return stdout;
    })
    .join("");
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
const number = String.raw`[+-]?\d[\d.,]*(?:e[+-]?\d+)?`;

/**
 * Whether a text is as a page says: numbers after ~ may differ, so may the width of gaps; "..." stands for any lines, and
 * at the end of a line for its rest.
 * @param anyNumber all numbers may differ
 */
export function isAsPrinted(expected: string, printed: string, anyNumber = false): boolean {
  const free = new RegExp(anyNumber ? `~?${number}` : `~${number}`, "g");
  const lines = expected
    .trimEnd()
    .split("\n")
    .map((line) => {
      if (line.trim() === "...") return String.raw`(?:[^\n]*\n)*?`;
      const open = line.endsWith(" ...");
      const parts = (open ? line.slice(0, -4) : line)
        .trim()
        .split(free)
        .map((part) => escaped(part).replaceAll(/ +/g, " +"));
      return ` *${parts.join(number)}${open ? String.raw`[^\n]*` : " *"}\n`;
    });
  return new RegExp(`^${lines.join("")}$`).test(`${printed.trimEnd()}\n`);
}

/** Whether a block's needs are met. Continuous integration has to meet them: there, what is missing fails. */
function isServed({ line, marks }: Block, folder: string): boolean {
  const needs = marks.get("needs");
  if (needs === undefined || process.env["CI"]) return true;
  const { status } = spawnSync("bash", ["-c", needs], { cwd: folder, env: environment(folder) });
  if (status !== 0) console.warn(`line ${line} was not run: ${needs} fails`);
  return status === 0;
}

/**
 * Executes a page's blocks in order.
 * @param quick only those marked so, and the files
 * @returns how many blocks ran
 * @throws Deviation where a command ends or prints otherwise than the page says
 */
export function execute(blocks: readonly Block[], folder: string, quick: boolean): number {
  let ran = 0;
  for (const [i, block] of blocks.entries()) {
    const file = block.marks.get("file");
    if (file !== undefined) writeFileSync(join(folder, file), block.text);
    const excused = block.marks.has("by") || block.marks.has("not-run");
    if (block.language !== "sh" || excused || (quick && !block.marks.has("quick"))) continue;
    if (!isServed(block, folder)) continue;
    const printed = printedBy(block, folder);
    ran += 1;
    const next = blocks[i + 1];
    const expected = next?.language === "text" && !next.marks.has("file") ? next.text : undefined;
    if (expected !== undefined && !isAsPrinted(expected, printed, block.marks.has("limit")))
      throw new Deviation(`line ${next.line}: the page says\n${expected}\nand printed was\n${printed}`);
  }
  return ran;
}
