/** What studies show of a run: sections, the scoreboard first, and findings in short. */

import { merged, type Section } from "../report/page.ts";
import type { StoredRecord } from "../run/record.ts";
import { scoreboard, scoreboardSection, type ScoreRow } from "./scoreboard.ts";
import type { Finding, Scope, Study } from "./study.ts";

/** A run as its studies show it. */
interface Shown {
  /** The paper's results, as the first of the sections tells them. */
  readonly scores: readonly ScoreRow[];
  readonly sections: readonly Section[];
  readonly findings: readonly Finding[];
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
  const drawn = await Promise.all(read.map(({ study, data }) => study.sections(data, document)));
  const scores = scoreboard(studies, records, scope);
  return {
    scores,
    sections: merged([scoreboardSection(scores), ...drawn.flat()]),
    findings: read.flatMap(({ study, data }) => study.finding?.(data) ?? []),
  };
}
