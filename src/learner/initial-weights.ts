/** Where a training starts: at fresh weights, at the target or a student that was kept, or beside one of these two. */

import { reject } from "../base/errors.ts";
import { refuseUnread } from "../base/options.ts";
import { keyFor } from "../base/random.ts";
import type { Family, StudentOptions } from "../family/family.ts";
import type { Instance, Target } from "../family/instance.ts";
import { initialise } from "../network/initialise.ts";
import type { Network, Weights } from "../network/network.ts";
import { inUnit, weightsFor, type TrainedStudent, type Unit } from "../network/trained.ts";
import type { TrainOptions } from "./training-options.ts";

/** The unit of a target's labels in training: their own for signs, standardised otherwise. */
export function unitOf({ labels }: Instance, { mean, secondMoment }: Target): Unit {
  if (labels === "sign") return { mean: 0, sd: 1 };
  const variance = secondMoment.value - mean.value ** 2;
  return { mean: mean.value, sd: variance > 0 ? Math.sqrt(variance) : 1 };
}

/** A student to start from, with the name and the hash of the file that it was read from. */
export type Start = TrainedStudent & { readonly file: string; readonly sha256: string };

/** What `init` is called in records of a run that starts from a file. */
export const initOf = ({ sha256 }: Start): `sha256:${string}` => `sha256:${sha256}`;

export interface StartingJob {
  readonly family: Family;
  readonly instance: Instance;
  readonly easy: boolean;
  readonly seed: number;
  readonly start?: Start | undefined;
}

/** @throws InputError where `init` names what is not at hand or does not fit the network */
export function initialWeights(
  job: StartingJob,
  network: Network,
  options: StudentOptions & Pick<TrainOptions, "init" | "initScale" | "perturb">,
  unit: Unit,
): Weights {
  const { start, seed } = job;
  const { init, initScale, perturb } = options;
  const fresh = (name: string): Weights => initialise(network, keyFor(name, network.architecture, seed));
  if (init === "he") {
    if (perturb !== undefined)
      reject({ where: "perturb", what: "not read with fresh weights", allowed: "init teacher or a file" });
    return initScale === undefined ? fresh("initial weights") : scaled(fresh("initial weights"), initScale);
  }
  refuseUnread({ initScale }, [], "a training that starts at given weights");
  if (init !== "teacher" && start === undefined)
    return reject({
      where: "init",
      what: `the weights ${init} are not at hand`,
      next: "'train --init FILE' reads them from their file",
    });
  const weights =
    start === undefined ? teacher(job, options, unit) : weightsFor(network, unit, start, start.file);
  if (perturb === undefined) return weights;
  const noise = fresh("perturbation");
  return Object.fromEntries(
    Object.entries(weights).map(([name, w]) => [name, w.map((x, i) => x + perturb * noise[name][i])]),
  );
}

const scaled = (weights: Weights, by: number): Weights =>
  Object.fromEntries(Object.entries(weights).map(([name, w]) => [name, w.map((x) => by * x)]));

/** The target's own weights. */
function teacher({ family, instance, easy }: StartingJob, options: StudentOptions, unit: Unit): Weights {
  if (easy)
    reject({
      where: "init",
      what: "the teacher's weights are those of the hard target",
      next: "leave out --easy",
    });
  const [holder] = Object.keys(family.students);
  if ((options.student ?? holder) !== holder)
    reject({
      where: "init",
      what: `a ${options.student} cannot start at the target`,
      allowed: `student ${holder}`,
    });
  if (family.teacher === undefined)
    return reject({ where: "init", what: `${family.id} has no weights that hold its target`, allowed: "he" });
  return inUnit(family.teacher(instance, options), { mean: 0, sd: 1 }, unit);
}
