/** What tries to learn an instance, by samples or through an oracle, and what a learner of one's own is made with. */

export { learners, learnerById } from "./registry.ts";
export { defineLearner, learnSchema, type Learner, type LearnJob, type LearnOutcome } from "./learner.ts";
export { descend, type DescentOptions, type Hypothesis } from "./csq-gradient-descent.ts";
export { learnByElimination } from "./f2-elimination.ts";
export {
  batchesTogether,
  createEnsemble,
  type Ensemble,
  type EnsembleOptions,
} from "../engine/train/ensemble.ts";
export { labelTransform } from "./label-transform/learner.ts";
export { learnByParityClasses } from "./parity-class.ts";
export type { EliminationResult } from "./f2-elimination.ts";
export type { Effort, LearnFinal, LearnOptions, MatrixRow } from "./learner.ts";
export type { ParityClassResult, ParityWord, WordsOf } from "./parity-class.ts";
