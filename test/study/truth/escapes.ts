import { average, different, rule, type Truth } from "./rule.ts";
import { easy, isLearn, isTrain, isTried, type Tried } from "./run.ts";

const mean = (runs: readonly Tried[]): number =>
  runs.length === 0 ? 0 : average(runs.map((r) => r.result.final.explainedVariance ?? 0));

export const escapes: Truth = {
  rules({ own }) {
    const hard = own.filter(isTried).filter((r) => !easy(r));
    const families = different(hard.map((r) => r.task.family)).map((family) => {
      const of = hard.filter((r) => r.task.family === family);
      const learners = different(of.filter(isLearn).map((r) => r.task.learner));
      const found = learners.some((l) => mean(of.filter((r) => isLearn(r) && r.task.learner === l)) > 0.9);
      const direct = of.filter(isTrain);
      return { family, run: direct.length > 0, direct: mean(direct) > 0.9, found };
    });
    const shown = families.filter((f) => f.run);
    return [
      rule("Correlate: {} found. Square the labels first, or solve: {}.", () => [
        `${shown.filter((f) => f.direct).length} of ${shown.length}`,
        `${shown.filter((f) => f.found).length} of ${shown.length}`,
      ]),
    ];
  },
};
