/** `train FAMILY` */

import type { Command } from "commander";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type * as z from "zod/mini";
import { coresToUse } from "../base/cores.ts";
import { reject } from "../base/errors.ts";
import { optionList } from "../base/options.ts";
import {
  addFields,
  addSeed,
  familyCommand,
  familyParams,
  newCommand,
  givenOptions,
  parseSeed,
} from "./command.ts";
import {
  brief,
  interruptible,
  notice,
  print,
  progress,
  readBytes,
  requireWritable,
  writeOutFile,
  type OutputOptions,
} from "./io.ts";
import { printJson } from "../base/json.ts";
import { targetOf } from "../base/write.node.ts";
import { shownAbove } from "../numeric/rounding.ts";
import { largestWeights } from "./weights-file.ts";
import type { StoredStudent } from "../interop/weights.ts";
import { aside } from "./threads.ts";
import { engineLine } from "./engine-line.ts";
import type { TrainJob, TrainRun } from "../learner/gradient-descent.ts";

interface Flags extends OutputOptions {
  readonly easy?: boolean;
  readonly out?: string;
  readonly weights?: string;
  readonly init?: string;
}

/** The student that `--init` names by its file; undefined where it names none. */
async function startOf(init: string | undefined): Promise<StoredStudent | undefined> {
  if (init === undefined || init === "he" || init === "teacher") return undefined;
  if (!existsSync(init))
    reject({
      where: "--init",
      what: `there is no file ${init}`,
      allowed: "he, teacher, or a file of weights",
    });
  const { loadWeights } = await import("../interop/weights.ts");
  return loadWeights(readBytes(init, largestWeights), init);
}

export async function run(args: readonly string[]): Promise<number> {
  const { trainByGradient } = await import("../learner/gradient-descent.ts");
  const { trainSchema } = await import("../learner/training-options.ts");
  const { filledAside } = await import("../learner/filled-batches.ts");
  const { drawInstance } = await import("../family/draw.ts");
  const command = declared(trainSchema);
  const named = await familyCommand(command, args, ({ students }) => {
    const reads = Object.entries(students).map(([id, s]) => `  ${id.padEnd(14)} ${optionList(s.options)}`);
    command.addHelpText("after", ["\nA student refuses sizes that it does not read:", ...reads].join("\n"));
  });
  if (named === null) return 0;
  const { family, parsed } = named;
  const { init, ...flags } = parsed.opts<Flags>();
  const params = familyParams(family, flags);
  const start = await startOf(init);
  const options = givenOptions(trainSchema, start === undefined ? { ...flags, init } : flags);
  const seed = parseSeed(flags);
  requireOutputs(flags);

  const instance = drawInstance(family, params, seed);
  const easy = flags.easy ?? false;
  const bar = progress(flags);
  const signal = interruptible();
  const trained = await trainByGradient({
    family,
    instance,
    easy,
    seed,
    options,
    ...(start === undefined ? {} : { start }),
    signal,
    ...(coresToUse() > 1 ? { filler: filledAside(aside) } : {}),
    onProgress: (point) => bar.report(reported(point)),
  });
  bar.end();
  const document = documentOf(trained, { family, instance, easy, seed });
  if (flags.weights !== undefined) await keep(trained, flags.weights, flags);
  if (flags.out !== undefined) writeOutFile(flags.out, `${printJson(document)}\n`);
  print(flags, document, () =>
    [
      `${family.id}, ${easy ? "easy twin" : "hard target"}, hidden ${brief(instance.hidden)}, ${brief(instance.facts)}`,
      ...outcomeLines(trained),
    ].join("\n"),
  );
  return trained.result.stopped === "interrupted" ? 130 : 0;
}

function declared(schema: z.core.$ZodType): Command {
  const command = addSeed(
    newCommand(
      "train",
      "One gradient-descent run on one drawn instance.",
      "equihard train gnn-degree-parity --n 8 --steps 2000",
    ),
  )
    .option("--easy", "train on the easy twin of the same hidden parameters")
    .option("--weights <file>", "keep the trained student in a file (safetensors), for --init")
    .option("--out <file>", "also write the JSON document to a file");
  addFields(command, schema);
  return command;
}

/** Refuses what cannot be written before anything is trained. */
function requireOutputs({ out, weights }: Flags): void {
  if (out !== undefined) requireWritable(out);
  if (weights !== undefined) requireWritable(weights, "--weights");
  if (weights !== undefined && out !== undefined && sameFile(weights, out))
    reject({ where: "--weights", what: `${weights} is the file of --out`, next: "choose another name" });
}

/** Whether two paths to be written to lead to one file. */
const sameFile = (a: string, b: string): boolean => resolve(targetOf(a).file) === resolve(targetOf(b).file);

type Point = Parameters<NonNullable<TrainJob["onProgress"]>>[0];

/** A point of the curve, for the progress bar. */
function reported({ step, steps, loss, accuracy, stepsPerSecond }: Point) {
  const text = [
    `step ${step}/${steps} loss ${loss?.toFixed(4) ?? "none"}`,
    ...(accuracy === null ? [] : [`accuracy ${accuracy.toFixed(4)}`]),
    `${stepsPerSecond.toFixed(0)} steps/s`,
  ].join(" ");
  return { text, fraction: steps === 0 ? 1 : step / steps, data: { step, loss, accuracy } };
}

/** `equihard.train/1` */
const documentOf = (
  { result, options, stepsPerSecond, engine }: TrainRun,
  { family, instance, easy, seed }: Pick<TrainJob, "family" | "instance" | "easy" | "seed">,
) => ({
  schema: "equihard.train/1",
  family: { id: family.id, params: instance.params.json },
  instance: { ...instance.hidden, ...instance.facts },
  easy,
  seed,
  steps: result.steps,
  batch: options.batch ?? null,
  weights: result.weights,
  stopped: result.stopped,
  options,
  final: result.final,
  trainAccuracy: result.trainAccuracy,
  ...(result.trainExplained === undefined ? {} : { trainExplained: result.trainExplained }),
  curve: result.curve,
  ...(result.gradientNoise === undefined ? {} : { gradientNoise: result.gradientNoise }),
  stepsPerSecond,
  ...(options.engine === undefined ? {} : { engine }),
});

/** Keeps the student; a diverged one has no weights to keep. */
async function keep({ result, trained }: TrainRun, path: string, flags: OutputOptions): Promise<void> {
  if (result.stopped === "diverged") return notice(flags, `the training diverged: ${path} is not written`);
  const { saveWeights } = await import("../interop/weights.ts");
  writeOutFile(path, saveWeights(trained), "--weights");
}

function outcomeLines({ result, options, stepsPerSecond, engine }: TrainRun): string[] {
  const { batch, lr, steps: budget } = options;
  const { final: f, steps, stopped, weights } = result;
  if (f.loss === null || f.explainedVariance === null || f.standardError === null)
    return [
      `diverged: the loss stopped being a number by step ${steps}, ${weights} weights`,
      `not learned; a lower --lr than ${lr} may help`,
    ];
  const [error, loss, constant] = [
    f.standardError.toFixed(4),
    f.loss.toPrecision(4),
    f.baselineLoss.toPrecision(4),
  ];
  const majority = f.baselineAccuracy?.toFixed(4);
  const fit =
    f.accuracy === null || majority === undefined
      ? `explained variance ${f.explainedVariance.toFixed(4)}`
      : `test accuracy ${f.accuracy.toFixed(4)} (majority baseline ${majority}, standard error ${error})`;
  return [
    `${fit} after ${steps} steps${batch === undefined ? "" : ` of ${batch}`} (${stopped}), ${weights} weights`,
    `test loss ${loss} (best constant ${constant}), ${stepsPerSecond.toFixed(0)} steps/s`,
    ...(options.engine === undefined ? [] : [engineLine(engine)]),
    ...noiseLines(result.gradientNoise, budget),
    ...progressLines(result),
  ];
}

function noiseLines(noise: TrainRun["result"]["gradientNoise"], budget: number): string[] {
  if (noise === undefined) return [];
  const of = noise.over === "fixed-set" ? "a certificate of these inputs' law" : "the family's certificate";
  const { sigma, ball, parameters, variation, variationFrom, trace, covered, says } = noise;
  const by = variationFrom === "ball" ? `--ball ${ball}` : `--variation ${variation}`;
  const error = trace.standardError > 0 ? ` (standard error ${trace.standardError.toPrecision(2)})` : "";
  const bound = variation === null ? "" : `, at most ${shownAbove(variation, 4)} by the ${variationFrom}`;
  const options = `--steps ${budget} --parameters ${parameters} --noise ${sigma} ${by}`;
  return [
    `noise ${sigma} on every gradient entry, ball of radius ${ball}, ${parameters} weights trained`,
    `sum of tr K over the steps ${trace.sum.toPrecision(4)}${error}${bound}`,
    ...says,
    ...(covered ? [`the theorem covers it, with ${of}: equihard budget CERTIFICATE ${options}`] : []),
  ];
}

/** What the weights say of the hidden parameters, whatever the loss. */
function progressLines({ curve, moving }: TrainRun["result"]): string[] {
  const progress = curve.at(-1)?.progress;
  if (progress === undefined) return [];
  const shown = Object.entries(progress).map(
    ([name, { hidden, mean, sd, largest }]) =>
      `${name} ${hidden.toPrecision(3)} (drawn ones ${mean.toPrecision(3)} +- ${sd.toPrecision(2)}` +
      `, at most ${largest.toPrecision(3)})`,
  );
  const verdict = moving ? "moving" : "not moving";
  const said = moving === undefined ? "these do not tell whether it is moving" : verdict;
  return [`${said} towards the hidden parameters: ${shown.join(", ")}`];
}
