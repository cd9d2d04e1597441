/** Which changes of a sweep's file go on in the same run folder: those after which all that was planned still is. */

import { canonicalJson } from "../base/json.ts";
import { reject } from "../base/errors.ts";
import { taskId, type Task } from "../run/task.ts";
import type { SweepPlan } from "./plan.ts";

/** All trials of a sweep without a bisection: one seed of every cell, then the next. */
export function* trialsOf(plan: SweepPlan): Generator<Task> {
  const cells = [...plan.cells()];
  for (const seed of plan.seeds) for (const cell of cells) yield plan.taskOf(cell, seed);
}

/** What differs between two files, a line a field. */
export function differences(before: unknown, now: unknown, path = ""): string[] {
  if (canonicalJson(before ?? null) === canonicalJson(now ?? null)) return [];
  const isObject = (value: unknown): value is Record<string, unknown> =>
    value !== null && typeof value === "object" && !Array.isArray(value);
  if (!isObject(before) || !isObject(now)) return [`${path}: ${show(before)} there, ${show(now)} here`];
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return names.flatMap((name) =>
    differences(before[name], now[name], path === "" ? name : `${path}.${name}`),
  );
}

const show = (value: unknown): string => {
  if (value === undefined) return "absent";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
};

/**
 * Refuses a sweep that is no extension of the one in a folder. With more seeds or wider grids, only what is missing is
 * run. Of a bisection the number of seeds and the values of the name that it is over may grow.
 *
 * @param planned the ids of the folder's trials
 * @throws InputError with the differences
 */
export function requireExtension(
  dir: string,
  before: SweepPlan,
  now: SweepPlan,
  planned: readonly string[],
): void {
  const changes = differences(before.spec, now.spec);
  if (changes.length === 0) return;
  const refuse = (what: string): never =>
    reject({
      where: dir,
      what: `holds another sweep: ${what} (${changes.slice(0, 3).join("; ")})`,
      allowed: "more seeds, wider grids",
      next: "choose another --out",
    });
  if (now.spec.bisect !== undefined || before.spec.bisect !== undefined) {
    const over = now.spec.bisect?.over ?? "";
    const grows = new RegExp(`^(bisect\\.seeds|seeds|(parameters|train|learn)\\.${over}(\\..*)?):`);
    const others = changes.filter((change) => !grows.test(change));
    if (others.length > 0)
      refuse(`${others.length === 1 ? "a field differs" : "fields differ"} that a bisection keeps`);
    return;
  }
  const wanted = new Set<string>();
  for (const task of trialsOf(now)) wanted.add(taskId(task));
  const lost = planned.filter((id) => !wanted.has(id)).length;
  if (lost > 0) refuse(`${lost} of its ${planned.length} trials are not in this one`);
}
