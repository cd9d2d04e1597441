/** The folder that `export --layout hf` writes: a new one, or one that such an export made, whole or broken off. */

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { reject } from "../base/errors.ts";
import { isTemporary } from "../base/write.node.ts";

/** What an export writes beside `data`, and what a hub's clone has of its own. */
const texts = ["README.md", "croissant.json", "croissant-tasks.json", "manifest.json", "certificate.json"];
const hub = [".git", ".gitattributes", ".cache", ".huggingface"];

/**
 * Nobody else's files are written over, or mixed with the data.
 * @param files of `data` that will be written
 * @throws InputError naming what is in the way
 */
export function requireOwnFolder(out: string, files: readonly string[]): void {
  if (!existsSync(out)) return;
  const stray = (folder: string, known: readonly string[]): string | undefined =>
    namesIn(folder).find((name) => !known.includes(name) && !isTemporary(name));
  const data = join(out, "data");
  const other = stray(out, ["data", ...texts, ...hub]) ?? (existsSync(data) ? stray(data, files) : undefined);
  const readme = join(out, "README.md");
  const found = other ?? (existsSync(readme) && !isOurs(readme) ? "README.md" : undefined);
  if (found !== undefined)
    reject({
      where: "--out",
      what: `${out} holds other files: ${found.slice(0, 60)}`,
      next: "choose another --out, or move them",
    });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return reject({ where: "--out", what: `${folder} is no folder that can be read`, allowed: "a folder" });
  }
}

/** Whether a README names the program, in no more text than one of an export has. */
const isOurs = (readme: string): boolean =>
  statSync(readme).size < 2 ** 20 && readFileSync(readme, "utf8").includes("equihard");
