/** The report of a run of studies: what `reproduce` ends with, and `report` makes of any folder of theirs. */

import { join } from "node:path";
import { makeFolder } from "../base/write.node.ts";
import type { StoredRecord } from "../run/record.ts";
import type { RunFile } from "../study/job.ts";
import type { ReportContext } from "../study/report.ts";
import type { Finding } from "../study/study.ts";
import { commitText, programState } from "./git.ts";
import { print, type OutputOptions } from "./io.ts";
import { readableRecords } from "./run-tasks.ts";

/** Writes page and figures; beside a quick run's records they show those of longer ones that are kept. */
export async function writeOfStudies(
  dir: string,
  records: readonly StoredRecord[],
  context: Omit<ReportContext, "beside" | "commit">,
): Promise<readonly Finding[]> {
  const { writeReport } = await import("../study/report.ts");
  const { keptBeside } = await import("../study/kept.ts");
  const beside = keptBeside(context.scale);
  const state = programState();
  const commit = state === null ? undefined : commitText(state);
  return writeReport(dir, records, { ...context, beside, commit });
}

/** `report` of a folder of studies, as far as their work is done. */
export async function reportOfStudies(
  dir: string,
  { job, studied: { studies, scope } }: Extract<RunFile, { readonly plan?: undefined }>,
  flags: OutputOptions & { readonly out?: string },
  document: Document,
): Promise<number> {
  const { taskId } = await import("../run/task.ts");
  const all = await readableRecords(dir, flags);
  const ids = new Set([...job.wanted(all)].map(taskId));
  const records = all.filter(({ id }) => ids.has(id));
  const folder = flags.out ?? dir;
  makeFolder(folder);
  const done = `${records.length} of ${ids.size} pieces of work are done.`;
  const command = `equihard resume ${dir}`;
  const context = { ...scope, studies, command, document, missing: done };
  const findings = await writeOfStudies(folder, records, context);
  const report = join(folder, "report.html");
  const found = Object.assign({}, ...findings.map(({ fields }) => fields)) as object;
  const printed = {
    schema: "equihard.report/1",
    run: dir,
    report,
    tasks: ids.size,
    done: records.length,
    ...found,
  };
  print(flags, printed, () =>
    [...findings.map(({ headline }) => headline), done, `Report: ${report}`].join("\n"),
  );
  return 0;
}
