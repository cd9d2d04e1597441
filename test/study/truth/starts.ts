import { byCondition, titleRules, triedIn } from "./comparison.ts";
import { rule, type Truth } from "./rule.ts";
import { option, type Tried } from "./run.ts";

const from = (r: Tried): string => {
  const added = option(r, "perturb");
  return added === undefined ? "the teacher" : `+ ${String(added)}`;
};

export const starts: Truth = {
  rules(told) {
    const runs = triedIn(told);
    return [
      ...titleRules("From near the target: who comes back", runs, from),
      rule("Learned at the end: {}.", () => [byCondition(runs, from)]),
    ];
  },
};
