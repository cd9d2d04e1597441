/** An instance's training examples in chunks, with label noise, for learners that read them once or twice. */

import { foldIn } from "../base/random.ts";
import { lawOf, type Instance, type Target } from "../family/instance.ts";
import type { Samples } from "../distribution/law.ts";
import type { Labelled } from "./batches.ts";
import { disturb } from "./label-noise.ts";

/**
 * Chunk after chunk of `samples` labelled examples, drawn by the instance's key: the same at every call.
 * @param noise probability of a flip for labels +-1, else standard deviation over that of the labels
 */
export function* trainingChunks(
  instance: Instance,
  target: Target,
  { samples, noise, chunk }: { samples: number; noise: number; chunk: number },
): Generator<Labelled> {
  for (let c = 0; c * chunk < samples; c++)
    yield trainingChunk(instance, target, noise, c, Math.min(chunk, samples - c * chunk));
}

/** One chunk of them: of the key, its number and its size only. `into`: as `Law.sample` takes it. */
export function trainingChunk(
  instance: Instance,
  target: Target,
  noise: number,
  index: number,
  count: number,
  into?: Samples,
): Labelled {
  const key = foldIn(foldIn(instance.key, "train"), index);
  const samples = lawOf(instance, target).sample(key, count, into);
  const labels = target.label(samples);
  disturb(labels, instance, target, noise, index);
  return { samples, labels };
}
