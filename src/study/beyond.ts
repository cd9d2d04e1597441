/** The report's appendix: works that the paper cites or stands beside, made executable; each study adds its blocks. */

import type { Block, Section } from "../report/page.ts";
import type { Computed } from "./study.ts";

export const beyondSection = (blocks: readonly Block[]): Section => ({
  id: "beyond",
  title: "Beyond the paper: its neighbours",
  blocks,
});

/** Of a study's records, which a run may hold of several scales, that with the most of a parameter; null of none. */
export function largest<T>(records: readonly Computed<T>[], parameter: string): T | null {
  const sizeOf = ({ task }: Computed<T>): number => Number(task.params[parameter]);
  return records.toSorted((a, b) => sizeOf(b) - sizeOf(a))[0]?.result ?? null;
}
