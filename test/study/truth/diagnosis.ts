import { allComputed } from "./computed.ts";
import { rule, type Truth } from "./rule.ts";

interface Calibration {
  readonly labels: string;
  readonly trials: readonly { readonly verdict: string }[];
}

export const diagnosis: Truth = {
  definitions: ["; at most 5 % should."],
  rules(told) {
    const noise = allComputed<Calibration>(told).filter((c) => c.labels === "shuffled");
    const trials = noise.flatMap((c) => c.trials);
    return [
      rule("Of {} data sets with labels of other examples {} were said to hold a signal", () => [
        trials.length,
        trials.filter((t) => t.verdict !== "cannot-tell").length,
      ]),
    ];
  },
};
