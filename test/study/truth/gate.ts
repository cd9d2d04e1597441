/** The gate: a run's studies, what they say, and what of it no record bears out. */

import { parseHTML } from "linkedom";
import type { Section } from "../../../src/report/page.ts";
import { recordsOf, type StoredRecord } from "../../../src/run/record.ts";
import { taskId } from "../../../src/run/task.ts";
import { studies } from "../../../src/study/registry.ts";
import type { Cell } from "../../../src/study/cell.ts";
import type { Scope, Study } from "../../../src/study/study.ts";
import { cellDoubts } from "./cells.ts";
import { doubts, type Doubt, type Told } from "./rule.ts";
import { textsOf } from "./texts.ts";
import { sharedRules } from "./shared.ts";
import { truths } from "./registry.ts";

/** What a study says of a run. */
export interface Saying {
  readonly study: Study;
  readonly sections: readonly Section[];
  readonly texts: readonly string[];
  readonly cells: readonly Cell[];
}

const { document } = parseHTML("<html><body></body></html>");

export async function sayingOf(
  study: Study,
  records: readonly StoredRecord[],
  scope: Scope,
): Promise<Saying | null> {
  const data = study.read(records, scope);
  if (data === null) return null;
  const sections = await study.sections(data, document);
  const headline = study.finding?.(data).headline;
  return {
    study,
    sections,
    texts: [...(headline === undefined ? [] : [headline]), ...textsOf(sections)],
    cells: study.evidence?.(records, scope) ?? [],
  };
}

export async function sayingsOf(
  studies: readonly Study[],
  records: readonly StoredRecord[],
  scope: Scope,
): Promise<Saying[]> {
  const said = await Promise.all(studies.map((study) => sayingOf(study, records, scope)));
  return said.flatMap((s) => s ?? []);
}

const known = new WeakMap<readonly StoredRecord[], Map<string, StoredRecord[]>>();

/** The records that a study plans, in its order, those that the first ones called for, and all of its computation. */
export function ownOf(study: Study, records: readonly StoredRecord[], scope: Scope): StoredRecord[] {
  const ofRun = known.get(records) ?? new Map<string, StoredRecord[]>();
  known.set(records, ofRun);
  const before = ofRun.get(study.id);
  if (before !== undefined) return before;
  const byId = new Map(records.map((r) => [r.id, r]));
  const { first = [], main = [], last = [] } = study.tasks(scope);
  const planned = [...first, ...main, ...last, ...(study.followUps?.(records, scope) ?? [])];
  const computed = recordsOf(records, "recipe").filter(({ task }) => task.recipe === study.id);
  const own = [...new Set([...planned.flatMap((task) => byId.get(taskId(task)) ?? []), ...computed])];
  ofRun.set(study.id, own);
  return own;
}

/** Doubts about a study's texts, as a run's records have it: rules are made once, texts may be others. */
export function gateOf(
  { study, cells }: Pick<Saying, "study" | "cells">,
  records: readonly StoredRecord[],
  scope: Scope,
): (texts: readonly string[]) => Doubt[] {
  const truth = truths[study.id] ?? {};
  const told: Told = { records, scope, cells, own: ownOf(study, records, scope) };
  const rules = [...(truth.rules?.(told) ?? []), ...sharedRules(told)];
  return (texts) => doubts(texts, rules, truth.definitions);
}

/** Doubts about what a study shows of the results. */
export function cellsDoubts(cells: readonly Cell[], records: readonly StoredRecord[]): Doubt[] {
  const byId = new Map(records.map((r) => [r.id, r]));
  return cells.flatMap((cell) => cellDoubts(cell, byId));
}

/** All doubts about what studies say of a run. */
export const doubtsOf = (
  said: readonly Saying[],
  records: readonly StoredRecord[],
  scope: Scope,
): Doubt[] => [
  ...said.flatMap((s) => gateOf(s, records, scope)(s.texts)),
  ...cellsDoubts(
    said.flatMap((s) => s.cells),
    records,
  ),
];

/** The studies whose sentences have rules. */
export const ruled = studies.filter(({ id }) => id in truths);
