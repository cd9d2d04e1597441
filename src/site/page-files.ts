/** Files below a folder, by the paths that a browser asks for: nothing beside it, whatever a path says. */

import { readFileSync, realpathSync, statSync } from "node:fs";
import { extname, join, sep } from "node:path";

/** What is served, by a file's ending; nothing else is. */
const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".jsonl": "application/jsonl; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** Most bytes of a file that is served: a page cannot use more. */
const largest = 64 * 2 ** 20;

export interface PageFile {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/**
 * The file of an address's path; null where there is none to be had.
 * @param root folder, which symbolic links may not lead out of
 * @param path as in the request line, percent signs and all
 */
export function pageFile(root: string, path: string): PageFile | null {
  const type = types[extname(path)];
  const name = decoded(path);
  if (type === undefined || name === null || /[\0\\]|(^|\/)\./.test(name)) return null;
  try {
    const file = realpathSync(join(root, name));
    const within = file.startsWith(realpathSync(root) + sep);
    const info = statSync(file);
    return within && info.isFile() && info.size <= largest ? { type, bytes: readFileSync(file) } : null;
  } catch {
    return null;
  }
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
