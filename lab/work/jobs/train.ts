/** One training: on the hard target, on its twin, or first on the square of the label. */

import {
  trainByGradient,
  useGraphicsCard,
  type Sight,
  type TrainOptions,
  type Watch,
} from "../../../src/index.ts";
import { labelTransform } from "../../../src/learner/index.ts";
import { instanceOf, type InstanceSpec } from "./instance.ts";
import { limitOf, packed, pictureOf, type Picture } from "./picture.ts";

/** What is learned: the hard target, its easy twin, or the hard target by its square first. */
export type RunKind = "hard" | "easy" | "square";
export type Device = "wasm" | "webgpu";

export interface TrainSpec extends InstanceSpec {
  readonly run: RunKind;
  readonly options: Pick<TrainOptions, "steps" | "batch" | "lr"> & Partial<TrainOptions>;
  readonly device: Device;
}

/** A point of the learning curve. */
export interface Point {
  readonly step: number;
  /** Share of the label's variance that is explained; null where it is no number. */
  readonly explained: number | null;
  /** Share of right signs, of labels +-1. */
  readonly accuracy: number | null;
  /** Mean squared error on the validation sample, as the command line prints it. */
  readonly loss: number | null;
  /** What is being fitted: `y`, or `square`. */
  readonly label: string;
  /** Hidden progress: at the hidden parameters, and mean and standard deviation at drawn ones. */
  readonly progress: readonly [hidden: number, mean: number, sd: number] | null;
}

/** The labels of what is drawn: packed, with the largest absolute value. */
export interface Drawn {
  readonly limit: number;
  readonly values: string;
}

export type TrainEvent =
  | {
      readonly kind: "begun";
      readonly picture: Picture["kind"];
      /** By what is fitted. */
      readonly targets: Readonly<Record<string, Drawn>>;
    }
  | { readonly kind: "losses"; readonly from: number; readonly losses: readonly number[] }
  | { readonly kind: "point"; readonly point: Point; readonly frame: string };

export interface TrainEnd {
  readonly stopped: string;
  readonly explained: number | null;
  readonly accuracy: number | null;
  readonly weights: number | null;
  readonly stepsPerSecond: number | null;
}

function pointOf({ point, baselineLoss, label }: Sight): Point {
  const { step, loss, accuracy, progress } = point;
  const [statistic] = Object.values(progress ?? {});
  return {
    step,
    explained: loss === null ? null : 1 - loss / baselineLoss,
    accuracy: label === "y" ? accuracy : null,
    loss,
    label,
    progress: statistic === undefined ? null : [statistic.hidden, statistic.mean, statistic.sd],
  };
}

export async function train(spec: TrainSpec, tell: (event: TrainEvent) => void): Promise<TrainEnd> {
  if (spec.device === "webgpu" && !(await useGraphicsCard()))
    throw new Error("this browser gives the page no graphics card: choose WebAssembly");
  const { family, instance } = instanceOf(spec);
  const { run, options, seed } = spec;
  const picture = pictureOf(family, instance);
  const target = run === "easy" ? instance.easy : instance.hard;
  const labels = target.label(picture.samples);
  const drawn = (values: ArrayLike<number>): Drawn => {
    const limit = limitOf(values);
    return { limit, values: packed(values, limit) };
  };
  const targets: Record<string, Drawn> = { y: drawn(labels) };
  if (run === "square") targets.square = drawn(labels.map((y) => y * y));
  tell({ kind: "begun", picture: picture.kind, targets });

  const watch: Watch = {
    losses: (from, losses) => tell({ kind: "losses", from, losses: Array.from(losses) }),
    async point(sight) {
      const predicted = await sight.predict(picture.samples);
      tell({ kind: "point", point: pointOf(sight), frame: packed(predicted, targets[sight.label].limit) });
    },
  };
  const job = { family, instance, seed, options, watch };
  if (run === "square") {
    const refusal = labelTransform.refusal(family, instance.params);
    if (refusal !== null) throw new Error(refusal);
    const { final, details, stepsPerSecond } = await labelTransform.learn({
      ...job,
      easy: false,
    });
    const { explainedVariance: explained, accuracy } = final;
    return {
      stopped: "budget",
      explained,
      accuracy,
      weights: Number(details?.weights),
      stepsPerSecond: stepsPerSecond ?? null,
    };
  }
  const { result, stepsPerSecond } = await trainByGradient({ ...job, easy: run === "easy" });
  const { stopped, final, weights } = result;
  return { stopped, explained: final.explainedVariance, accuracy: final.accuracy, weights, stepsPerSecond };
}
