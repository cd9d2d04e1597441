/** What needs Node: run folders, runs on worker processes, reports. */

import type { StoredRecord } from "./run/record.ts";
import type { ReportContext } from "./study/report.ts";
import type { Finding } from "./study/study.ts";

export type { OptionalPackage } from "./base/optional.ts";
export { drawingDocument } from "./report/drawing.node.ts";
export type { Block, Section, Table } from "./report/page.ts";
export type { Figure } from "./report/drawing.ts";
export type { Catalogue, Recipe, RecipeContext } from "./run/catalogue.ts";
export type { Envelope, Finished, Kind, Measurement } from "./run/record.ts";
export type { Fate } from "./run/folder/board.ts";
export { missingIn, runTasks, type RunOptions, type RunSummary } from "./run/executor/local.ts";
export { isCurrent, openStore, readContents, type Contents, type Store } from "./run/store/files.ts";
export { runTask, taskId, type Task, type TaskContext, type TaskOutcome } from "./run/task.ts";
export type { Scale } from "./study/scale.ts";
export type { Plan, Scope, Study } from "./study/study.ts";

export type { Finding, ReportContext, StoredRecord };

/** The report as `reproduce` writes it, of records of its studies, drawn in a document that `drawingDocument` gives. */
export async function writeReport(
  dir: string,
  records: readonly StoredRecord[],
  context: ReportContext,
): Promise<readonly Finding[]> {
  return (await import("./study/report.ts")).writeReport(dir, records, context);
}
