import { titleRules, triedIn } from "./comparison.ts";
import { different, rule, type Truth, unsigned } from "./rule.ts";
import { easy, option, share, type Tried } from "./run.ts";

const panels: Record<string, string> = { gnn: "ordinary convolutions", unitary: "unitary convolutions" };
const panel = (r: Tried): string => panels[String(option(r, "student"))];
const depth = (r: Tried): string => `${String(option(r, "layers"))} layers`;

export const unitaryTraining: Truth = {
  rules(told) {
    const runs = triedIn(told);
    const of = (name: string, twin: boolean): string => {
      const own = runs.filter((r) => panel(r) === name && easy(r) === twin);
      const each = different(own.map(depth)).map((d) => {
        const shares = own.filter((r) => depth(r) === d).map((r) => unsigned((share(r) ?? 0).toFixed(2)));
        return `${d} ${shares.join(" ")}`;
      });
      return `${name}, ${twin ? "easy twin" : "hard"}: ${each.join(", ")}`;
    };
    return [
      ...titleRules("How deep a graph network can be trained", runs, depth, panel),
      rule(
        "the likelier label leaves, each seed: {}. Graphs on {} nodes, S = {{}}; a training ends at an accuracy of .{}.",
        () => {
          const { params, options } = runs[0].task;
          const all = different(runs.map(panel)).flatMap((p) => [of(p, true), of(p, false)]);
          const stop = String((options as { stopAt: number }).stopAt).slice(2);
          return [all.join("; "), String(params["n"]), (params["degrees"] as number[]).join(","), stop];
        },
      ),
    ];
  },
};
