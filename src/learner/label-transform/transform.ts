/**
 * Transforms of labels, as targets of their own. What is fitted to T(y) correlates with T(y) and not with y, so no
 * bound on correlational queries with y speaks of it (Damian et al. 2024: generative exponents).
 */

import { foldIn } from "../../base/random.ts";
import { mean } from "../../base/statistics.ts";
import type { Estimate } from "../../base/statistics.ts";
import type { Instance, Target } from "../../family/instance.ts";
import { batches, type BatchOptions } from "../batches.ts";

/** T(y), given the mean and the spread of y. */
export const transforms = {
  square: (y) => y * y,
  abs: (y) => Math.abs(y),
  sign: (y) => Math.sign(y),
  /** Whether y is above its mean by its spread. */
  threshold: (y, mean, spread) => (y > mean + spread ? 1 : 0),
} as const satisfies Record<string, (y: number, mean: number, spread: number) => number>;

export type Transform = (y: number) => number;

/** The transform of that name for a target's labels. */
export function transformOf(name: keyof typeof transforms, { mean, secondMoment }: Target): Transform {
  const spread = Math.sqrt(Math.max(0, secondMoment.value - mean.value ** 2));
  return (y) => transforms[name](y, mean.value, spread);
}

const MOMENT_SAMPLES = 20_000;

/**
 * The same examples with T(y) for y as what is to be learned. Its moments are those of noisy labels, where there is
 * noise.
 */
export function transformed(
  instance: Instance,
  target: Target,
  transform: Transform,
  noise: BatchOptions["noise"],
): Instance {
  const batch = 1000;
  const drawn = batches(
    { ...instance, key: foldIn(instance.key, "moments of the transformed label") },
    target,
    {
      batch,
      noise,
      shuffleLabels: false,
    },
    0,
  );
  const values = Array.from({ length: MOMENT_SAMPLES / batch }, (_, i) =>
    Array.from(drawn.at(i).labels, transform),
  ).flat();
  const moved: Target = {
    label: (samples) => target.label(samples).map(transform),
    mean: estimate(values),
    secondMoment: estimate(values.map((v) => v * v)),
  };
  return { ...instance, labels: "real", hard: moved, easy: moved };
}

function estimate(values: readonly number[]): Estimate {
  const value = mean(values);
  const variance = mean(values.map((v) => (v - value) ** 2));
  return { value, standardError: Math.sqrt(variance / values.length) };
}
