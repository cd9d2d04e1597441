/** A network under training: its compiled step, its state, its predictions. */

import { reject } from "../../base/errors.ts";
import { requireBatches, requireExamples, requireTraining } from "./checks.ts";
import { unpack, type Floats } from "./flat.ts";
import { stackOf, type Stack } from "./stack.ts";
import { createPredictor, type PredictorOptions } from "./predictor.ts";
import type { CompileOptions, Executable } from "../run/program.ts";
import { createStepper, type Checkpoint, type Member } from "./stepper.ts";
import type { StepOptions, Trainable } from "./training-step.ts";

/** What a training is: network, loss, optimiser, batch, learning rate and initial weights. */
export interface TrainerOptions extends CompileOptions, StepOptions, PredictorOptions, Member {}

/** A training under way: it holds the weights and the optimiser's state; batches are the caller's. */
export interface Trainer {
  readonly backend: Executable["backend"];
  /** Steps taken so far. */
  readonly taken: number;
  /**
   * One gradient step on `batch` encoded examples and their labels; the mean loss before the step. This, `steps` and
   * `predict` throw an InputError for arrays of another length.
   */
  step(inputs: Readonly<Record<string, Floats>>, labels: Floats): Promise<number>;
  /**
   * As many steps as the arrays hold batches, one after the other: the same numbers, in one call into the runtime. The
   * mean loss before each step.
   */
  steps(inputs: Readonly<Record<string, Floats>>, labels: Floats): Promise<Floats>;
  /** Room for `count` batches side by side, to be encoded into and given to `steps`. */
  stack(count: number): Stack;
  /** Predictions for `count` encoded examples. */
  predict(inputs: Readonly<Record<string, Floats>>, count: number): Promise<Float32Array>;
  /** A copy of the weights. */
  weights(): Record<string, Float32Array>;
  checkpoint(): Checkpoint;
  restore(checkpoint: Checkpoint): void;
  dispose(): Promise<void>;
}

/** What takes the steps of a training. */
export interface Stepping extends Pick<Trainer, "taken" | "stack" | "steps"> {
  /** Whether it has ended the training by a rule of its own: its last call took fewer steps than were asked. */
  readonly halted?: boolean;
}

/** Copies of a network's weights by name, from one buffer. */
export const namedWeights = (network: Trainable, flat: Floats): Record<string, Float32Array> =>
  unpack(network.weights, Float32Array.from(flat));

/**
 * Compiles the step and prepares the state. Prediction is compiled when first asked for.
 * @throws InputError for an option that is not one of its choices, or where the weights are not those of the network
 */
export async function createTrainer(options: TrainerOptions): Promise<Trainer> {
  const { network, batch, type = "float32" } = options;
  requireTraining(options, [options], "createTrainer");
  const stepper = await createStepper(options, [options]);
  const predictor = createPredictor(options);
  const steps: Trainer["steps"] = async (inputs, labels) => {
    requireBatches(options, 1, [inputs], [labels], "trainer.steps");
    return (await stepper.steps([inputs], [labels]))[0];
  };

  return {
    backend: stepper.backend,
    get taken() {
      return stepper.taken;
    },
    async step(given, labels) {
      if (labels.length !== batch)
        reject({ where: "trainer.step", what: `${labels.length} labels`, allowed: `one batch, ${batch}` });
      return Number((await steps(given, labels))[0]);
    },
    steps,
    stack: (count) => stackOf(network, batch, count, type),
    async predict(given, count) {
      requireExamples(network, given, count, "trainer.predict", { orMore: true });
      return predictor.predict(stepper.weights(0), given, count);
    },
    weights: () => namedWeights(network, stepper.weights(0)),
    checkpoint: () => stepper.checkpoint(),
    restore: (checkpoint) => stepper.restore(checkpoint),
    async dispose() {
      await stepper.dispose();
      await predictor.dispose();
    },
  };
}
