/** What lies among the results, by names and heads alone: whether it is intact is for those who read it. */

import { join } from "node:path";
import { namesIn } from "../names.ts";
import { isBatch, readBatch, readHead } from "./batch.ts";

export const resultsOf = (dir: string): string => join(dir, "results");

/**
 * Looks at the results of a run folder again and again; batches never change, so each is opened once.
 *
 * @returns the file's name by the id of the record that it should hold
 */
export function watchResults(dir: string): () => ReadonlyMap<string, string> {
  const heads = new Map<string, readonly string[]>();
  const idsOf = (name: string): readonly string[] => {
    const known = heads.get(name);
    if (known !== undefined) return known;
    const path = join(resultsOf(dir), name);
    const ids = readHead(path) ?? readBatch(path).records.map(({ id }) => id);
    heads.set(name, ids);
    return ids;
  };
  return () => {
    const places = new Map<string, string>();
    for (const name of namesIn(resultsOf(dir)))
      if (isBatch(name)) for (const id of idsOf(name)) places.set(id, name);
      else if (name.endsWith(".json")) places.set(name.slice(0, -".json".length), name);
    return places;
  };
}
