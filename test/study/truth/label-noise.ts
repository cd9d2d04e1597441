import { learners } from "../../../src/learner/registry.ts";
import { titleRules, triedIn, ofPanel } from "./comparison.ts";
import { rule, type Truth } from "./rule.ts";
import { isLearn, isLearned, learnedOf, option, type Tried } from "./run.ts";

const amount = (r: Tried): number => Number(option(r, "noise") ?? 0);

/** Rows of the matrix are named for readers; the learner is whose row it is. */
const named = (learner: string, label: string): boolean =>
  learners.find(({ id }) => id === learner)?.rows?.some((row) => row.label === label) ?? false;

export const labelNoise: Truth = {
  rules(told) {
    const runs = triedIn(told);
    return [
      ...titleRules("How much label noise the ways round stand", runs, (r) => `noise ${amount(r)}`),
      rule("Test labels are clean. {}.", (said) => [
        said
          .split("; ")
          .map((one) => {
            const [, label, panel] = /^(.*?) on (.*): found/.exec(one) ?? [];
            const of = ofPanel(runs, panel ?? "").filter(
              (r) => isLearn(r) && named(r.task.learner, label ?? ""),
            );
            const found = of.filter(isLearned).map(amount);
            const most = found.length === 0 ? "at none of them" : `up to ${Math.max(...found)}`;
            return `${label} on ${panel}: found ${most} (${learnedOf(of)} runs)`;
          })
          .join("; "),
      ]),
    ];
  },
  definitions: ["flip for labels +-1"],
};
