/** What `learn` does beside its process: reads the options, hands over the task, prints. */

import type { Command } from "commander";
import type * as z from "zod/mini";
import { InputError, reject, requireChoice } from "../base/errors.ts";
import { optionList, refuseUnread } from "../base/options.ts";
import {
  addFields,
  addSeed,
  familyCommand,
  familyParams,
  newCommand,
  givenOptions,
  parseSeed,
} from "./command.ts";
import type { Family } from "../family/family.ts";
import type { Learner, LearnFinal } from "../learner/learner.ts";
import type { Task } from "../run/task.ts";
import type { WorkerProcess } from "../run/worker-process.ts";
import type { TaskOutcome } from "../run/work.ts";
import { brief, interruptible, print, progress, type OutputOptions } from "./io.ts";

type Flags = Pick<OutputOptions, "json" | "quiet" | "progress"> & {
  readonly learner?: string;
  readonly easy?: boolean;
};

type Work = (
  task: Task,
  signal: AbortSignal,
  onProgress: (text: string, fraction: number) => void,
) => Promise<TaskOutcome>;

/** Some learners compute for minutes without looking up: in a process of its own, Ctrl-C ends them at once. */
const apart =
  (worker: WorkerProcess): Work =>
  async (task, signal, onProgress) => {
    signal.addEventListener("abort", () => worker.end());
    const done = await worker.run(task, { onProgress });
    signal.throwIfAborted();
    if ("error" in done) throw done.problem === undefined ? done.error : new InputError(done.problem);
    return done.outcome;
  };

/** A learner that is a program has a process already, which this one ends; the other is not to wait beside it. */
const besideProgram =
  (worker: WorkerProcess): Work =>
  async (task, signal, onProgress) => {
    worker.end();
    const { runTask } = await import("../run/work.ts");
    const { builtIn } = await import("../study/registry.ts");
    return runTask(task, builtIn, { signal, onProgress });
  };

/** @param worker where it is learned, if by a learner of the program's own */
export async function learnInstance(args: readonly string[], worker: WorkerProcess): Promise<number> {
  const { learnSchema } = await import("../learner/learner.ts");
  const { isRemote } = await import("../learner/remote/learner.ts");
  const named = await familyCommand(await declared(learnSchema, args), args);
  if (named === null) return 0;
  const { family, parsed } = named;
  const flags = parsed.opts<Flags>();
  const { id: learner, options: read } = await learnerNamed(flags.learner, family);
  const params = familyParams(family, flags);
  const options = givenOptions(learnSchema, flags);
  refuseUnread(options, read, learner); // before a program is started for it
  const bar = progress(flags);
  const task = {
    kind: "learn" as const,
    family: family.id,
    params: params.json,
    seed: parseSeed(flags),
    easy: flags.easy ?? false,
    learner,
    options,
  };
  const onProgress = (text: string, fraction: number): void => bar.report({ text, fraction });
  const work = isRemote(learner) ? besideProgram(worker) : apart(worker);
  const { result } = await work(task, interruptible(), onProgress);
  bar.end();
  print(flags, result, () => `${learner}: ${outcomeText(result as typeof result & Learned)}`);
  return 0;
}

async function declared(schema: z.core.$ZodType, args: readonly string[]): Promise<Command> {
  const command = addSeed(
    newCommand(
      "learn",
      "Any learner on one drawn instance.",
      "equihard learn gnn-degree-parity --n 12 --learner f2-elimination",
    ),
  )
    .option("--learner <id>", "see 'equihard learners'; exec:COMMAND runs a program: docs/benchmark.md")
    .option("--easy", "learn the easy twin of the same hidden parameters");
  addFields(command, schema);
  if (!args.some((a) => a === "--help" || a === "-h")) return command;
  const { learners } = await import("../learner/registry.ts");
  const reads = learners.map((l) => `  ${l.id.padEnd(20)} ${optionList(l.options)}`);
  return command.addHelpText(
    "after",
    ["\nA learner refuses options that it does not read:", ...reads].join("\n"),
  );
}

/** What `--learner` names: a learner that takes the family, by an alias of it too, or a program. */
async function learnerNamed(given: string | undefined, family: Family): Promise<Learner> {
  const { loadLearner } = await import("../learner/built-in.ts");
  const { learnerLoaders } = await import("../learner/loaders.ts");
  const { isRemote } = await import("../learner/remote/learner.ts");
  if (given !== undefined && (isRemote(given) || Object.hasOwn(learnerLoaders, given))) {
    const learner = await loadLearner(given);
    if (learner.refusal(family) === null) return learner;
  }
  const { learnerById, learners } = await import("../learner/registry.ts");
  const ids = learners.filter((l) => l.refusal(family) === null).map((l) => l.id);
  if (given === undefined) return reject({ where: "--learner", what: "missing", allowed: ids.join(", ") });
  const other = learners.find(({ aliases }) => aliases?.includes(given) === true);
  return learnerById(requireChoice(other?.id ?? given, ids, "--learner"));
}

/** What a record of a learner's work holds that people are told. */
interface Learned {
  readonly final: LearnFinal;
  readonly queries: number | null;
  readonly samples: number | null;
  readonly exact: boolean;
  readonly recovered: unknown;
  readonly target: unknown;
  readonly stopped?: string;
}

function outcomeText({ final, queries, samples, exact, recovered, target, stopped }: Learned): string {
  const cost = [
    ...(queries === null ? [] : [`${queries} queries`]),
    ...(samples === null ? [] : [`${samples} samples`]),
  ].join(", ");
  const { accuracy, explainedVariance } = final;
  const none = stopped === "diverged" ? "none, it diverged" : "none";
  const quality =
    accuracy !== null
      ? `accuracy ${accuracy.toFixed(5)}`
      : `explained variance ${explainedVariance?.toFixed(5) ?? none}`;
  const found = recovered === null ? "found no hidden parameters" : `found ${brief(recovered)}`;
  const same = exact ? "the same function" : "not the same function";
  return `${quality} with ${cost}\n${found}, target ${brief(target)}: ${same}`;
}
