import { byCondition, titleRules, triedIn } from "./comparison.ts";
import { rule, type Truth } from "./rule.ts";
import { easy, option, type Tried } from "./run.ts";

/** How many times the least width of its cell a student has: the least is the teacher's. */
export function timesTeacher(runs: readonly Tried[]): (r: Tried) => string {
  const cell = ({ task }: Tried): string => `${task.family} ${JSON.stringify(task.params)}`;
  const least = new Map<string, number>();
  for (const r of runs)
    least.set(cell(r), Math.min(least.get(cell(r)) ?? Infinity, Number(option(r, "width"))));
  return (r) => `x${Number(option(r, "width")) / (least.get(cell(r)) ?? NaN)}`;
}

export const overparameterised: Truth = {
  definitions: ["1, 2, 4 and 8 times the least width", ": 1 to 8 times the teacher's width"],
  rules(told) {
    const runs = triedIn(told);
    const times = timesTeacher(runs);
    const said = (twin: boolean): string =>
      byCondition(
        runs.filter((r) => easy(r) === twin),
        times,
        ", ",
      );
    const title = "Over-parameterised students: 1 to 8 times the teacher's width";
    return [
      ...titleRules(title, runs, times),
      rule("Learned: hard: {}; easy twin: {}.", () => [said(false), said(true)]),
    ];
  },
};
