import { average, different, rule, type Truth, unsigned } from "./rule.ts";
import { isTrain, option, type Train } from "./run.ts";

const names = { squared: "squared loss (CSQ)", l1: "absolute loss (SQ)" } as const;
const lossOf = (r: Train): keyof typeof names => (option(r, "loss") === "l1" ? "l1" : "squared");
const sizeOf = (r: Train): number => Number(r.task.params["variables"]);

/** The first step after which less than half of what a constant leaves is left; null where there is none. */
const halfway = ({ result: { curve, validationBaselineLoss: constant } }: Train): number | null =>
  curve.find(({ loss }) => loss !== null && loss / constant < 0.5)?.step ?? null;

export const losses: Truth = {
  rules({ own }) {
    const all = own.filter(isTrain);
    const [{ task }] = all;
    const as = (r: Train, name: string): boolean =>
      option(r, name) === (task.options as Record<string, unknown>)[name];
    const isOwn = (r: Train): boolean => as(r, "lr") && as(r, "width");
    const runs = all.filter(isOwn);
    const passed = (of: readonly Train[]): string =>
      `${of.filter((r) => halfway(r) !== null).length} of ${of.length}`;
    const told = (loss: keyof typeof names): string => {
      const of = runs.filter((r) => lossOf(r) === loss);
      const each = different(of.map(sizeOf)).map((size) => {
        const here = of.filter((r) => sizeOf(r) === size);
        const halves = here.flatMap((r) => halfway(r) ?? []);
        const when = halves.length === 0 ? "" : `, on average at step ${average(halves).toFixed(0)}`;
        const others = all
          .filter((r) => !isOwn(r) && lossOf(r) === loss && sizeOf(r) === size)
          .map((r) => r.result.final.explainedVariance ?? 0);
        const best =
          others.length === 0
            ? ""
            : `; best of other learning rates and twice the width ${unsigned(Math.max(...others).toFixed(2))}`;
        return `${size} variables ${passed(here)} runs${when}${best}`;
      });
      return `${names[loss]}: ${each.join(", ")}.`;
    };
    return [
      rule("Runs that pass one half: {} with the squared loss (CSQ), {} with the absolute loss (SQ)", () => [
        passed(runs.filter((r) => lossOf(r) === "squared")),
        passed(runs.filter((r) => lossOf(r) === "l1")),
      ]),
      rule("Runs that pass one half: {} The absolute", () => [
        different(runs.map(lossOf)).map(told).join(" "),
      ]),
    ];
  },
};
