/** `reproduce`: the main job. */

import { join, resolve } from "node:path";
import { requireChoice } from "../base/errors.ts";
import { newCommand, parseArguments } from "./command.ts";
import { interruptible, print } from "./io.ts";
import {
  combined,
  exitCodeOf,
  openRun,
  parseWorkers,
  resumeFlag,
  runWithProgress,
  textTable,
} from "./run-tasks.ts";

/** Seconds after which the quick scale starts no further task. */
const QUICK_SECONDS = 150;

export async function run(args: readonly string[]): Promise<number> {
  const signal = interruptible();
  const command = newCommand(
    "reproduce",
    "The main job: certificates, training, escapes, one report. Resumes in the same folder.",
    "equihard reproduce --scale quick --out runs/quick",
  )
    .option("--scale <quick|laptop|paper>", "about 3 minutes, hours, or a cluster [quick]")
    .option("--out <folder>", "run folder [runs/SCALE]")
    .option("--workers <integer>", "worker processes, one single-threaded session each [cores]")
    .option(...resumeFlag);
  const parsed = parseArguments(command, args);
  if (parsed === null) return 0;
  const flags = parsed.opts<{
    scale?: string;
    out?: string;
    workers?: string;
    yes?: boolean;
    json?: boolean;
    quiet?: boolean;
  }>();
  const { drawingDocument } = await import("../report/drawing.node.ts");
  const drawing = await drawingDocument("highs");
  const { scales } = await import("../study/scale.ts");
  const { builtIn, studies } = await import("../study/registry.ts");
  const { followUps, plan } = await import("../study/reproduce.ts");
  const scale = requireChoice(flags.scale ?? "quick", scales, "--scale");
  const workers = parseWorkers(flags.workers);
  const dir = flags.out ?? join("runs", scale);

  const { taskId, taskLabel } = await import("../run/task.ts");
  const store = await openRun(dir, { scale }, flags);
  const scope = { scale, catalogue: builtIn };
  const planned = plan(studies, scope);
  const request = { store, workers, signal, flags, ...(scale === "quick" ? { limit: QUICK_SECONDS } : {}) };
  const first = await runWithProgress({ ...request, tasks: planned });
  const further = first.interrupted ? [] : followUps(studies, store.records(), scope);
  const summary =
    further.length === 0 ? first : combined(first, await runWithProgress({ ...request, tasks: further }));
  const tasks = [...planned, ...further];

  const ids = new Set(tasks.map(taskId));
  const records = store.records().filter((r) => ids.has(r.id));
  const { writeReport } = await import("../study/report.ts");
  const { writeParquet, trialRows, curveRows } = await import("../run/store/parquet.ts");
  const { missingIn } = await import("../run/executor/local.ts");
  const missing = missingIn(summary, tasks.length);
  const findings = await writeReport(dir, records, { scale, missing, document: drawing });
  writeParquet(join(dir, "trials.parquet"), trialRows(records));
  writeParquet(join(dir, "curves.parquet"), curveRows(records));
  const report = resolve(dir, "report.html");
  const headline = findings.map((f) => f.headline).join(" ");
  const document = {
    schema: "equihard.reproduce/1",
    scale,
    report,
    tasks: tasks.length,
    finished: summary.finished,
    leftOut: summary.leftOut.map(taskLabel),
    failed: summary.failed.map((f) => ({ task: f.task, message: f.message })),
    interrupted: summary.interrupted,
    seconds: summary.seconds,
    headline,
    ...Object.assign({}, ...findings.map((f) => f.fields)),
  };
  print(flags, document, () =>
    [
      ...findings.flatMap(({ table: { head, rows } }) => [...textTable(head, rows), ""]),
      headline,
      missing,
      ...summary.failed.map((f) => `FAILED ${taskLabel(f.task)}: ${f.message}`),
      `${summary.finished} of ${tasks.length} pieces of work, ${summary.seconds.toFixed(0)} s. Report: ${report}`,
    ].join("\n"),
  );
  return exitCodeOf(summary);
}
