import { ofPanel, titleRules, triedIn } from "./comparison.ts";
import { different, rule, type Truth, unsigned } from "./rule.ts";
import { easy, option, share, type Tried } from "./run.ts";

const names: Record<string, string> = {
  gnn: "graph network",
  canonical: "canonical graphs",
  mlp: "no symmetry",
};
const named = (r: Tried): string => names[String(option(r, "student"))];

export const canonicalTraining: Truth = {
  rules(told) {
    const runs = triedIn(told);
    return [
      ...titleRules("Students with the symmetry of graphs", runs, named),
      rule("the likelier label leaves, each seed. {}. Canonical graphs", (said) => [
        said
          .split(". ")
          .map((one) => {
            const [panel] = one.split(": ");
            const own = ofPanel(runs, panel);
            const shares = (of: string, twin: boolean): string =>
              own
                .filter((r) => named(r) === of && easy(r) === twin)
                .map((r) => unsigned((share(r) ?? 0).toFixed(2)))
                .join(" ");
            const each = different(own.map(named)).map(
              (c) => `${c} ${shares(c, false)}, twin ${shares(c, true)}`,
            );
            return `${panel}: ${each.join("; ")}`;
          })
          .join(". "),
      ]),
    ];
  },
};
