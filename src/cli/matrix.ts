/** `matrix`: every learner on every family and its easy twin. */

import * as z from "zod/mini";
import { join } from "node:path";
import { requireChoice } from "../base/errors.ts";
import { described, integer } from "../base/schema.ts";
import type { MatrixCertificate } from "../study/matrix/study.ts";
import { addFields, newCommand, parseArguments, parseOptions } from "./command.ts";
import { interruptible, print } from "./io.ts";
import {
  exitCodeOf,
  openRun,
  parseWorkers,
  resumeFlag,
  runWithProgress,
  textTable,
  type RunFlags,
} from "./run-tasks.ts";

const schema = z.strictObject({
  samples: described(
    z.optional(integer(1000, 100_000_000)),
    "labelled examples each learner may use; oracle learners get tolerance 1/sqrt(samples)",
  ),
  seeds: described(z.optional(integer(1, 1000)), "instances of each family, one a seed"),
  families: described(z.optional(z.array(z.string())), "only these families"),
});

export async function run(args: readonly string[]): Promise<number> {
  const signal = interruptible();
  const command = newCommand(
    "matrix",
    "Families by learners: who learns what, from equal budgets. Resumes in the same folder.",
    "equihard matrix --scale quick --out runs/matrix",
  )
    .option(
      "--scale <quick|laptop|full>",
      "200,000, 400,000 or 2,000,000 samples; 2, 3 or 5 seeds; slow learners at greater scales only [quick]",
    )
    .option("--out <folder>", "run folder [runs/matrix-SCALE]")
    .option("--workers <integer>", "worker processes, one single-threaded session each [cores]")
    .option(...resumeFlag);
  addFields(command, schema);
  const parsed = parseArguments(command, args);
  if (parsed === null) return 0;
  const flags = parsed.opts<RunFlags & { scale?: string; out?: string }>();
  const scale = requireChoice(flags.scale ?? "quick", ["quick", "laptop", "full"] as const, "--scale");
  const given = parseOptions(schema, flags as Record<string, unknown>);
  const workers = parseWorkers(flags.workers);
  const { drawingDocument } = await import("../report/drawing.node.ts");
  const drawing = await drawingDocument();
  const { matrixScales, matrixSettings, matrixStudy, planMatrix, readMatrix } =
    await import("../study/matrix/study.ts");
  const { families: all } = await import("../family/registry.ts");
  for (const id of given.families ?? [])
    requireChoice(
      id,
      all.map((f) => f.id),
      "--families",
    );
  const preset = matrixScales[scale];
  const budget = {
    samples: given.samples ?? preset.samples,
    seeds: given.seeds ?? preset.seeds,
    effort: preset.effort,
  };
  const { builtIn } = await import("../study/registry.ts");
  const settings = matrixSettings(builtIn).filter(
    (s) => given.families === undefined || given.families.includes(s.family),
  );

  const dir = flags.out ?? join("runs", `matrix-${scale}`);
  const store = await openRun(dir, { matrix: budget }, flags);
  const plan = planMatrix(budget, builtIn, { settings });
  const study = matrixStudy(() => plan);
  const { main: tasks = [] } = study.tasks({
    scale: scale === "full" ? "paper" : scale,
    catalogue: builtIn,
  });
  const summary = await runWithProgress({ store, tasks, workers, signal, flags });
  const matrix = readMatrix(plan, store.records());

  const { matrixTable, refusals } = await import("../study/matrix/section.ts");
  const { writeFigures } = await import("../study/report.ts");
  const [picture] = writeFigures(dir, await study.sections({ matrix, plan }, drawing));

  const document = {
    schema: "equihard.matrix/1",
    ...budget,
    tasks: tasks.length,
    finished: summary.finished,
    failed: summary.failed.map((f) => ({ task: f.task, message: f.message })),
    interrupted: summary.interrupted,
    seconds: summary.seconds,
    figure: picture,
    ...matrix,
  };
  print(flags, document, () => {
    const { head, rows } = matrixTable(matrix);
    return [
      ...textTable(head, rows),
      "",
      "Explained variance on fresh samples: 1 learned, 0 no better than a constant.",
      ...matrix.certificates.map(certified),
      "",
      ...refusals(matrix).map((r) => `not run: ${r}`),
      ...summary.failed.map((f) => `FAILED ${JSON.stringify(f.task)}: ${f.message}`),
      `${summary.finished} of ${tasks.length} pieces of work, ${summary.seconds.toFixed(0)} s. Picture: ${picture}`,
    ].join("\n");
  });
  return exitCodeOf(summary);
}

function certified({ family, dimension, model, vacuous, queries }: MatrixCertificate): string {
  const needed = vacuous ? "vacuous" : `${queries} queries needed`;
  return `${family}: spectral dimension at least ${dimension} (${model}); ${needed} at tau 1/16, rho 1/2`;
}
