/** `matrix`: every learner on every family and its easy twin. */

import type { Command } from "commander";
import { join } from "node:path";
import { reject, requireChoice } from "../base/errors.ts";
import { textTable } from "../base/text-table.ts";
import type { Matrix, MatrixCertificate } from "../study/matrix/read.ts";
import { choicesSchema } from "../study/study.ts";
import { addFields, newCommand, parseArguments, parseOptions } from "./command.ts";
import { interruptible, print } from "./io.ts";
import { exitCodeOf, openRun, parseWorkers, resumeFlag, runJob, type RunFlags } from "./run-tasks.ts";
import { fileStamp, printSpec, requireOwnFolder, specFlag } from "./sweep-run.ts";

type Flags = RunFlags & {
  readonly scale?: string;
  readonly out?: string;
  readonly learner?: string;
  readonly spec?: boolean;
};

export async function run(args: readonly string[]): Promise<number> {
  const signal = interruptible();
  const parsed = parseArguments(declared(), args);
  if (parsed === null) return 0;
  const flags = parsed.opts<Flags>();
  const { scales } = await import("../study/scale.ts");
  const scale = requireChoice(flags.scale ?? "quick", scales, "--scale");
  const workers = parseWorkers(flags.workers);
  const { builtIn } = await import("../study/registry.ts");
  const chosen = parseOptions(choicesSchema, { ...flags });
  const spec = { study: "matrix", scale, ...chosen };
  if (flags.spec === true) return printSpec(spec);
  const { matrixPlanOf } = await import("../study/matrix/plan.ts");
  const program = await programOf(flags.learner);
  const scope = { scale, catalogue: builtIn, chosen };
  const plan = matrixPlanOf(scope, program === undefined ? [] : [{ learner: program, label: program }]);
  const { drawingDocument } = await import("../report/drawing.node.ts");
  const drawing = await drawingDocument();
  const { matrixStudy } = await import("../study/matrix/study.ts");
  const { readMatrix } = await import("../study/matrix/read.ts");
  const { studyJob } = await import("../study/job.ts");

  const dir = flags.out ?? join("runs", `matrix-${scale}`);
  const study = matrixStudy(() => plan);
  const job = studyJob({ studies: [study], scope }, spec);
  await requireOwnFolder(dir, job);
  const store = await openRun(dir, flags, fileStamp(dir, spec));
  const { summary, tasks } = await runJob(job, { store, workers, signal, flags });
  const matrix = readMatrix(plan, store.records());
  const { writeFigures } = await import("../study/report.ts");
  const { figuresOf } = await import("../report/page.ts");
  const [picture] = writeFigures(dir, figuresOf(await study.sections({ matrix, plan }, drawing)));

  const document = {
    schema: "equihard.matrix/1",
    ...plan.scale,
    tasks: tasks.length,
    finished: summary.finished,
    failed: summary.failed.map((f) => ({ task: f.task, message: f.message })),
    interrupted: summary.interrupted,
    seconds: summary.seconds,
    figure: picture,
    ...matrix,
  };
  const shown = await matrixLines(matrix);
  print(flags, document, () =>
    [
      ...shown,
      ...summary.failed.map((f) => `FAILED ${JSON.stringify(f.task)}: ${f.message}`),
      `${summary.finished} of ${tasks.length} pieces of work, ${summary.seconds.toFixed(0)} s. Picture: ${picture}`,
    ].join("\n"),
  );
  return exitCodeOf(summary);
}

function declared(): Command {
  const command = newCommand(
    "matrix",
    "Families by learners: who learns what, from equal budgets. Resumes in the same folder.",
    "equihard matrix --scale quick --out runs/matrix",
  )
    .option(
      "--scale <quick|laptop|paper>",
      "200,000 samples and 1 seed, of paper 2,000,000 and 5; slow learners at greater scales only [quick]",
    )
    .option("--out <folder>", "run folder [runs/matrix-SCALE]")
    .option("--workers <integer>", "worker processes, one single-threaded session each [cores]")
    .option(
      "--learner <exec:COMMAND>",
      "one row more: a program that speaks equihard.oracle/1, docs/benchmark.md",
    )
    .option(...specFlag)
    .option(...resumeFlag);
  addFields(command, choicesSchema);
  return command;
}

/** The table, what is certified beside it, and what was not run. */
async function matrixLines(matrix: Matrix): Promise<string[]> {
  const { matrixTable, refusals } = await import("../study/matrix/section.ts");
  const { head, rows } = matrixTable(matrix);
  return [
    ...textTable(head, rows),
    "",
    "Explained variance on fresh samples: 1 learned, 0 no better than a constant.",
    ...matrix.certificates.map(certified),
    "",
    ...refusals(matrix).map((r) => `not run: ${r}`),
  ];
}

/** The further row that is a program. @throws InputError for the id of a learner, which has a row already */
async function programOf(learner: string | undefined): Promise<string | undefined> {
  const { isRemote } = await import("../learner/remote/learner.ts");
  if (learner !== undefined && !isRemote(learner))
    reject({ where: "--learner", what: `"${learner}" is no program`, allowed: "exec:COMMAND" });
  return learner;
}

function certified({ family, dimension, model, vacuous, queries }: MatrixCertificate): string {
  const needed = vacuous ? "vacuous" : `${queries} queries needed`;
  return `${family}: spectral dimension at least ${dimension} (${model}); ${needed} at tau 1/16, rho 1/2`;
}
