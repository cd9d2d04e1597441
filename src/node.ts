/** What needs Node: run folders, runs on worker processes, reports. */

import type { ReportContext } from "./study/report.ts";
import type { Role, Scale } from "./study/scale.ts";
export { isCurrent, openStore, readContents, type Contents, type Store } from "./run/store/files.ts";
import type { StoredRecord } from "./run/record.ts";
export { missingIn, runTasks, type RunOptions, type RunSummary } from "./run/runner.ts";
export { runTask, taskId, type Task, type TaskContext, type TaskOutcome } from "./run/task.ts";
export type { OptionalPackage } from "./base/optional.ts";
export { drawingDocument } from "./report/drawing.node.ts";

export type { ReportContext, Role, Scale, StoredRecord };

/** The report as `reproduce` writes it, for records of its tasks, drawn in a document that `drawingDocument` gives. */
export async function writeReport(
  dir: string,
  records: readonly StoredRecord[],
  roles: ReadonlyMap<string, Role>,
  context: ReportContext,
): Promise<void> {
  (await import("./study/report.ts")).writeReport(dir, records, roles, context);
}
export type { Catalogue, Recipe, RecipeContext } from "./run/catalogue.ts";
