/** WebAssembly against the graphics card: real steps of the training that is wanted, for a moment each. */

import {
  createTrainer,
  foldIn,
  initialise,
  studentOf,
  useGraphicsCard,
  keyFor,
  type Trainer,
} from "../../../src/index.ts";
import { trainDefaults } from "./defaults.ts";
import { instanceOf } from "./instance.ts";
import type { TrainSpec } from "./train.ts";

/** Steps a second; null where the browser gives no graphics card. */
export interface Race {
  readonly wasm: number;
  readonly webgpu: number | null;
}

/** What each may take, in milliseconds, after two steps to warm up. */
const time = 300;

export async function race(spec: TrainSpec): Promise<Race> {
  const wasm = await speed(spec);
  return { wasm, webgpu: (await useGraphicsCard()) ? await speed(spec) : null };
}

async function speed(spec: TrainSpec): Promise<number> {
  const { family, instance } = instanceOf(spec);
  const options = trainDefaults(spec.options);
  const network = studentOf(family, instance, options);
  const weights = initialise(network, keyFor("race"));
  const { loss, optimizer, lr, batch } = options;
  const trainer = await createTrainer({ network, weights, loss, optimizer, lr, batch });
  const samples = instance.law.sample(foldIn(instance.key, "race"), batch);
  const [inputs, labels] = [network.encode(samples), Float32Array.from(instance.hard.label(samples))];
  try {
    return await timed(() => trainer.step(inputs, labels));
  } finally {
    await trainer.dispose();
  }
}

async function timed(step: () => ReturnType<Trainer["step"]>): Promise<number> {
  for (let i = 0; i < 2; i++) await step();
  const start = performance.now();
  let steps = 0;
  while (performance.now() - start < time) {
    await step();
    steps++;
  }
  return (1000 * steps) / (performance.now() - start);
}
