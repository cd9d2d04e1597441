/** What studies show of a run: sections, the scoreboard first, and findings in short. */

import type { Figure } from "../report/drawing.ts";
import { figuresOf, merged, type Block, type Section } from "../report/page.ts";
import type { StoredRecord } from "../run/record.ts";
import { taskId } from "../run/task.ts";
import { demandsOf, runChecks, type RunChecks } from "./demands.ts";
import { scoreboard, scoreboardSection, type ScoreRow } from "./scoreboard.ts";
import type { Finding, Scope, Study } from "./study.ts";

/** A run as its studies show it. */
interface Shown {
  /** The paper's results, as the first of the sections tells them. */
  readonly scores: readonly ScoreRow[];
  readonly sections: readonly Section[];
  readonly findings: readonly Finding[];
}

/** Ids of records that a figure's numbers name. */
const namedIn = ({ rows }: Figure, { shown }: RunChecks): string[] =>
  rows.flatMap((row) =>
    Object.values(row).filter((of): of is string => typeof of === "string" && shown.has(of)),
  );

/** Planned trainings of a study whose figures name no records: of the families that a figure's rows name, or all. */
function plannedIn({ rows }: Figure, study: Study, scope: Scope): string[] {
  const families = new Set(rows.flatMap((row) => row["family"] ?? []));
  const { first = [], main = [], last = [] } = study.tasks(scope);
  return [...first, ...main, ...last]
    .filter((task) => task.kind === "train" && (families.size === 0 || families.has(task.family)))
    .map(taskId);
}

/** A study's sections, after each figure what stands beside the trainings that it shows. */
function withDemands(sections: readonly Section[], study: Study, run: RunChecks, scope: Scope): Section[] {
  const named = figuresOf(sections).some((of) => namedIn(of, run).length > 0);
  const after = (block: Block): Block[] => {
    if (block.kind !== "figure") return [block];
    const ids = named ? namedIn(block.figure, run) : plannedIn(block.figure, study, scope);
    const demands = demandsOf(run, ids);
    return demands === null ? [block] : [block, { kind: "demands", demands }];
  };
  return sections.map((section) => ({ ...section, blocks: section.blocks.flatMap(after) }));
}

/** Reads a run and draws it. */
export async function shownBy(
  studies: readonly Study[],
  records: readonly StoredRecord[],
  scope: Scope,
  document: Document,
): Promise<Shown> {
  const read = studies.flatMap((study) => {
    const data = study.read(records, scope);
    return data === null ? [] : [{ study, data }];
  });
  const run = runChecks(records, scope);
  const drawn = await Promise.all(
    read.map(async ({ study, data }) => withDemands(await study.sections(data, document), study, run, scope)),
  );
  const scores = scoreboard(studies, records, scope);
  return {
    scores,
    sections: merged([scoreboardSection(scores), ...drawn.flat()]),
    findings: read.flatMap(({ study, data }) => study.finding?.(data) ?? []),
  };
}
