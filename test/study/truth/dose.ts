import { byCondition, ofPanel, titleRules, triedIn } from "./comparison.ts";
import { rule, type Truth } from "./rule.ts";
import type { Tried } from "./run.ts";

/** What is dosed: the order of planes and frames, the counts of a parity, the degree of a polynomial. */
export const doseOf = ({ task: { family, params } }: Tried): string => {
  const { k, degrees, degree } = params;
  if (Array.isArray(degrees)) return `${degrees.length} count${degrees.length === 1 ? "" : "s"}`;
  return family === "invariant-polynomial" ? `degree ${String(degree)}` : `k = ${String(k)}`;
};

export const dose: Truth = {
  rules(told) {
    const runs = triedIn(told);
    return [
      ...titleRules("Step by step from the easy to the hard target", runs, doseOf),
      rule("on targets from easy to hard. Learned: {}.", (said) => [
        said
          .split("; ")
          .map((one) => {
            const panel = one.slice(0, one.search(/: (?:k =|degree \d|1 count)/));
            return `${panel}: ${byCondition(ofPanel(runs, panel), doseOf, ", ")}`;
          })
          .join("; "),
      ]),
    ];
  },
};
