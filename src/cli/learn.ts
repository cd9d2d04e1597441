/** `learn FAMILY --learner ID` */

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
import type { LearnFinal } from "../learner/learner.ts";
import { brief, interruptible, print, progress } from "./io.ts";

export async function run(args: readonly string[]): Promise<number> {
  const { learnSchema } = await import("../learner/learner.ts");
  const { learnerById, learners } = await import("../learner/registry.ts");
  const command = addSeed(
    newCommand(
      "learn",
      "Any learner on one drawn instance.",
      "equihard learn gnn-degree-parity --n 12 --learner f2-elimination",
    ),
  )
    .option("--learner <id>", "see 'equihard learners'")
    .option("--easy", "learn the easy twin of the same hidden parameters");
  addFields(command, learnSchema);
  const reads = learners.map((l) => `  ${l.id.padEnd(20)} ${optionList(l.options)}`);
  command.addHelpText("after", ["\nA learner refuses options that it does not read:", ...reads].join("\n"));
  const named = await familyCommand(command, args);
  if (named === null) return 0;
  const { family, parsed } = named;
  const flags = parsed.opts<{ learner?: string; easy?: boolean; json?: boolean; quiet?: boolean }>();
  const ids = learners.filter((l) => l.refusal(family) === null).map((l) => l.id);
  if (flags.learner === undefined) reject({ where: "--learner", what: "missing", allowed: ids.join(", ") });
  const other = learners.find(({ aliases }) => aliases?.includes(flags.learner ?? "") === true);
  const learner = requireChoice(other?.id ?? flags.learner, ids, "--learner");
  const params = familyParams(family, flags);
  const options = givenOptions(learnSchema, flags);
  refuseUnread(options, learnerById(learner).options, learner); // before a process is started for it
  const { workerProcess } = await import("../run/worker-process.ts");
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
  // some learners compute for minutes without looking up: in a process of its own, Ctrl-C ends them at once
  const worker = workerProcess();
  const signal = interruptible();
  signal.addEventListener("abort", () => worker.end());
  const done = await worker.run(task, (text, fraction) => bar.report({ text, fraction }));
  worker.end();
  bar.end();
  signal.throwIfAborted();
  if ("error" in done) throw done.problem === undefined ? done.error : new InputError(done.problem);
  const { result } = done.outcome;
  print(flags, result, () => {
    const r = result as {
      final: LearnFinal;
      queries: number | null;
      samples: number | null;
      exact: boolean;
      recovered: unknown;
      target: unknown;
      stopped?: string;
    };
    const cost = [
      r.queries === null ? "" : `${r.queries} queries`,
      r.samples === null ? "" : `${r.samples} samples`,
    ]
      .filter(Boolean)
      .join(", ");
    const { accuracy, explainedVariance } = r.final;
    const none = r.stopped === "diverged" ? "none, it diverged" : "none";
    const quality =
      accuracy !== null
        ? `accuracy ${accuracy.toFixed(5)}`
        : `explained variance ${explainedVariance?.toFixed(5) ?? none}`;
    const found = r.recovered === null ? "found no hidden parameters" : `found ${brief(r.recovered)}`;
    const same = r.exact ? "the same function" : "not the same function";
    return `${learner}: ${quality} with ${cost}\n${found}, target ${brief(r.target)}: ${same}`;
  });
  return 0;
}
