/** Names in folders of a run, which come to be as they are needed. */

import { readdirSync } from "node:fs";

/** What is in a folder; nothing where it is not made yet. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
