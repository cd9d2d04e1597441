/** The results of a study's own computation. */

import { recordsOf } from "../../../src/run/record.ts";
import type { Told } from "./rule.ts";

/** The result of a study's recipe, the largest by a parameter where a run holds several. */
export function computedIn<T>({ own }: Told, by?: string): T {
  const found = recordsOf(own, "recipe");
  const size = (r: (typeof found)[number]): number => (by === undefined ? 0 : Number(r.task.params[by]));
  return found.toSorted((a, b) => size(b) - size(a))[0].result as T;
}

/** All of them, in the order of the run. */
export const allComputed = <T>({ own, records }: Told): T[] =>
  recordsOf(
    records.filter((r) => own.includes(r)),
    "recipe",
  ).map((r) => r.result as T);
