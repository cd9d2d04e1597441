import { parseWith } from "../../../src/base/schema.ts";
import { trainSchema } from "../../../src/learner/training-options.ts";
import { ofPanel, titleRules, triedIn } from "./comparison.ts";
import { different, rule, type Truth, unsigned } from "./rule.ts";
import { isLearned, learnedOf, share, type Tried } from "./run.ts";

const words = { lr: "rate", width: "width", batch: "batch", steps: "steps", initScale: "weights" } as const;
const optionsOf = ({ task }: Tried) => parseWith(trainSchema, task.options);

/** In which option a training differs from the family's first, and how. */
function change(of: Tried, base: Tried): string {
  const [a, b] = [of, base].map(optionsOf);
  if (a.optimizer !== b.optimizer) return `${a.optimizer.toUpperCase()}, ${String(a.lr).slice(1)}`;
  const name = (Object.keys(words) as (keyof typeof words)[]).find((n) => a[n] !== b[n]);
  if (name === undefined) return "as is";
  const [x = 1, y = 1] = [a[name], b[name]];
  const times = x / y;
  return `${words[name]} ${times > 1 ? `x ${times}` : `/ ${Math.round(1 / times)}`}`;
}

export const tuning: Truth = {
  rules(told) {
    const runs = triedIn(told);
    const bases = new Map(
      different(runs.map((r) => r.task.family)).map((f) => [f, runs.find((r) => r.task.family === f)!]),
    );
    const changed = (r: Tried): string => change(r, bases.get(r.task.family)!);
    const best = Math.max(...runs.map((r) => share(r) ?? 0));
    return [
      ...titleRules("Is it just bad tuning?", runs, changed),
      rule("{} runs learned; the best has {} of what", () => [learnedOf(runs), unsigned(best.toFixed(2))]),
      rule("They are: {}. Changes", (said) => {
        const named = said.split("; ").map((one) => {
          const [, panel, condition] = /^(.*?), ((?:as is|rate|width|weights|SGD|batch|steps).*)$/.exec(one)!;
          return ofPanel(runs, panel).filter((r) => changed(r) === condition && isLearned(r)).length;
        });
        const right = named.every((n) => n === 1) && named.length === runs.filter(isLearned).length;
        return right ? [said] : undefined;
      }),
    ];
  },
};
