/**
 * Trainings of one architecture that differ in their initial weights, learning rates and data: as one batched step
 * (vmap) where that is faster, each by its own step otherwise. All run in the calling thread, one after the other; for
 * several cores give each thread or process an ensemble of its own share.
 *
 * A member's numbers are those of its own trainer, to the bit where it steps by itself, up to rounding in a batched
 * step: records that must not depend on how trials are grouped (`train`, `reproduce`) are therefore not made by
 * ensembles.
 */

import { reject } from "../../base/errors.ts";
import { totalSize, type Floats } from "./flat.ts";
import { requireBatches, requireExamples, requireTraining } from "./checks.ts";
import { createPredictor, type PredictorOptions } from "./predictor.ts";
import { engineInUse, type CompileOptions, type Executable } from "../run/program.ts";
import { createStepper, type Member, type Stepper } from "./stepper.ts";
import { namedWeights } from "./trainer.ts";
import type { StepOptions } from "./training-step.ts";

/** Trainings of one architecture, which differ in learning rate, initial weights and data. */
export interface EnsembleOptions extends CompileOptions, StepOptions, PredictorOptions {
  /** Learning rate and initial weights of each. */
  readonly members: readonly Member[];
  /** Whether members share batched steps; by default, what `batchesTogether` says, where ONNX Runtime is installed. */
  readonly together?: boolean;
}

/** Trainings under way, in step with each other. */
export interface Ensemble {
  readonly backend: Executable["backend"];
  readonly members: number;
  /** Whether members share batched steps. */
  readonly together: boolean;
  /** Steps taken so far, the same for all members. */
  readonly taken: number;
  /**
   * As many steps of every member as its arrays hold batches, equally many for all, one after the other.
   * @param inputs for each member, its encoded examples: by name, (steps * batch, ...shape of the input)
   * @param labels for each member, (steps * batch)
   * @returns for each member, the mean loss of each step's batch before the step, (steps)
   * @throws InputError where arrays are missing or hold another number of examples
   */
  steps(inputs: readonly Readonly<Record<string, Floats>>[], labels: readonly Floats[]): Promise<Floats[]>;
  /** A member's predictions for `count` encoded examples, (count). Throws InputError where there is no such member. */
  predict(member: number, inputs: Readonly<Record<string, Floats>>, count: number): Promise<Float32Array>;
  /** A copy of a member's weights, by name. Throws InputError where there is no such member. */
  weights(member: number): Record<string, Float32Array>;
  dispose(): Promise<void>;
}

/** Members of one batched step, at most: as many as were measured. */
export const largestGroup = 16;

/** Examples, encoded numbers and weights of a member's step, at most, for it to share one. */
const largest = { batch: 64, inputs: 28_800, weights: 4096 };

/**
 * Whether members' steps are faster as one in ONNX Runtime. It saves calls of kernels, which cost more than the
 * arithmetic where networks and batches are small; it costs a copy of every batch, and the caches. Times less processor
 * time a member (8 members, medians of 15 interleaved rounds, `bench/batched.ts`; graph networks on 15 nodes, on
 * distinct rows, 450 encoded numbers an example, / plain, 240):
 *
 *     width (weights)    4 (69)       8 (233)      16 (849)     32 (3,233)   64 (12,609)
 *     batch 16           2.2 / 1.9    1.9 / 1.9    2.1 / 1.8    1.6 / 1.4    1.3 / 1.2
 *     batch 32           1.6 / 1.5    1.7 / 1.5    1.7 / 1.4    1.4 / 1.2    1.2 / 1.1
 *     batch 64           1.2 / 1.2    1.4 / 1.2    1.2 / 1.1    1.1 / 1.1    1.0 / 0.9
 *     batch 128          1.0 / 1.1    1.1 / 1.1    1.1 / 1.1    0.9 / 0.9    0.8 / 0.8
 *
 * Networks averaged over a cyclic group, by the numbers their first layer reads in a step of batch 32 at width 16:
 * 8,192 gain 1.9, 16,384 gain 1.4, 32,768 nothing, and at width 32 they lose (0.9). Group-linear ones over cyclic
 * shifts gain 1.3 to 1.5 at batch 32 up to 2,400 weights. Fixed sizes decide, not a timing, so that the same call gives
 * the same digits on a busy machine. In jax-js, batching gains at width 8 and loses at 32 (1.5, 0.6): ensembles do not
 * choose it there.
 */
export function batchesTogether({ network, batch }: Pick<StepOptions, "network" | "batch">): boolean {
  const inputs = batch * (network.expanded ?? totalSize(network.inputs));
  const weights = totalSize(network.weights);
  return batch <= largest.batch && inputs <= largest.inputs && weights <= largest.weights;
}

/**
 * Compiles the step for all members and prepares their state.
 * @throws InputError without members, for an option that is not one of its choices, or where a member's weights are not
 *   those of the network
 */
export async function createEnsemble(options: EnsembleOptions): Promise<Ensemble> {
  const { network, members } = options;
  if (members.length === 0) reject({ where: "createEnsemble", what: "an ensemble without members" });
  requireTraining(options, members, "createEnsemble");
  const together = options.together ?? ((await runsNatively(options)) && batchesTogether(options));
  const size = together ? largestGroup : 1;
  const groups: { readonly stepper: Stepper; readonly from: number; readonly to: number }[] = [];
  for (let from = 0; from < members.length; from += size) {
    const to = Math.min(from + size, members.length);
    groups.push({ stepper: await createStepper(options, members.slice(from, to)), from, to });
  }
  const predictor = createPredictor(options);
  const flat = (member: number): Floats => {
    const group = groups.find(({ from, to }) => from <= member && member < to);
    if (group === undefined || !Number.isInteger(member))
      return reject({
        where: "ensemble",
        what: `there is no member ${member}`,
        allowed: `0 to ${members.length - 1}`,
      });
    return group.stepper.weights(member - group.from);
  };

  return {
    backend: groups[0].stepper.backend,
    members: members.length,
    together,
    get taken() {
      return groups[0].stepper.taken;
    },
    async steps(inputs, labels) {
      requireBatches(options, members.length, inputs, labels, "ensemble.steps");
      const losses: Floats[] = [];
      for (const { stepper, from, to } of groups)
        losses.push(...(await stepper.steps(inputs.slice(from, to), labels.slice(from, to))));
      return losses;
    },
    async predict(member, inputs, count) {
      requireExamples(network, inputs, count, "ensemble.predict", { orMore: true });
      return predictor.predict(flat(member), inputs, count);
    },
    weights: (member) => namedWeights(network, flat(member)),
    async dispose() {
      for (const { stepper } of groups) await stepper.dispose();
      await predictor.dispose();
    },
  };
}

const runsNatively = async ({ backend }: CompileOptions): Promise<boolean> =>
  backend !== "wasm" && (await engineInUse()).engine === "onnxruntime";
