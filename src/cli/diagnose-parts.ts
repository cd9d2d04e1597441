/** Finished parts of a diagnosis in a folder, by what they were computed from: the same command goes on after them. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../base/errors.ts";
import { canonicalJson, parseJson } from "../base/json.ts";
import { sha256 } from "../base/sha256.ts";
import { makeFolder, writeWhole } from "../base/write.node.ts";
import { readText } from "./io.ts";

type Part = <T>(name: string, compute: () => Promise<T>) => Promise<T>;

/**
 * @param folder where the parts are
 * @param identity of all that they depend on
 */
export function keptParts(folder: string, identity: unknown): Part {
  const place = join(folder, "parts");
  makeFolder(place);
  const of = sha256(canonicalJson(identity)).slice(0, 16);
  return async <T>(name: string, compute: () => Promise<T>): Promise<T> => {
    const path = join(place, `${name.replaceAll(" ", "-")}-${of}.json`);
    const before = existsSync(path) ? partIn<T>(path) : null;
    if (before !== null) return before;
    const value = await compute();
    const text = JSON.stringify(value);
    writeWhole(path, JSON.stringify({ sha256: sha256(text), value }));
    return value;
  };
}

/** What was kept, null where the file is damaged: it is then computed again. */
function partIn<T>(path: string): T | null {
  try {
    const kept = parseJson(readText(path), path) as { sha256?: string; value?: T };
    return kept.value !== undefined && kept.sha256 === sha256(JSON.stringify(kept.value)) ? kept.value : null;
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}
