import type { Cell } from "../../../src/study/cell.ts";
import { byCondition, triedIn } from "./comparison.ts";
import { different, rule, type Truth } from "./rule.ts";
import { easy, isLearn, option, type Tried } from "./run.ts";

const conditions = ["easy twin", "hard target", "null labels", "hard, label-squared PCA"];
const condition = (r: Tried): string => {
  if (isLearn(r)) return conditions[3];
  if (option(r, "control") === "null") return conditions[2];
  return conditions[easy(r) ? 0 : 1];
};

export const certifiedFailure: Truth = {
  definitions: ["a correlation above 1/2 has", "A run at 0 is no better"],
  rules(told) {
    const runs = triedIn(told).toSorted(
      (a, b) => conditions.indexOf(condition(a)) - conditions.indexOf(condition(b)),
    );
    const features = different(runs.map((r) => String(r.task.params["d"]))).join(" or ");
    const said = (kind: string) => told.cells.find((c) => c.verdict.kind === kind);
    const facts = ({ hard, twin, verdict }: Cell): string =>
      `${hard!.says}, on the easy twin ${twin!.says}; ${verdict.because}`;
    const [below, covered] = [said("below"), said("covered")];
    return [
      {
        pattern: /^.*(?:gradient descent has|the algorithm that the theorem covers).*$/g,
        again: () =>
          [
            ...(below === undefined
              ? []
              : [
                  `Hidden planes, ${below.at}: gradient descent has ${facts(below)}, so its count of queries is`,
                  "below the certified number (a comparison, no theorem about mini-batches).",
                ]),
            ...(covered === undefined
              ? []
              : [`${covered.at}, the algorithm that the theorem covers: ${facts(covered)}.`]),
          ].join(" "),
      },
      rule("Hidden planes in {} features. Above 0.9: {}$", () => [features, byCondition(runs, condition)]),
      rule("hides in {} features", () => [features]),
    ];
  },
};
