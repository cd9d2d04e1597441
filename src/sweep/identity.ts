/** Which changes of a sweep's file go on in the same run folder: those after which all that was planned still is. */

import { canonicalJson } from "../base/json.ts";
import { reject } from "../base/errors.ts";
import type { StoredRecord } from "../run/record.ts";
import { taskId } from "../run/task.ts";
import type { Job } from "./job.ts";

/** A field that two files say differently, as text. */
export interface Change {
  readonly field: string;
  readonly before: string;
  readonly now: string;
}

/** What differs between two files, field by field. */
export function changesOf(before: unknown, now: unknown, path = ""): Change[] {
  if (canonicalJson(before ?? null) === canonicalJson(now ?? null)) return [];
  const isObject = (value: unknown): value is Record<string, unknown> =>
    value !== null && typeof value === "object" && !Array.isArray(value);
  if (!isObject(before) || !isObject(now)) return [{ field: path, before: show(before), now: show(now) }];
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return names.flatMap((name) => changesOf(before[name], now[name], path === "" ? name : `${path}.${name}`));
}

const show = (value: unknown): string => {
  if (value === undefined) return "absent";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
};

/**
 * Refuses a file that is no extension of the one in a folder. With more seeds or wider grids, only what is missing is
 * run. Of a bisection the number of seeds and the values of the name that it is over may grow, and the interval may be
 * asked for or not.
 *
 * @param held what the folder has: the ids of its pieces of work, and its records where more is asked for by them
 * @throws InputError with the differences
 */
export function requireExtension(
  dir: string,
  before: Job,
  now: Job,
  held: { readonly planned: readonly string[]; readonly records: readonly StoredRecord[] },
): void {
  const changes = changesOf(before.spec, now.spec).map((c) => `${c.field}: ${c.before} there, ${c.now} here`);
  if (changes.length === 0) return;
  const refuse = (what: string): never =>
    reject({
      where: dir,
      what: `holds another sweep: ${what} (${changes.slice(0, 3).join("; ")})`,
      allowed: "more seeds, wider grids",
      next: "choose another --out",
    });
  if (now.bisect !== undefined || before.bisect !== undefined) {
    const over = now.bisect?.over ?? "";
    const grows = new RegExp(
      `^(bisect\\.(seeds|interval)|seeds|(parameters|train|learn)\\.${over}(\\..*)?):`,
    );
    const others = changes.filter((change) => !grows.test(change));
    if (others.length > 0)
      refuse(`${others.length === 1 ? "a field differs" : "fields differ"} that a bisection keeps`);
    return;
  }
  const { planned, records } = held;
  const wanted = new Set<string>();
  for (const task of now.wanted(records)) wanted.add(taskId(task));
  const lost = planned.filter((id) => !wanted.has(id)).length;
  if (lost > 0) refuse(`${lost} of its ${planned.length} trials are not in this one`);
}
