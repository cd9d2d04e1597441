import { titleRules, triedIn } from "./comparison.ts";
import { different, rule, type Truth } from "./rule.ts";
import { easy, learnedOf, option, type Tried } from "./run.ts";

/** Students without the symmetry, by the families' own words. */
const plain = ["gnn-degree-parity mlp", "gnn-hidden-plane mlp", "cnn-hidden-plane mlp", "frame-parity mlp"];

const named = (r: Tried): string => {
  const student = String(option(r, "student"));
  const without = student === "plain-mlp" || plain.includes(`${r.task.family} ${student}`);
  return without ? `${student} (no symmetry)` : student;
};

export const students: Truth = {
  rules(told) {
    const runs = triedIn(told);
    return [
      ...titleRules("Other students: another symmetry, or none", runs, named),
      rule("Learned, hard targets and easy twins: {}.", (said) => {
        // the figure is known by its student classes
        const classes = said.split("; ").map((s) => s.replace(/ \d+ of \d+ and \d+ of \d+$/, ""));
        const families = different(runs.map((r) => r.task.family)).filter((f) => {
          const own = different(runs.filter((r) => r.task.family === f).map(named));
          return own.join() === classes.join();
        });
        const of = runs.filter((r) => families.includes(r.task.family));
        const each = classes.map((c) => {
          const [hard, twin] = [false, true].map((t) => of.filter((r) => named(r) === c && easy(r) === t));
          return `${c} ${learnedOf(hard)} and ${learnedOf(twin)}`;
        });
        return [each.join("; ")];
      }),
    ];
  },
};
