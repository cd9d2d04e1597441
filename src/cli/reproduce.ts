/** `reproduce`: the main job. */

import type { Command } from "commander";
import { join, resolve } from "node:path";
import { requireChoice } from "../base/errors.ts";
import { textTable } from "../base/text-table.ts";
import type { Scale } from "../study/scale.ts";
import type { plainScore } from "../study/scoreboard.ts";
import type { Finding } from "../study/study.ts";
import { newCommand, parseArguments } from "./command.ts";
import { interruptible, print } from "./io.ts";
import { exitCodeOf, openRun, parseWorkers, resumeFlag, runJob, type RunFlags } from "./run-tasks.ts";
import { fileStamp, printSpec, requireOwnFolder, specFlag } from "./sweep-run.ts";
import { writeOfStudies } from "./study-report.ts";

/** Seconds after which a scale starts no further task. */
const LIMITS: Readonly<Record<Scale, number>> = { quick: 160, laptop: Infinity, paper: Infinity };

export async function run(args: readonly string[]): Promise<number> {
  const signal = interruptible();
  const parsed = parseArguments(declared(), args);
  if (parsed === null) return 0;
  const flags = parsed.opts<RunFlags & { scale?: string; out?: string; spec?: boolean }>();
  const { drawingDocument } = await import("../report/drawing.node.ts");
  const drawing = await drawingDocument("highs");
  const { scales } = await import("../study/scale.ts");
  const { builtIn, studies } = await import("../study/registry.ts");
  const scale = requireChoice(flags.scale ?? "quick", scales, "--scale");
  const { ALL, studyJob } = await import("../study/job.ts");
  const spec = { study: ALL, scale };
  if (flags.spec === true) return printSpec(spec);
  const workers = parseWorkers(flags.workers);
  const dir = flags.out ?? join("runs", scale);

  const { taskId, taskLabel } = await import("../run/task.ts");
  const scope = { scale, catalogue: builtIn };
  const job = studyJob({ studies, scope }, spec);
  await requireOwnFolder(dir, job);
  const store = await openRun(dir, flags, fileStamp(dir, spec));
  const request = { store, workers, signal, flags, limit: LIMITS[scale] };
  const { summary, tasks } = await runJob(job, request);

  const ids = new Set(tasks.map(taskId));
  const records = store.records().filter((r) => ids.has(r.id));
  const { missingIn } = await import("../run/executor/local.ts");
  const missing = missingIn(summary, tasks.length);
  const { plainScore, scoreboard } = await import("../study/scoreboard.ts");
  const score = scoreboard(studies, records, scope).map(plainScore);
  const findings = await writeOfStudies(dir, records, { scale, missing, document: drawing });
  const { compact } = await import("../run/store/tables.ts");
  compact(dir);
  const headline = headlineOf(findings);
  const page = resolve(dir, "report.html");
  const document = {
    schema: "equihard.reproduce/1",
    scale,
    report: page,
    tasks: tasks.length,
    finished: summary.finished,
    leftOut: summary.leftOut.map(taskLabel),
    failed: summary.failed.map((f) => ({ task: f.task, message: f.message })),
    interrupted: summary.interrupted,
    seconds: summary.seconds,
    headline,
    scoreboard: score,
    ...Object.assign({}, ...findings.map((f) => f.fields)),
  };
  print(flags, document, () =>
    [
      ...foundLines(findings, score),
      missing,
      ...summary.failed.map((f) => `FAILED ${taskLabel(f.task)}: ${f.message}`),
      `${summary.finished} of ${tasks.length} pieces of work, ${summary.seconds.toFixed(0)} s. Report: ${page}`,
    ].join("\n"),
  );
  return exitCodeOf(summary);
}

const headlineOf = (findings: readonly Finding[]): string => findings.map((f) => f.headline).join(" ");

/** The studies' tables, the paper's results, and all in short. */
const foundLines = (
  findings: readonly Finding[],
  score: readonly ReturnType<typeof plainScore>[],
): string[] => [
  ...findings.flatMap(({ table: { head, rows } }) => [...textTable(head, rows), ""]),
  ...score.map(({ number, name, verdict, because }) => `${number}. ${name}: ${verdict} (${because}).`),
  "",
  headlineOf(findings),
];

const declared = (): Command =>
  newCommand(
    "reproduce",
    "The main job: certificates, training, escapes, one report. Resumes in the same folder.",
    "equihard reproduce --scale quick --out runs/quick",
  )
    .option("--scale <quick|laptop|paper>", "about 3 minutes, an hour, or a cluster [quick]")
    .option("--out <folder>", "run folder [runs/SCALE]")
    .option("--workers <integer>", "worker processes, one single-threaded session each [cores]")
    .option(...specFlag)
    .option(...resumeFlag);
