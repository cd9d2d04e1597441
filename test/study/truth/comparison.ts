/** What the checks' figures share: a title that counts learned runs on hard targets, condition by condition. */

import { rule, different, type Rule, type Told } from "./rule.ts";
import { easy, isTried, learnedOf, type Tried } from "./run.ts";

/** The tried ones of a study, in the order of its plan. */
export const triedIn = ({ own }: Told): Tried[] => own.filter(isTried);

/**
 * Those that a text's panel names: a family at one size, `family, name = value, ...`. The student that it ends with is
 * the one around which others are compared: no two panels differ by it alone.
 */
export function ofPanel(runs: readonly Tried[], panel: string): Tried[] {
  const [family, ...named] = panel.split(", ").map((part) => part.split(" = "));
  const params = named.filter(([name]) => name !== "student");
  return runs.filter(
    ({ task }) =>
      task.family === family[0] && params.every(([name, value]) => String(task.params[name]) === value),
  );
}

/** "a: 1 of 2; b: 0 of 1": how many learned under each condition. */
export const byCondition = (
  runs: readonly Tried[],
  conditionOf: (r: Tried) => string,
  separator = "; ",
): string =>
  different(runs.map(conditionOf))
    .map((c) => `${c}: ${learnedOf(runs.filter((r) => conditionOf(r) === c))}`)
    .join(separator);

/** A panel's conditions in one figure: panels with the same ones share it. */
function figures(runs: readonly Tried[], panelOf: (r: Tried) => string, conditionOf: (r: Tried) => string) {
  const groups = new Map<string, Tried[]>();
  for (const panel of different(runs.map(panelOf))) {
    const own = runs.filter((r) => panelOf(r) === panel);
    const name = different(own.map(conditionOf)).join("; ");
    groups.set(name, [...(groups.get(name) ?? []), ...own]);
  }
  return [...groups.values()];
}

/** A study's figures with the runs of each: its title is one of these, and so tells which runs a text is about. */
export function titleRules(
  title: string,
  runs: readonly Tried[],
  conditionOf: (r: Tried) => string,
  panelOf: (r: Tried) => string = ({ task }) => task.family,
): Rule[] {
  const opened = (mark: string): string => (title.endsWith("?") ? title : `${title}${mark}`);
  const said = figures(runs, panelOf, conditionOf).map((all) => {
    const hard = all.filter((r) => !easy(r));
    const above = `${hard.length < all.length ? "hard targets above" : "above"} 0.9`;
    const conditions = different(all.map(conditionOf));
    return conditions.length > 4
      ? `${opened(":")} ${learnedOf(hard)} ${above}`
      : `${opened(".")} ${above.charAt(0).toUpperCase()}${above.slice(1)}: ${byCondition(hard, conditionOf)}`;
  });
  const ends = (whole: string): string[] => [said.includes(whole) ? whole : (said[0] ?? "no runs")];
  return [rule("{}", (whole) => (whole.startsWith(title) ? ends(whole) : undefined))].map((r) => ({
    ...r,
    pattern: new RegExp(`^(${title.replace(/[?.]/g, String.raw`\$&`)}[.:]? .*)$`, "g"),
  }));
}
