/** The library's public names. */

export { InputError, type Problem } from "./base/errors.ts";
export { foldIn, keyFor, split, stream, type Key } from "./base/random.ts";
export { families, familyById } from "./family/registry.ts";
export { studentOf } from "./family/family.ts";
export type { ConceptList, Family, Instance, StudentOptions, Target } from "./family/family.ts";
export { certify, type Certificate } from "./query/certificate.ts";
export {
  certifyFunctions,
  certifyLabels,
  labelsOf,
  type FunctionClass,
  type FunctionOptions,
} from "./query/own-class/class-of-your-own.ts";
export type { Labels } from "./query/own-class/labels.ts";
export { verify, type Verification } from "./query/verify.ts";
export { budget, type Budget } from "./query/budget.ts";
export { gram, type Gram } from "./query/gram.ts";
export {
  trainByGradient,
  trainSchema,
  type TrainOptions,
  type TrainRun,
} from "./learner/gradient-descent.ts";
export { learners, learnerById } from "./learner/registry.ts";
export { learnSchema, type Learner, type LearnJob, type LearnOutcome } from "./learner/learner.ts";
export { learnByElimination } from "./learner/f2-elimination.ts";
export { learnByParityClasses } from "./learner/parity-class.ts";
export { drawInstance } from "./run/task.ts";
export { lowerToOnnx } from "./engine/lower/lower.ts";
export { createTrainer, type Trainer, type TrainerOptions } from "./engine/train/trainer.ts";
export {
  batchesTogether,
  createEnsemble,
  type Ensemble,
  type EnsembleOptions,
} from "./engine/train/ensemble.ts";
export type { Member } from "./engine/train/stepper.ts";
export type { Network } from "./network/network.ts";
export { initialise } from "./network/initialise.ts";
export { parseGroup } from "./symmetry/groups.ts";
export { orbitsOnSubsets } from "./symmetry/orbit-count.ts";
export type { Oracle, QueryBlock, StatisticBlock } from "./query/oracle/oracle.ts";
export { populationOracle, samplingOracle } from "./query/oracle/target-oracle.ts";
export { samplePopulation, type Population } from "./query/oracle/population.ts";
export { adversary, type Adversary } from "./query/oracle/adversary.ts";
export { membersOn } from "./query/oracle/members.ts";
