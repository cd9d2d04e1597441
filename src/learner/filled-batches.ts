/** The batches of a training, as a thread beside it fills them. */

import type { Progress, Work } from "../base/progress.ts";
import { fillStack, stackOf, type Batch } from "../engine/train/stack.ts";
import { drawInstance } from "../family/draw.ts";
import type { Family } from "../family/family.ts";
import {
  batchFilling,
  batchesOf,
  encodedBatches,
  trainingData,
  type DrawnTraining,
  type FillJob,
} from "./training-data.ts";

type Fill = (job: FillJob) => Batch;

/** Of one training after another; what the last one draws from is kept. */
export function filledBatches(familyById: (id: string) => Family): Work<FillJob, Batch> {
  let last: { readonly name: string; readonly fill: Fill } | undefined;
  return {
    ...batchFilling,
    // oxlint-disable-next-line require-yield -- a batch is filled before it could be told of
    *run(job): Generator<Progress, Batch> {
      const name = JSON.stringify(job.training);
      if (last?.name !== name) last = { name, fill: fillerOf(job.training, familyById) };
      return last.fill(job);
    },
  };
}

function fillerOf(training: DrawnTraining, familyById: (id: string) => Family): Fill {
  const { seed, easy, options } = training;
  const family = familyById(training.family);
  const instance = drawInstance(family, family.parse(training.params), seed);
  const data = trainingData({ family, instance, easy, seed }, options);
  const batch = encodedBatches(batchesOf(data, options), data, options);
  return ({ from, count, room }) => {
    const stack = stackOf(data.network, options.batch, count, "float32", room);
    fillStack(stack, (i, into) => batch(from + i, into));
    return { inputs: stack.inputs, labels: stack.labels };
  };
}
