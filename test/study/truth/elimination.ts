import { average, different, rule, type Truth, unsigned } from "./rule.ts";
import { isTrain, option, outcome, type Train } from "./run.ts";

interface Curve {
  readonly learner: string;
  readonly points: readonly { readonly samples: number; readonly seed: number; readonly explained: number }[];
}

export const elimination: Truth = {
  rules({ own }) {
    const { result } = own.find((r) => r.task.kind === "recipe")!;
    const { points } = result as unknown as Curve;
    const sizes = different(points.map((p) => p.samples)).sort((a, b) => a - b);
    const at = (size: number): number =>
      average(points.filter((p) => p.samples === size).map((p) => p.explained));
    const enough = sizes.find((size) => at(size) > 0.9);
    const descents = own.filter(isTrain);
    const given = (r: Train): number => r.result.steps * Number(option(r, "batch") ?? 256);
    const learned = descents.filter((r) => outcome(r) === "learned").length;
    const most = Math.max(...descents.map(given)).toLocaleString("en");
    const nodes = different(descents.map((r) => String(r.task.params["n"]))).join(" or ");
    return [
      rule(
        "The same hidden sets: elimination explains {} from {} examples; gradient descent learns {} from up to {}",
        () =>
          enough === undefined
            ? undefined
            : [at(enough).toFixed(2), enough, `${learned} of ${descents.length}`, most],
      ),
      rule("Degree parities of graphs on {} nodes", () => [nodes]),
      rule("Elimination explains {} of fresh labels, mean over {} sets, from {} examples.", () =>
        enough === undefined
          ? undefined
          : [at(enough).toFixed(3), different(points.map((p) => p.seed)).length, enough],
      ),
      rule("Gradient descent on {} of these sets ends at {}.", () => {
        // both learners are on sets that are the same by their seeds
        const same = descents.filter((r) => points.some((p) => p.seed === r.task.seed));
        const ends = same.map((r) => {
          const explained = r.result.final.explainedVariance;
          return `${unsigned(explained?.toFixed(2) ?? "diverged")} after ${given(r).toLocaleString("en")} (${outcome(r)})`;
        });
        return [same.length, ends.join("; ")];
      }),
    ];
  },
};
