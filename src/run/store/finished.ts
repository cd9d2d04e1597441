/** What lies among the results, by names and heads alone: whether it is intact is for those who read it. */

import { join } from "node:path";
import { namesIn } from "../names.ts";
import { idsInLines, isBatch, readHead } from "./batch-frame.ts";

export const resultsOf = (dir: string): string => join(dir, "results");

/**
 * Looks at the results of a run folder again and again; batches never change, so each is opened once.
 *
 * @returns the file's name by the id of the record that it should hold, without the files that are known already
 */
export function watchResults(dir: string): (known?: ReadonlySet<string>) => ReadonlyMap<string, string> {
  const heads = new Map<string, readonly string[]>();
  const idsOf = (name: string): readonly string[] => {
    const read = heads.get(name);
    if (read !== undefined) return read;
    const path = join(resultsOf(dir), name);
    const ids = readHead(path) ?? idsInLines(path);
    heads.set(name, ids);
    return ids;
  };
  return (known = new Set()) => {
    const places = new Map<string, string>();
    for (const name of namesIn(resultsOf(dir)))
      if (known.has(name)) continue;
      else if (isBatch(name)) for (const id of idsOf(name)) places.set(id, name);
      else if (name.endsWith(".json")) places.set(name.slice(0, -".json".length), name);
    return places;
  };
}
