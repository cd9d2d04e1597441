import { titleRules, triedIn } from "./comparison.ts";
import { rule, type Truth } from "./rule.ts";
import { easy, isTrain, learnedOf, option, shareOf, type Tried } from "./run.ts";

const size = (r: Tried): string => `${Number(option(r, "samples")).toLocaleString("en")} examples`;

/** On the training set, against the constant that the fresh examples have. */
const fits = (r: Tried): boolean => {
  if (!isTrain(r)) return false;
  const { trainAccuracy: accuracy = null, trainExplained, final } = r.result;
  if (trainExplained === undefined) return false;
  const on = { accuracy, baselineAccuracy: final.baselineAccuracy, explainedVariance: trainExplained };
  return (shareOf(on) ?? 0) > 0.9;
};

export const fixedSet: Truth = {
  rules(told) {
    const runs = triedIn(told);
    const hard = runs.filter((r) => !easy(r));
    const fitted = hard.filter(fits);
    const title = "A fixed training set: what fits, and what holds for fresh examples";
    return [
      ...titleRules(title, runs, size),
      rule("Of {} runs on hard targets, {} fit their training set (above 0.9); of these {} learned", () => [
        hard.length,
        fitted.length,
        learnedOf(fitted),
      ]),
      rule("On easy twins {} learned.", () => [learnedOf(runs.filter(easy))]),
    ];
  },
};
