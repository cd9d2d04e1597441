/** A training with noise on its gradients: which expectations it descends on, and what that is worth as a theorem. */

import { reject } from "../../base/errors.ts";
import { refuseUnread } from "../../base/options.ts";
import { product } from "../../base/product.ts";
import { keyFor } from "../../base/random.ts";
import { studentClass, type Family } from "../../family/family.ts";
import type { Instance, Target } from "../../family/instance.ts";
import { reluBounds } from "../../family/relu-sums.ts";
import { plainMlp } from "../../family/student.ts";
import type { Network, Weights } from "../../network/network.ts";
import { weightCount } from "../../network/network.ts";
import { asWritten, multiply, numberAbove, rational } from "../../numeric/rational.ts";
import { nextUp } from "../../numeric/rounding.ts";
import { equivalentNoise, type BallBounds } from "../../query/noisy-gradient.ts";
import type { Batches } from "../batches.ts";
import { trainSchema, type ExampleOption, type TrainOptions } from "../training-options.ts";
import { noisyDescent, type NoisyDescent } from "./descent.ts";
import { closedFormSource, sumSource, type CrossLoss, type GradientSource, type Over } from "./source.ts";

/** What a record says of a training with noise on its gradients. */
export interface NoiseRecord {
  /** What gradients are expectations over. */
  readonly over: Over;
  readonly sigma: number;
  readonly ball: number;
  /** The noise as it counts for half the squared error: sigma / 2 for (f - y)^2, 2 sigma for the logistic loss. */
  readonly equivalentNoise: number;
  /** P, without weights held at 0. */
  readonly parameters: number;
  readonly held: readonly string[];
  /** A = sup ||d_i f_w|| over the ball, rounded up; null where no bound is known. */
  readonly gradientNorm: number | null;
  /** V, which the sum over steps of tr K cannot exceed whatever f is; null where none is known. */
  readonly variation: number | null;
  readonly variationFrom: "ball" | "halting rule" | null;
  /** The sum along this run: measured, not proved. */
  readonly trace: { readonly sum: number; readonly standardError: number };
  /** Whether the theorem covers this run, with d_eff of the law that gradients are expectations over. */
  readonly covered: boolean;
  readonly says: readonly string[];
}

export interface NoisyTraining extends NoisyDescent {
  readonly unread: readonly ExampleOption[];
  record(): NoiseRecord;
}

export interface NoisyJob {
  readonly family: Family;
  readonly instance: Instance;
  readonly easy: boolean;
  readonly network: Network;
  /** Initial weights. */
  readonly weights: Weights;
  readonly options: TrainOptions;
  /** How labels are shifted and scaled. */
  readonly unit: { readonly mean: number; readonly sd: number };
  readonly source: Batches;
  readonly seed: number;
}

/** The most numbers of per-example gradients that a step on a whole population goes through. */
const mostNumbers = 2 ** 32;

/** Whether the network is one hidden relu layer on a single vector. */
const isOneHiddenLayer = ({ architecture: a }: Network): boolean =>
  (a["network"] === "feature-gnn" && a["n"] === 1 && a["layers"] === 1 && a["readoutLayers"] === 0) ||
  (a["network"] === "mlp" && a["layers"] === 1);

/** The vector's length where the gradient is in closed form, else null. */
function closedForm({ family, instance }: NoisyJob, network: Network, loss: string): number | null {
  const dimension = family.reluSums?.dimension(instance.params) ?? null;
  return dimension !== null && isOneHiddenLayer(network) && loss === "squared" ? dimension : null;
}

/** The options that a training with noise leaves unread, by what its gradients are expectations over. */
const unreadBy: Readonly<Record<Over, readonly ExampleOption[]>> = {
  batches: [],
  "fixed-set": ["batch"],
  enumerated: ["batch", "noise", "shuffleLabels"],
  "closed-form": ["batch", "noise", "shuffleLabels"],
};

/**
 * A fixed set where one is asked for, fresh batches where their size is given; else the law itself where its
 * expectations are finite sums or in closed form, and fresh batches of the default size where they are not.
 */
function overOf(job: NoisyJob, given: Partial<TrainOptions>): Over {
  const { family, instance, options, network } = job;
  if (options.samples !== undefined) return "fixed-set";
  if (given.batch !== undefined) return "batches";
  if (closedForm(job, network, options.loss) !== null) return "closed-form";
  const symmetric = studentClass(family, options.student) !== plainMlp;
  return symmetric && (family.population?.(instance) ?? null) !== null ? "enumerated" : "batches";
}

/** @throws InputError for options that do not fit, or are given and not read */
export async function noisyTraining(job: NoisyJob, given: Partial<TrainOptions>): Promise<NoisyTraining> {
  const { network, options, seed } = job;
  const { gradientNoise: sigma, ball, loss } = options;
  if (sigma === undefined || ball === undefined)
    return reject({
      where: sigma === undefined ? "--gradient-noise" : "--ball",
      what: "missing",
      next: "the two go together",
    });
  if (loss === "l1")
    return reject({
      where: "--loss",
      what: "the theorem needs gradients whose part with the label is linear in it",
      allowed: "squared, logistic",
    });
  const over = overOf(job, given);
  const unread: readonly string[] = ["engine", ...(over === "batches" ? ["variation"] : unreadBy[over])];
  refuseUnread(
    given,
    Object.keys(trainSchema.shape).filter((name) => !unread.includes(name)),
    readers[over],
  );
  const source = await sourceOf(job, over, loss);
  const descent = await noisyDescent({
    network,
    source,
    weights: job.weights,
    sigma,
    ball,
    variation: options.variation ?? null,
    optimizer: options.optimizer,
    lr: options.lr,
    key: keyFor("gradient noise", network.architecture, seed),
  });
  return Object.assign(descent, {
    unread: unreadBy[over],
    record: () => recordOf(job, source, descent, { sigma, ball, loss }),
  });
}

const readers: Readonly<Record<Over, string>> = {
  "closed-form": "a training on gradients in closed form",
  enumerated: "a training on the whole law",
  "fixed-set": "a training on the whole of a fixed set",
  batches: "a training on fresh batches, whose trace is a sample",
};

async function sourceOf(job: NoisyJob, over: Over, loss: CrossLoss): Promise<GradientSource> {
  const { family, instance, easy, network, options, unit, source } = job;
  const crossed = options.control !== "null";
  if (over === "closed-form") {
    const target = family.reluSums!.target(instance, easy);
    return closedFormSource({ network, target, spread: unit.sd, crossed });
  }
  const scaled = (labels: Float64Array): Float64Array => labels.map((y) => (y - unit.mean) / unit.sd);
  if (over === "batches") {
    const examples = (step: number) => {
      const { samples, labels } = source.at(step);
      return { samples, labels: scaled(labels) };
    };
    return sumSource(over, { network, loss, crossed, count: options.batch, examples });
  }
  const target: Target = easy ? instance.easy : instance.hard;
  const population = over === "enumerated" ? family.population!(instance)! : null;
  const samples = population?.points ?? source.fixed!.samples;
  const numbers = samples.count * weightCount(network);
  if (numbers > mostNumbers)
    reject({
      where: "--samples",
      what: `${samples.count} examples times ${weightCount(network)} weights are too many for a step on all of them`,
      allowed: `a product up to ${mostNumbers}`,
    });
  const labels = scaled(population === null ? source.fixed!.labels : target.label(samples));
  const all = { samples, labels, probabilities: population?.weights };
  return sumSource(over, { network, loss, crossed, count: samples.count, examples: () => all });
}

function recordOf(
  job: NoisyJob,
  { over, held }: GradientSource,
  { trace }: NoisyDescent,
  { sigma, ball, loss }: { sigma: number; ball: number; loss: CrossLoss },
): NoiseRecord {
  const { network, options } = job;
  const dimension = closedForm(job, network, loss);
  const bounds = over === "closed-form" && dimension !== null ? reluBounds(dimension) : null;
  const fromBall = bounds === null ? null : ballVariation(bounds, ball, options.steps);
  const halting = options.variation ?? null;
  const useBall = fromBall !== null && (halting === null || fromBall <= halting);
  const variation = useBall ? fromBall : halting;
  const heldWeights = held.reduce((sum, name) => sum + product(network.weights[name]), 0);
  const missing = uncovered(job, over, variation);
  const variationFrom = useBall ? "ball" : "halting rule";
  return {
    over,
    sigma,
    ball,
    equivalentNoise: numberAbove(equivalentNoise(loss, asWritten(sigma))),
    parameters: weightCount(network) - heldWeights,
    held,
    gradientNorm:
      bounds === null ? null : nextUp(Math.sqrt(numberAbove(multiply(squareOf(ball), bounds.derivative)))),
    variation,
    variationFrom: variation === null ? null : variationFrom,
    trace,
    covered: missing.length === 0,
    says: [
      ...laws(job, over),
      ...(options.control === "null"
        ? ["The null run: the gradient's part with the labels is left out."]
        : []),
      ...missing.map((reason) => `Not covered by the theorem: ${reason}`),
    ],
  };
}

const squareOf = (x: number) => multiply(asWritten(x), asWritten(x));

/** T sup tr K, rounded up. */
const ballVariation = (bounds: BallBounds, ball: number, steps: number): number =>
  numberAbove(multiply(rational(steps), multiply(squareOf(ball), bounds.trace)));

/** What the gradients are of, in words. */
function laws({ options, source }: NoisyJob, over: Over): string[] {
  switch (over) {
    case "closed-form":
      return ["Gradients of the population, in closed form; biases are held at 0, which is a projection."];
    case "enumerated":
      return ["Gradients of the population: every graph up to relabelling, by its probability."];
    case "fixed-set": {
      const size = source.fixed?.labels.length;
      return [
        [
          `Gradients over all of ${size} fixed examples: exact for the uniform law on these inputs,`,
          "for which the family's certificate says nothing; 'certify custom' on the members' labels there does.",
          "It says nothing of fresh inputs.",
        ].join(" "),
      ];
    }
    case "batches":
      return [
        [
          `Means over fresh batches of ${options.batch}, another algorithm: for labels +-1 what a query is worth grows`,
          `from 1/d_eff to (1 - 1/B)/d_eff + 1/B, and 1/B = ${1 / options.batch};`,
          "for real labels by E[f^2 |grad f_w|^2] / (B tr K).",
        ].join(" "),
      ];
  }
}

/** Hypotheses of the theorem that this run does not meet. */
function uncovered({ options }: NoisyJob, over: Over, variation: number | null): string[] {
  return [
    ...(over === "batches" ? ["it descends on fresh batches, not on the population."] : []),
    ...(options.init === "teacher" ? ["it starts at the target."] : []),
    ...(options.stopAt === undefined ? [] : ["it stops by looking at labels."]),
    ...(options.shuffleLabels ? ["its labels belong to other examples."] : []),
    ...(variation === null
      ? [
          "no V is known beforehand, and the trace of this run is measured, not proved; --variation V halts in time.",
        ]
      : []),
  ];
}
