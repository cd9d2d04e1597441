import { titleRules, triedIn } from "./comparison.ts";
import { different, rule, type Truth, unsigned } from "./rule.ts";
import { easy, isLearn, share, type Tried } from "./run.ts";

const names: Record<string, string> = {
  "f2-elimination": "elimination over F_2",
  "nearest-neighbour": "nearest neighbour",
  "thresholded-pca": "thresholded components",
};
const learner = (r: Tried): string => (isLearn(r) ? names[r.task.learner] : "gradient descent");
const target = (r: Tried): string => (easy(r) ? "easy twin" : "hard");

export const curveAndNeuron: Truth = {
  definitions: ["dimension 1, curvature 2.", "where half of its answers are wrong it explains -1."],
  rules(told) {
    const runs = triedIn(told);
    return [
      ...titleRules("Low dimension, and one neuron", runs, learner),
      rule("Explained share of labels, each seed: {}. ", (said) => {
        const family = said.startsWith("thresholded") ? "biased-neuron" : "curve-parity";
        const own = runs.filter((r) => r.task.family === family);
        const each = different(own.map(learner)).flatMap((l) =>
          ["hard", "easy twin"].flatMap((t) => {
            const shares = own.filter((r) => learner(r) === l && target(r) === t).map((r) => share(r) ?? 0);
            return shares.length === 0
              ? []
              : [`${l}, ${t}: ${shares.map((x) => unsigned(x.toFixed(2))).join(" ")}`];
          }),
        );
        return [each.join("; ")];
      }),
    ];
  },
};
