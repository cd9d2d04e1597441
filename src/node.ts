/** What needs Node: run folders, runs on worker processes, reports. */

import type { StoredRecord } from "./run/record.ts";
import type { ReportContext } from "./study/report.ts";
import type { Finding } from "./study/study.ts";

export type { OptionalPackage } from "./base/optional.ts";
export { drawingDocument } from "./report/drawing.node.ts";
export { bibtex, referencesOf, type Cited, type Reference } from "./report/cite.ts";
export type { Block, Section, Table } from "./report/page.ts";
export type { Axis, Chart, Figure, Form, Series } from "./report/drawing.ts";
export type { CheckState, Sign } from "./report/board.ts";
export type { Demands, Gap } from "./report/demands.ts";
export type { Card, Chip, Link, Picture } from "./report/card.ts";
export type { Listing } from "./report/page-data.ts";
export type { Catalogue, Recipe, RecipeContext } from "./run/catalogue.ts";
export type { Envelope, Finished, Kind, Measurement } from "./run/record.ts";
export type { Fate } from "./run/folder/board.ts";
export {
  missingIn,
  runTasks,
  type RunOptions,
  type RunSummary,
  type TaskEvent,
} from "./run/executor/local.ts";
export { isCurrent, openStore, readContents, type Contents, type Store } from "./run/store/files.ts";
export { serveTasks, type CatalogueSource } from "./run/serve.ts";
export { certificateTask } from "./run/certificate-task.ts";
export { taskId } from "./run/task.ts";
export { runTask } from "./run/work.ts";
export type { Task, TaskOf } from "./run/task.ts";
export type { TaskContext, TaskOutcome } from "./run/work.ts";
export { builtIn, studies } from "./study/registry.ts";
export type { Cell, Fact } from "./study/cell.ts";
export type { CheckId, CheckResult, Checks } from "./study/checks.ts";
export type { RowId } from "./study/paper.ts";
export type { Verdict, VerdictKind } from "./study/verdict.ts";
export { followUps, plan } from "./study/reproduce.ts";
export type { KeptRun } from "./study/kept.ts";
export type { PageContext } from "./study/report-page.ts";
export type { Scale } from "./study/scale.ts";
export {
  catalogueOf,
  recipeTask,
  type Plan,
  type Choices,
  type Scope,
  type Study,
  type StudyRecipe,
} from "./study/study.ts";

export type { Finding, ReportContext, StoredRecord };

/** The report as `reproduce` writes it, of records of its studies, drawn in a document that `drawingDocument` gives. */
export async function writeReport(
  dir: string,
  records: readonly StoredRecord[],
  context: ReportContext,
): Promise<readonly Finding[]> {
  return (await import("./study/report.ts")).writeReport(dir, records, context);
}
