/** The batches of a training, as a thread beside it fills them, and what has it do so. */

import type { Aside, Progress, Work } from "../base/progress.ts";
import { FillerBeside } from "../engine/train/filler.ts";
import { fillStack, stackOf, type Batch, type BatchSource } from "../engine/train/stack.ts";
import type { Filler } from "../engine/train/train.ts";
import { drawInstance } from "../family/draw.ts";
import type { Family } from "../family/family.ts";
import { batchesOf, encodedBatches, trainingData, type DrawnTraining } from "./training-data.ts";

/** The batches of the steps `from` to `from + count - 1`, and arrays in whose memory they may be. */
export interface FillJob {
  readonly training: DrawnTraining;
  readonly from: number;
  readonly count: number;
  readonly room: Batch | null;
}

const name = "batches of a training";

/** Has a thread fill the batches of a training. */
export const filledAside =
  (aside: Aside) =>
  (training: DrawnTraining, source: BatchSource): Filler =>
    new FillerBeside(source, () => {
      const thread = aside<FillJob, Batch>({ name });
      return {
        fill: (from, count, room) => thread.do({ training, from, count, room }),
        end: () => thread.end(),
      };
    });

type Fill = (job: FillJob) => Batch;

/** Of one training after another; what the last one draws from is kept. */
export function filledBatches(loadFamily: (id: string) => Promise<Family>): Work<FillJob, Batch> {
  let last: { readonly key: string; readonly fill: Fill } | undefined;
  return {
    name,
    // oxlint-disable-next-line require-yield -- a batch is filled before it could be told of
    async *run(job): AsyncGenerator<Progress, Batch> {
      const key = JSON.stringify(job.training);
      if (last?.key !== key) last = { key, fill: await fillerOf(job.training, loadFamily) };
      return last.fill(job);
    },
  };
}

async function fillerOf(training: DrawnTraining, loadFamily: (id: string) => Promise<Family>): Promise<Fill> {
  const { seed, easy, options } = training;
  const family = await loadFamily(training.family);
  const instance = drawInstance(family, family.parse(training.params), seed);
  const data = trainingData({ family, instance, easy, seed }, options);
  const batch = encodedBatches(batchesOf(data, options), data, options);
  return ({ from, count, room }) => {
    const stack = stackOf(data.network, options.batch, count, "float32", room);
    fillStack(stack, (i, into) => batch(from + i, into));
    return { inputs: stack.inputs, labels: stack.labels };
  };
}
