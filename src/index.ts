/** The library's public names. */

export { InputError, type Problem } from "./base/errors.ts";
export { foldIn, keyFor, split, stream, type Key } from "./base/random.ts";
export { families, familyById } from "./family/registry.ts";
export { studentOf } from "./family/family.ts";
export type { Family, StudentOptions } from "./family/family.ts";
export type { Estimate } from "./base/statistics.ts";
export type { Instance, Target } from "./family/instance.ts";
export { defineStudent, plainMlp, studentSizes } from "./family/student.ts";
export { checked, parserOf } from "./base/checked.ts";
export type { Checked, JsonObject } from "./base/checked.ts";
export { certify, costOfCertificate, gram, verify } from "./family/certify.ts";
export type { Certificate } from "./query/certificate.ts";
export { orthogonalClaims } from "./query/claims.ts";
export {
  certifyFunctions,
  certifyLabels,
  labelsOf,
  type FunctionClass,
  type FunctionOptions,
  type LabelsOptions,
} from "./query/own-class/class-of-your-own.ts";
export type { Labels } from "./query/own-class/labels.ts";
export type { Verification, VerificationLevel } from "./query/verify.ts";
export type { Budget } from "./query/budget.ts";
export type { Gram } from "./query/gram.ts";
export { trainByGradient, type TrainRun } from "./learner/gradient-descent.ts";
export { trainSchema, type ExampleOption, type TrainOptions } from "./learner/training-options.ts";
export { drawInstance } from "./family/draw.ts";
export { engineInUse, onSlowEngine, useGraphicsCard, type EngineInUse } from "./engine/run/program.ts";
export { createTrainer, type Trainer, type TrainerOptions } from "./engine/train/trainer.ts";
export type { Member } from "./engine/train/stepper.ts";
export type { Network } from "./network/network.ts";
export { initialise } from "./network/initialise.ts";
export { parseGroup } from "./symmetry/groups.ts";
export { orbitsOnSubsets } from "./symmetry/orbit-count.ts";

// What the names above mention.
export type { ReadFile } from "./base/checked.ts";
export type { Source } from "./base/reference.ts";
export type { Cost } from "./base/cost.ts";
export type { Json } from "./base/json.ts";
export type { Entry } from "./base/reference.ts";
export type { DoAll, OnProgress, Progress, Steps, Work } from "./base/progress.ts";
export type { Stream } from "./base/random.ts";
export type { Law, Samples } from "./distribution/law.ts";
export type { Passes } from "./engine/lower/passes.ts";
export type { ArrayType, Arrays, PureFunction, Spec, Specs } from "./engine/lower/trace.ts";
export type { Backend, CompileOptions, Executable, JaxDevice, Values } from "./engine/run/program.ts";
export type { TypedArray } from "./engine/run/session.ts";
export type { Floats, Shapes } from "./engine/train/flat.ts";
export type { Loss } from "./engine/train/loss.ts";
export type { OptimiserName } from "./engine/train/optimiser.ts";
export type { PredictorOptions } from "./engine/train/predictor.ts";
export type { Checkpoint } from "./engine/train/stepper.ts";
export type { Checkpoints, TrainingState } from "./learner/checkpoint.ts";
export type { Batch, BatchSource, Stack } from "./engine/train/stack.ts";
export type { Filler, Pace } from "./engine/train/train.ts";
export type { DrawnTraining } from "./learner/training-data.ts";
export type { StepOptions, Trainable } from "./engine/train/training-step.ts";
export type { VerifyFamilyOptions, WithCertificates } from "./family/certify.ts";
export type { MemberOptions, Student, StudentSizes } from "./family/family.ts";
export type { HiddenDirection } from "./family/hidden-direction.ts";
export type { HiddenSet } from "./family/hidden-set.ts";
export type { LabelLaw } from "./family/label-law.ts";
export type { Parities, ParityFunction, ParityLaw, ParitySample } from "./family/parities.ts";
export type { ClosedSignal } from "./family/plane/closed-signal.ts";
export type { ProgressOf, ProgressStatistic, ProgressValues } from "./family/progress.ts";
export type { HiddenPlane } from "./family/plane/hidden-plane.ts";
export type { Plane } from "./family/plane/plane.ts";
export type { Factor, Term } from "./family/polynomial/sparse-polynomial.ts";
export type { ReluSums } from "./family/relu-sums.ts";
export type { SparsePolynomials } from "./family/polynomial/sparse-polynomials.ts";
export type { Settings, Sized, Training, TransitionGrid } from "./family/settings.ts";
export type { InputVectors } from "./family/vectors.ts";
export type { Batches, Labelled } from "./learner/batches.ts";
export type { Evaluation, Judged } from "./learner/evaluate.ts";
export type { Phase, StudentSize, TrainJob, TrainResult } from "./learner/gradient-descent.ts";
export type { NoiseRecord } from "./learner/noisy/training.ts";
export type { Over } from "./learner/noisy/source.ts";
export type { Start } from "./learner/initial-weights.ts";
export type { Init } from "./learner/training-options.ts";
export type { CurvePoint, Sight, Watch } from "./learner/watch.ts";
export type { Encoded, Weights } from "./network/network.ts";
export type { TrainedStudent, Unit } from "./network/trained.ts";
export type { Density, Difference, PolynomialLaw, Recurrence } from "./numeric/orthonormal.ts";
export type { Metric } from "./symmetry/minkowski-lengths.ts";
export type { ReluSum } from "./numeric/relu-sum.ts";
export type { Rational } from "./numeric/rational.ts";
export type { BudgetOptions, Certified } from "./query/budget.ts";
export type {
  BallBounds,
  BoundsByVariation,
  NoisyBound,
  NoisyGradient,
  NoisyLoss,
} from "./query/noisy-gradient.ts";
export type { Asked, CertifyOptions } from "./query/certificate.ts";
export type {
  Certifier,
  Check,
  CheckOptions,
  Claims,
  Description,
  Scope,
  EvidenceOption,
  EvidenceOptions,
  Method,
  Verdict,
  Verifier,
} from "./query/certifier.ts";
export type { MemberList, ValuesOf } from "./query/members.ts";
export type { SymmetricTiles, Tick } from "./query/symmetric-tiles.ts";
export type { VerifyOptions } from "./query/verify.ts";
export type {
  Effort,
  Learner,
  LearnFinal,
  LearnJob,
  LearnOptions,
  LearnOutcome,
  MatrixRow,
} from "./learner/learner.ts";
export type {
  BlockSums,
  Correlations,
  FunctionBlock,
  Oracle,
  QueryBlock,
  StatisticBlock,
} from "./query/oracle/oracle.ts";
export type { Population } from "./query/oracle/population.ts";
export type { HiddenTarget } from "./query/oracle/target-oracle.ts";
export type { Chain, Level } from "./symmetry/chain.ts";
export type { CycleIndex, CycleTerm } from "./symmetry/cycle-index.ts";
export type { Frame, FrameId } from "./symmetry/frames.ts";
export type { Component, PermutationGroup } from "./symmetry/groups.ts";
export type { Invariants } from "./symmetry/invariants.ts";
export type { CycleType, Permutation } from "./symmetry/permutation.ts";
