/** `train FAMILY` */

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
import { brief, interruptible, print, progress, requireWritable, writeOutFile } from "./io.ts";
import { printJson } from "../base/json.ts";
import type { TrainRun } from "../learner/gradient-descent.ts";

export async function run(args: readonly string[]): Promise<number> {
  const { trainByGradient } = await import("../learner/gradient-descent.ts");
  const { trainSchema } = await import("../learner/training-options.ts");
  const { drawInstance } = await import("../family/draw.ts");
  const command = addSeed(
    newCommand(
      "train",
      "One gradient-descent run on one drawn instance.",
      "equihard train gnn-degree-parity --n 8 --steps 2000",
    ),
  )
    .option("--easy", "train on the easy twin of the same hidden parameters")
    .option("--out <file>", "also write the JSON document to a file");
  addFields(command, trainSchema);
  const named = await familyCommand(command, args, ({ students }) => {
    const reads = Object.entries(students).map(([id, s]) => `  ${id.padEnd(14)} ${optionList(s.options)}`);
    command.addHelpText("after", ["\nA student refuses sizes that it does not read:", ...reads].join("\n"));
  });
  if (named === null) return 0;
  const { family, parsed } = named;
  const flags = parsed.opts<{ easy?: boolean; out?: string; json?: boolean; quiet?: boolean }>();
  const params = familyParams(family, flags);
  const options = givenOptions(trainSchema, flags);
  const seed = parseSeed(flags);
  if (flags.out !== undefined) requireWritable(flags.out);

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
    signal,
    onProgress: (p) =>
      bar.report({
        text: [
          `step ${p.step}/${p.steps} loss ${p.loss?.toFixed(4) ?? "none"}`,
          ...(p.accuracy === null ? [] : [`accuracy ${p.accuracy.toFixed(4)}`]),
          `${p.stepsPerSecond.toFixed(0)} steps/s`,
        ].join(" "),
        fraction: p.steps === 0 ? 1 : p.step / p.steps,
        data: { step: p.step, loss: p.loss, accuracy: p.accuracy },
      }),
  });
  bar.end();
  const { result, options: read, stepsPerSecond } = trained;
  const document = {
    schema: "equihard.train/1",
    family: { id: family.id, params: params.json },
    instance: { ...instance.hidden, ...instance.facts },
    easy,
    seed,
    steps: result.steps,
    batch: read.batch ?? null,
    weights: result.weights,
    stopped: result.stopped,
    options: read,
    final: result.final,
    trainAccuracy: result.trainAccuracy,
    curve: result.curve,
    ...(result.gradientNoise === undefined ? {} : { gradientNoise: result.gradientNoise }),
    stepsPerSecond,
  };
  if (flags.out !== undefined) writeOutFile(flags.out, `${printJson(document)}\n`);
  print(flags, document, () =>
    [
      `${family.id}, ${easy ? "easy twin" : "hard target"}, hidden ${brief(instance.hidden)}, ${brief(instance.facts)}`,
      ...outcomeLines(trained),
    ].join("\n"),
  );
  return result.stopped === "interrupted" ? 130 : 0;
}

function outcomeLines({ result, options: { batch, lr, steps: budget }, stepsPerSecond }: TrainRun): string[] {
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
    ...noiseLines(result.gradientNoise, budget),
  ];
}

function noiseLines(noise: TrainRun["result"]["gradientNoise"], budget: number): string[] {
  if (noise === undefined) return [];
  const { sigma, ball, parameters, variation, variationFrom, trace, covered, says } = noise;
  const by = variationFrom === "ball" ? `--ball ${ball}` : `--variation ${variation}`;
  const error = trace.standardError > 0 ? ` (standard error ${trace.standardError.toPrecision(2)})` : "";
  const bound = variation === null ? "" : `, at most ${variation.toPrecision(4)} by the ${variationFrom}`;
  const options = `--steps ${budget} --parameters ${parameters} --noise ${sigma} ${by}`;
  return [
    `noise ${sigma} on every gradient entry, ball of radius ${ball}, ${parameters} weights trained`,
    `sum of tr K over the steps ${trace.sum.toPrecision(4)}${error}${bound}`,
    ...says,
    ...(covered ? [`the theorem covers it: equihard budget CERTIFICATE ${options}`] : []),
  ];
}
