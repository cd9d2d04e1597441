/**
 * Gradient descent that first looks at another label: phase 1 trains the student on T(y), the square of the label
 * unless another transform is chosen, standardised; phase 2 takes up the directions of the first layer, with everything
 * above it redrawn, and trains on y. The student, the optimiser, the examples and the steps are those of plain gradient
 * descent, which is `--first 0`.
 *
 * What is certified of a family is that queries which correlate with y tell nothing; fitting T(y) asks E[T(y) h], no
 * such query. For hidden planes E[y^2 | x] has a part of degree 2 that points to the plane.
 */

import { reject } from "../../base/errors.ts";
import type { Instance, Target } from "../../family/instance.ts";
import { batches, type Batches } from "../batches.ts";
import { trainByGradient, type TrainJob, type TrainRun } from "../gradient-descent.ts";
import { defineLearner, divergence, type LearnJob, type LearnOptions } from "../learner.ts";
import { watchPhase } from "../watch.ts";
import { handOver } from "./hand-over.ts";
import { parseControl } from "./options.ts";
import { transformed, transformOf, type Transform } from "./transform.ts";

const ownOptions: readonly string[] = ["samples", "transform", "first", "control"];
const options = [
  "samples",
  "transform",
  "first",
  "control",
  "noise",
  "student",
  "layers",
  "width",
  "readoutLayers",
  "pool",
  "steps",
  "batch",
  "optimizer",
  "lr",
  "loss",
  "testSamples",
  "stopAt",
  "engine",
] as const satisfies readonly (keyof LearnOptions)[];
type Job = LearnJob<Pick<LearnOptions, (typeof options)[number]>>;

/** Weight decay of the first layer in phase 1. In phase 2 it would undo what is learned. */
const DECAY = 0.3;

/** What the first phase is trained on: `placebo`, `reuse` and `fixed` keep to y, with all the rest of the recipe. */
interface Sources {
  readonly first: { readonly instance: Instance; readonly batches: Batches };
  readonly main: Batches;
}

function sourcesOf(job: Job, target: Target, transform: Transform): Sources {
  const { instance, seed } = job;
  const { batch, noise } = job.options;
  const control = parseControl(job.options.control);
  const samples = control.kind === "fixed" ? control.size : undefined;
  const source = batches(instance, target, { batch, noise, samples, shuffleLabels: false }, seed);
  const times = control.kind === "reuse" ? control.times : 1;
  const main: Batches = { fixed: source.fixed, at: (step) => source.at(Math.floor(step / times)) };
  if (control.kind !== "none" && control.kind !== "shuffled")
    return { first: { instance, batches: main }, main };
  const shuffleLabels = control.kind === "shuffled";
  const drawn = batches(instance, target, { batch, noise, shuffleLabels }, seed);
  const at: Batches["at"] = (step) => {
    const { samples: inputs, labels } = drawn.at(step);
    return { samples: inputs, labels: labels.map(transform) };
  };
  return {
    first: { instance: transformed(instance, target, transform, noise), batches: { fixed: null, at } },
    main,
  };
}

/** What a record shows of a phase: fresh test examples judge it by the label that it was trained on. */
const phaseFacts = ({ result }: TrainRun, before: number, trainedOn: string) => ({
  trainedOn,
  steps: result.steps,
  stopped: result.stopped,
  explainedVariance: result.final.explainedVariance,
  standardError: result.final.standardError,
  curve: result.curve.map(({ step, loss }) => ({
    step: before + step,
    explainedVariance: loss === null ? null : 1 - loss / result.validationBaselineLoss,
  })),
});

/** What of the given options is the training's. */
const trainingOf = (given: Partial<Job["options"]>): TrainJob["options"] =>
  Object.fromEntries(Object.entries(given).filter(([option]) => !ownOptions.includes(option)));

/**
 * @param given what of the options was given: those of the training have defaults, and students that do not read them
 */
async function learn(job: Job, given: Partial<Job["options"]>) {
  const { instance, easy, signal, onProgress } = job;
  const { samples, transform: name, first: share, control, batch } = job.options;
  if (instance.labels === "sign") reject({ where: "label-transform", what: TWO_VALUED });
  const training = trainingOf(given);
  const affordable = samples === undefined ? Infinity : Math.max(1, Math.floor(samples / batch));
  const steps = Math.min(job.options.steps, affordable);
  const opening = Math.round(share * steps);
  const target = easy ? instance.easy : instance.hard;
  const { first, main: own } = sourcesOf(job, target, transformOf(name, target));
  const run = (before: number, phase: Pick<TrainJob, "instance" | "phase">, more: TrainJob["options"]) =>
    trainByGradient({
      ...job,
      ...phase,
      ...(job.watch && { watch: watchPhase(job.watch, before, labelOf(phase)) }),
      options: { ...training, ...more },
      onProgress: ({ step }) => onProgress?.(`step ${before + step}/${steps}`, (before + step) / steps),
    });
  const labelOf = (phase: Pick<TrainJob, "instance">): string => (phase.instance === instance ? "y" : name);
  const opened =
    opening === 0
      ? null
      : await run(
          0,
          { instance: first.instance, phase: { before: 0, batches: first.batches, decay: DECAY } },
          { steps: opening, stopAt: undefined },
        );
  signal?.throwIfAborted(); // half a training is no outcome
  const weights =
    opened === null ? {} : { weights: handOver(opened.network, opened.trained.weights, job.seed) };
  const main = await run(
    opening,
    { instance, phase: { before: opening, batches: own, ...weights } },
    { steps: steps - opening },
  );
  signal?.throwIfAborted();
  const label = labelOf(first);
  const { mean, secondMoment } = easy ? first.instance.easy : first.instance.hard;
  return {
    queries: null,
    samples: (opening + main.result.steps) * batch,
    final: { ...main.result.final },
    recovered: null,
    exact: false,
    details: {
      ...divergence(main.result.stopped === "diverged").details,
      transform: name,
      control,
      first: opened && {
        ...phaseFacts(opened, 0, label),
        mean: mean.value,
        spread: Math.sqrt(secondMoment.value - mean.value ** 2),
      },
      main: phaseFacts(main, opening, "y"),
      weights: main.result.weights,
    },
    stepsPerSecond: main.stepsPerSecond,
    engine: main.engine,
  };
}

const TWO_VALUED = "labels are +-1, so y^2 = 1: every function of the label is affine in it";

/** Gradient descent on a transform of the label first, then on the label. */
export const labelTransform = defineLearner({
  id: "label-transform",
  summary: "gradient descent in two phases, first on a transformed label (y^2), then on y; no CSQ learner",
  references: ["damian2024"],
  access: "samples",
  escape: "descends on y² first",
  rows: [{ label: "gradient descent, square first", effort: "laptop" }],
  options,
  budget: "steps x batch = 4000 x 256 fresh samples, both phases together",
  refusal: (family) => (family.labelLaw?.twoValued === true ? TWO_VALUED : null),
  learn,
});
