/** What trainings are made of and given, checked for trainers and ensembles alike. */

import { reject, requireChoice } from "../../base/errors.ts";
import { totalSize, type Floats } from "./flat.ts";
import { losses } from "./loss.ts";
import { optimisers } from "./optimiser.ts";
import { backends } from "../run/program.ts";
import type { PredictorOptions } from "./predictor.ts";
import type { Member } from "./stepper.ts";
import { floatTypes, type StepOptions, type Trainable } from "./training-step.ts";

type Inputs = Readonly<Record<string, Floats>>;

/** Where there is but one member, it is not numbered. */
const named = (m: number, members: number): string => (members === 1 ? "" : `member ${m}: `);

/** Rejects options and members that no step can be compiled for, or that name what there is not. */
export function requireTraining(
  options: StepOptions & PredictorOptions,
  members: readonly Member[],
  where: string,
): void {
  const { network, batch, predictBatch = 1 } = options;
  requireChoice(options.loss, losses, `${where}: loss`);
  requireChoice(options.optimizer, optimisers, `${where}: optimizer`);
  requireChoice(options.type ?? "float32", floatTypes, `${where}: type`);
  requireChoice(options.backend ?? "auto", backends, `${where}: backend`);
  for (const [name, count] of Object.entries({ batch, predictBatch }))
    if (!Number.isSafeInteger(count) || count < 1)
      reject({ where, what: `${name} is ${count}`, allowed: "an integer, at least 1" });
  for (const [m, { lr, weights }] of members.entries()) {
    const of = named(m, members.length);
    if (!Number.isFinite(lr) || lr < 0)
      reject({ where, what: `${of}the learning rate is ${lr}`, allowed: "a finite number, at least 0" });
    for (const [name, shape] of Object.entries(network.weights))
      if (weights[name]?.length !== totalSize({ shape }))
        reject({
          where,
          what: `${of}weight "${name}": ${weights[name]?.length ?? "no"} numbers`,
          allowed: `${totalSize({ shape })}`,
        });
  }
}

/** Rejects arrays that do not hold the same whole number of batches for every member. */
export function requireBatches(
  { network, batch }: Pick<StepOptions, "network" | "batch">,
  members: number,
  inputs: readonly Inputs[],
  labels: readonly Floats[],
  where: string,
): void {
  if (inputs.length !== members || labels.length !== members)
    reject({
      where,
      what: `inputs of ${inputs.length} and labels of ${labels.length} members`,
      allowed: `${members} of each`,
    });
  const examples = labels[0].length;
  if (examples === 0 || examples % batch !== 0)
    reject({
      where,
      what: `${examples} labels are no whole number of batches`,
      allowed: `a multiple of ${batch}`,
    });
  for (const [m, given] of inputs.entries()) {
    const of = named(m, members);
    if (labels[m].length !== examples)
      reject({
        where,
        what: `${of}labels: ${labels[m].length} numbers`,
        allowed: `${examples}, as of member 0`,
      });
    requireExamples(network, given, examples, where, { of });
  }
}

/** Rejects inputs of other than `count` examples; where `orMore`, further ones are let be. */
export function requireExamples(
  network: Trainable,
  given: Inputs,
  count: number,
  where: string,
  { of = "", orMore = false } = {},
): void {
  if (!Number.isSafeInteger(count) || count < 0)
    reject({ where, what: `${count} examples`, allowed: "an integer, at least 0" });
  for (const [name, shape] of Object.entries(network.inputs)) {
    const [length, wanted] = [given[name]?.length ?? -1, count * totalSize({ shape })];
    if (length < wanted || (length > wanted && !orMore))
      reject({
        where,
        what: `${of}input "${name}": ${length < 0 ? "no" : length} numbers`,
        allowed: `${wanted}, for ${count} examples`,
      });
  }
}
