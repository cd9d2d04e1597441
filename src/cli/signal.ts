/** `signal FAMILY` */

import { printJson } from "../base/json.ts";
import type { GradientSignal, Signal } from "../learner/gradient-signal.ts";
import {
  addFields,
  addSeed,
  familyCommand,
  familyParams,
  givenOptions,
  newCommand,
  parseSeed,
} from "./command.ts";
import { shownAbove } from "../numeric/rounding.ts";
import { requireConsent, yesFlag } from "./consent.ts";
import { interruptible, print, progress, requireWritable, writeOutFile } from "./io.ts";

export async function run(args: readonly string[]): Promise<number> {
  const { gradientSignal, signalSchema } = await import("../learner/gradient-signal.ts");
  const command = addSeed(
    newCommand(
      "signal",
      [
        "What one gradient step can see of the hidden parameters:",
        "the share phi of the gradient's energy that tells them.",
      ].join(" "),
      "equihard signal gnn-hidden-plane --n 1 --d 64 --k 4",
    ),
  )
    .option("--out <file>", "also write the JSON document to a file")
    .option(...yesFlag);
  addFields(command, signalSchema);
  const named = await familyCommand(command, args);
  if (named === null) return 0;
  const { family, parsed } = named;
  const flags = parsed.opts<{ out?: string; yes?: boolean; json?: boolean; quiet?: boolean }>();
  const params = familyParams(family, flags);
  const options = givenOptions(signalSchema, flags);
  const seed = parseSeed(flags);
  if (flags.out !== undefined) requireWritable(flags.out);
  const { costOfCertificate } = await import("../family/certify.ts");
  requireConsent(costOfCertificate(family, params, { seed }), flags.yes, `signal ${family.id}`);
  const bar = progress(flags);
  const signal = interruptible();
  const measured = await gradientSignal({
    family,
    params,
    seed,
    options,
    signal,
    onProgress: (text, fraction) => bar.report({ text, fraction }),
  });
  bar.end();
  const document = {
    schema: "equihard.signal/1",
    family: { id: family.id, params: params.json },
    seed,
    ...measured,
  };
  if (flags.out !== undefined) writeOutFile(flags.out, `${printJson(document)}\n`);
  print(flags, document, () => text(family.id, measured));
  return 0;
}

const methods: Readonly<Record<Signal["method"], string>> = {
  exact: "exact at these weights",
  "exact-over-directions": "exact in the mean over the weights' directions",
  sampled: "from samples, unbiased",
};

const shown = (x: number): string => x.toPrecision(3);

function lineOf({ phi, standardError, centred, method, predicted, ratio }: Signal): string {
  const error = standardError === 0 ? "" : ` +- ${shown(standardError)}`;
  const closed = [
    ...(predicted === undefined ? [] : [`closed form ${shown(predicted)}`]),
    ...(ratio === undefined ? [] : [`A/B = ${shown(ratio)}`]),
  ];
  const how = [methods[method], ...closed].join(", ");
  return `phi = ${shown(phi)}${error} (${how}); of the gradient less its mean ${shown(centred.value)}`;
}

function text(
  family: string,
  { student, weights, bound, confidence, plain, curve, ...signal }: GradientSignal,
): string {
  const lines = [`${family}, student ${student}, ${weights} weights`, lineOf(signal)];
  lines.push(
    [
      `bound 1/d_eff = ${shownAbove(bound, 3)} at every weight vector`,
      `${confidence === 1 ? "" : `, with confidence ${confidence}`}: phi is ${shown(signal.phi / bound)} of it`,
    ].join(""),
  );
  if (signal.phi > 0)
    lines.push(
      `a batch's own noise is about 1/B of the gradient's energy: below phi from B = ${shown(1 / signal.phi)} on`,
    );
  if (plain !== undefined) {
    lines.push(`without symmetry, student ${plain.student}: ${lineOf(plain)}`);
    lines.push(
      [
        `symmetry gives a gradient step ${shown(plain.gain.raw)} times the signal`,
        `${shown(plain.gain.centred)} times centred`,
      ].join(", "),
    );
  }
  for (const { step, loss, ...at } of curve ?? [])
    lines.push(`step ${String(step).padStart(7)}  loss ${loss?.toFixed(4) ?? "none"}  ${lineOf(at)}`);
  return lines.join("\n");
}
