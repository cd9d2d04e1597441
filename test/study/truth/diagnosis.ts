import { allComputed } from "./computed.ts";
import { different, rule, type Truth } from "./rule.ts";

interface Calibration {
  readonly family: string;
  readonly labels: string;
  readonly examples: number;
  readonly trials: readonly { readonly verdict: string }[];
}

export const diagnosis: Truth = {
  definitions: ["; at most 5 % should."],
  rules(told) {
    const all = allComputed<Calibration>(told);
    const noise = all.filter((c) => c.labels === "shuffled");
    const curve = (labels: string) =>
      all
        .filter((c) => c.family === "gnn-hidden-plane" && c.labels === labels && c.trials.length > 1)
        .sort((a, b) => b.examples - a.examples);
    const missed = (c: Calibration): boolean => c.trials.some((t) => t.verdict === "cannot-tell");
    /** The sizes from the largest down to the first that misses one. */
    const enough = (labels: string): string => {
      const own = curve(labels);
      const until = own.findIndex(missed);
      const least = own.slice(0, until < 0 ? own.length : until).at(-1);
      return least === undefined ? "at no size" : `from ${least.examples.toLocaleString("en")} examples on`;
    };
    const trials = noise.flatMap((c) => c.trials);
    return [
      rule("Seen in every data set: a hidden plane {}, its twin {}$", () => [enough("hard"), enough("easy")]),
      rule("Each point: {} independent draws of the family", () => [
        different(curve("hard").map((c) => c.trials.length))
          .sort((a, b) => a - b)
          .join(" or "),
      ]),
      rule("Of {} data sets with labels of other examples {} were said to hold a signal", () => [
        trials.length,
        trials.filter((t) => t.verdict !== "cannot-tell").length,
      ]),
    ];
  },
};
