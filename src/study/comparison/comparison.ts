/** A comparison as a study: trials planned by scale, drawn in one figure for all panels with the same conditions. */

import { figure, sentences, type Block } from "../../report/page.ts";
import type { StoredRecord } from "../../run/record.ts";
import { unlessEmpty, type Scope, type Study } from "../study.ts";
import type { Point } from "./figure.ts";
import { distinctOf, readTrials, type Run, type Trial } from "./trial.ts";

export interface Comparison {
  readonly id: string;
  readonly title: string;
  /** What is changed, as the axis is called. */
  readonly across: string;
  /** Whether the conditions are steps of one quantity. */
  readonly ordered: boolean;
  trials(scope: Scope): readonly Trial[];
  /** What is drawn of a run (absent: its share, in its series). */
  points?(run: Run): readonly Point[];
  /** What the figure shows and does not, from the runs. */
  caption(runs: readonly Run[]): string;
}

/** The section of the checks, one figure a check. */
export const CHECKS_SECTION = {
  id: "checks",
  title: "Is it the training? One thing changed at a time",
} as const;

/** Finished runs of panels that are planned with the same conditions. */
export interface Compared {
  /** In the order of the plan. */
  readonly conditions: readonly string[];
  readonly runs: readonly Run[];
}

/** The finished runs of a plan, in a group for each list of conditions that has any. */
export function compared(trials: readonly Trial[], records: readonly StoredRecord[]): Compared[] {
  const runs = readTrials(trials, records);
  const groups = new Map<string, { conditions: string[]; panels: Set<string> }>();
  for (const panel of distinctOf(trials.map((t) => t.panel))) {
    const conditions = distinctOf(trials.filter((t) => t.panel === panel).map((t) => t.condition));
    const name = JSON.stringify(conditions);
    const group = groups.get(name) ?? { conditions, panels: new Set() };
    group.panels.add(panel);
    groups.set(name, group);
  }
  return [...groups.values()]
    .map(({ conditions, panels }) => ({ conditions, runs: runs.filter((r) => panels.has(r.panel)) }))
    .filter((group) => group.runs.length > 0);
}

export const comparisonStudy = (of: Comparison): Study<readonly Compared[]> => ({
  id: of.id,
  tasks: (scope) => ({ main: of.trials(scope).map(({ task }) => task) }),
  read: (records, scope) => unlessEmpty(compared(of.trials(scope), records)),
  sections: async (groups, document) => [
    { ...CHECKS_SECTION, blocks: await comparisonBlocks(of, groups, document) },
  ],
});

/** A figure a group, with its caption. */
export async function comparisonBlocks(
  { id, title, across, ordered, points, caption }: Comparison,
  groups: readonly Compared[],
  document: Document,
): Promise<Block[]> {
  const { beyondText, comparisonFigure, pointOf } = await import("./figure.ts");
  return groups.map(({ conditions, runs }, i) => {
    const drawing = { name: i === 0 ? id : `${id}-${i + 1}`, title, across, ordered, conditions };
    const drawn = points === undefined ? runs.map(pointOf) : runs.flatMap(points);
    const said = sentences(caption(runs), beyondText(drawn));
    return figure(comparisonFigure(drawing, runs, document, drawn), said);
  });
}
