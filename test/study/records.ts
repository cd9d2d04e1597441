/** Records as a run would leave them, with the numbers that a test is about; checked by their schemas as a run's are. */

import { recordOf } from "../../src/run/store/files.ts";
import type { Finished, StoredRecord } from "../../src/run/record.ts";
import type { Task } from "../../src/run/task.ts";

const measurement = { cpu: "test", node: "v0", stepsPerSecond: 100 };

type Of<K extends Task["kind"]> = Extract<Task, { kind: K }>;
type Final = Partial<Finished<"train">["result"]["final"]>;

/** @param changed what differs from a student of labels +-1 that is right half of the time */
export const trainedRecord = (
  task: Of<"train">,
  final: Final,
  changed: Record<string, unknown> = {},
): StoredRecord =>
  recordOf(
    task,
    {
      instance: {},
      weights: 1000,
      steps: 100,
      stopped: "budget",
      final: {
        loss: 1,
        accuracy: 0.5,
        explainedVariance: 0,
        baselineAccuracy: 0.5,
        standardError: 0.0035,
        ...final,
      },
      curve: [],
      validationBaselineLoss: 1,
      ...changed,
    },
    measurement,
  );

export const learnedRecord = (
  task: Of<"learn">,
  final: { accuracy?: number | null; explainedVariance?: number | null },
  changed: Record<string, unknown> = {},
): StoredRecord =>
  recordOf(
    task,
    {
      instance: {},
      learner: task.learner,
      queries: null,
      samples: null,
      final: { accuracy: null, explainedVariance: null, testSamples: 1000, ...final },
      exact: false,
      ...changed,
    },
    measurement,
  );

export const certifiedRecord = (
  task: Of<"certify">,
  dimension: number,
  evidence: Record<string, unknown> = {},
): StoredRecord => {
  const left = task.tau ** 2 * (dimension - 1 / task.rho ** 2);
  const queries = left < 0 ? 0 : Math.floor(left) + 1;
  return recordOf(
    task,
    {
      schema: "equihard.certificate/1",
      family: { id: task.family, params: task.params },
      model: "SQ",
      functions: { count: "8192", log2: 13 },
      gram: { method: "exact", lambdaMax: 1, maxAbsCorrelation: null },
      dimension: { spectral: dimension, log2: Math.log2(dimension) },
      statement: {
        tau: task.tau,
        rho: task.rho,
        normalisation: "relative",
        space: "L2",
        class: "functions of a test",
        members: "uniform",
        training: "same",
        queries,
        log2Queries: queries === 0 ? null : Math.log2(queries),
        vacuous: left < 0,
        bound: "spectral",
        randomised: [],
      },
      confidence: 1,
      evidence,
      digest: "0".repeat(16),
    },
    measurement,
  );
};
