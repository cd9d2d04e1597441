/** A run that nobody made: a record for every piece of a plan, with numbers drawn from a seed. */

import { keyFor, stream } from "../../src/base/random.ts";
import { drawInstance } from "../../src/family/draw.ts";
import { familyIn } from "../../src/run/catalogue.ts";
import type { StoredRecord } from "../../src/run/record.ts";
import type { Task } from "../../src/run/task.ts";
import { builtIn, studies } from "../../src/study/registry.ts";
import { followUps, plan } from "../../src/study/reproduce.ts";
import type { Scale } from "../../src/study/scale.ts";
import { certifiedRecord, learnedRecord, trainedRecord } from "./records.ts";

/**
 * Records of trainings, learners and certificates, one of each, however many studies ask for it; recipes are left out, as
 * their results are computations.
 */
export function inventedRun(tasks: readonly Task[], seed: number): StoredRecord[] {
  const draw = stream(keyFor("invented run", seed));
  const between = (low: number, high: number): number => low + (high - low) * (draw.below(1e6) / 1e6);
  const train = (task: Extract<Task, { kind: "train" }>): StoredRecord => {
    const family = familyIn(builtIn, task.family);
    const instance = drawInstance(family, family.parse(task.params), task.seed);
    const signs = instance.labels === "sign";
    const target = task.easy ? instance.easy : instance.hard;
    const baseline = (1 + Math.abs(target.mean.value)) / 2;
    const learned = task.options.shuffleLabels !== true && draw.below(3) > 0;
    const share = learned ? between(0.3, 1) : between(-0.01, 0.01);
    const steps = 100 + draw.below(3900);
    return trainedRecord(
      task,
      {
        loss: 1 - share,
        accuracy: signs ? baseline + share * (1 - baseline) : null,
        baselineAccuracy: signs ? baseline : null,
        explainedVariance: share,
        standardError: 0.003,
      },
      {
        instance: { ...instance.hidden, ...instance.facts },
        weights: 1000 + draw.below(9000),
        steps,
        curve: [0, steps].map((step) => ({ step, loss: 1 - share, accuracy: signs ? 0.5 : null })),
      },
    );
  };
  const made = tasks.flatMap((task): StoredRecord[] => {
    switch (task.kind) {
      case "train":
        return [train(task)];
      case "learn": {
        const explained = between(0, 1);
        const cost = { queries: null, samples: 1000 + draw.below(199_000) };
        return [learnedRecord(task, { accuracy: (1 + explained) / 2, explainedVariance: explained }, cost)];
      }
      case "certify": {
        const dimension = between(5, 500);
        return [certifiedRecord(task, dimension, { maxParityVectorProbability: 1 / dimension })];
      }
      case "recipe":
        return [];
    }
  });
  return [...new Map(made.map((record) => [record.id, record])).values()];
}

/** The run of all studies at a scale, with what its first records call for. */
export function inventedReport(scale: Scale, seed: number): StoredRecord[] {
  const scope = { scale, catalogue: builtIn };
  const first = inventedRun(plan(studies, scope), seed);
  return [...first, ...inventedRun(followUps(studies, first, scope), seed + 1000)];
}
