/**
 * The chips beside a figure, counted again from the records: for each check, on how many of the hard targets shown some
 * training differs in just the way that makes it.
 */

import { canonicalJson } from "../../../src/base/json.ts";
import { familyById } from "../../../src/family/registry.ts";
import type { StoredRecord } from "../../../src/run/record.ts";
import { checks, type CheckId } from "../../../src/study/checks.ts";
import { studies } from "../../../src/study/registry.ts";
import type { Scope } from "../../../src/study/study.ts";
import { ownOf } from "./gate.ts";
import { different } from "./rule.ts";
import { easy, isLearn, isLearned, isTrain, isTried, option, type Train, type Tried } from "./run.ts";

/** By the check's name what its chip says; null where every target has it. */
export type Chips = Readonly<Record<string, string | null>>;

const sizeOf = ({ family, params }: StoredRecord["task"]): string => `${family} ${canonicalJson(params)}`;
const targetOf = (r: Tried): string => `${sizeOf(r.task)} seed ${r.task.seed}`;
const hiddenOf = (r: Tried): string =>
  canonicalJson(Object.fromEntries(Object.entries(r.result.instance).filter(([, of]) => Array.isArray(of))));

/** What absent options are, and the check that a change of one makes: of several changed, the first. */
const changes: readonly (readonly [option: string, absent: unknown, check: CheckId])[] = [
  ["shuffleLabels", false, "shuffled"],
  ["samples", undefined, "fixed"],
  ["perturb", undefined, "perturbed"],
  ["init", "he", "teacher"],
  ["student", undefined, "plain"],
  ["optimizer", "adam", "optimiser"],
  ["batch", 256, "optimiser"],
  ["loss", "squared", "optimiser"],
  ["width", 64, "width"],
  ["layers", 2, "width"],
  ["readoutLayers", 1, "width"],
  ["initScale", undefined, "start"],
  ["lr", 0.002, "rate"],
  ["steps", 4000, "longer"],
];

/** A network of the plain input, by its name: where there is another of that name it is called plain. */
const isPlain = ({ task: { family, options } }: Train): boolean =>
  options.student === ("plain-mlp" in familyById(family).students ? "plain-mlp" : "mlp");

/** Which check one training is of another on the same hard target. */
function between(a: Train, b: Train): CheckId | null {
  const of = (r: Train, name: string, absent: unknown): unknown => option(r, name) ?? absent;
  const other = [
    ["gradientNoise", undefined],
    ["control", "label"],
  ] as const;
  if (other.some(([name, absent]) => of(a, name, absent) !== of(b, name, absent))) return null;
  const changed = changes.find(([name, absent]) => of(a, name, absent) !== of(b, name, absent));
  if (changed === undefined) return null;
  const [, absent, check] = changed;
  if (check === "longer")
    return Number(of(b, "steps", absent)) >= 4 * Number(of(a, "steps", absent)) ? check : null;
  if (check === "plain") return isPlain(b) ? check : "symmetric";
  return check;
}

/** The checks that trainings on one target make of that of them around which most was changed. */
function aroundOne(trainings: readonly Train[]): CheckId[] {
  const sets = trainings.map((a) => different(trainings.flatMap((b) => between(a, b) ?? [])));
  return sets.sort((a, b) => b.length - a.length)[0] ?? [];
}

/** The range of counts, "2" or "1 to 3". */
const counts = (of: readonly number[]): string => different([Math.min(...of), Math.max(...of)]).join(" to ");

function repeats(shown: readonly Tried[]): string | null {
  const cell = (r: Tried): string => {
    const numbers = Object.entries(r.task.params).filter(([, of]) => !Array.isArray(of));
    const how = Object.entries(r.task.options).filter(([name]) => name !== "trainingSeed");
    const learner = isLearn(r) ? r.task.learner : "";
    return canonicalJson([r.task.family, Object.fromEntries(numbers), learner, Object.fromEntries(how)]);
  };
  const cells = different(shown.map(cell)).map((name) => shown.filter((r) => cell(r) === name));
  const hidden = cells.map((of) => different(of.map(hiddenOf)).length);
  const seeds = cells.flatMap((of) =>
    different(of.map(hiddenOf)).map((name) => of.filter((r) => hiddenOf(r) === name).length),
  );
  if (Math.max(...hidden) === 1 && Math.max(...seeds) === 1) return "one seed a cell";
  if (Math.min(...hidden) >= 2 && Math.max(...seeds) >= 2) return null;
  return `${counts(hidden)} hidden parameters a cell, seeds on each: ${counts(seeds)}`;
}

/** The chips of any figure of a run, by the ids of the records that it shows; null for one that tries no hard target. */
export function chipsAgain(
  records: readonly StoredRecord[],
  scope: Scope,
): (ids: readonly string[]) => Chips | null {
  const tried = records.filter(isTried);
  const byId = new Map(tried.map((r) => [r.id, r]));
  const planned = (id: string): StoredRecord[] =>
    ownOf(
      studies.find((s) => s.id === id)!,
      records,
      scope,
    ).filter(isTried);
  const certified = new Set(records.filter((r) => r.task.kind === "certify").map((r) => sizeOf(r.task)));
  const able = new Set(tried.filter((r) => isTrain(r) && !easy(r) && isLearned(r)).map((r) => r.task.family));
  const dosed = new Set(planned("dose").map((r) => r.task.family));
  const widened = new Set(planned("overparameterised").map((r) => sizeOf(r.task)));
  const byTarget = new Map<string, Tried[]>();
  for (const r of tried) byTarget.set(targetOf(r), [...(byTarget.get(targetOf(r)) ?? []), r]);
  const known = new Map<string, Set<CheckId>>();

  const madeOf = (target: string): Set<CheckId> => {
    const before = known.get(target);
    if (before !== undefined) return before;
    const all = byTarget.get(target)!;
    const hard = all.filter(isTrain).filter((r) => !easy(r));
    const twins = all.filter(isTrain).filter(easy);
    const round = all.filter((r) => isLearn(r) && !easy(r) && WAYS_ROUND.has(r.task.learner));
    const { task } = all[0];
    const made = new Set<CheckId>(["standardised", "constant", ...aroundOne(hard)]);
    const add = (check: CheckId, is: boolean): void => void (is && made.add(check));
    add("twin", twins.some((t) => hard.some((h) => canonicalJson(h.task.options) === canonicalJson(t.task.options)))); // prettier-ignore
    add("average", certified.has(sizeOf(task)));
    add("learns", able.has(task.family));
    add("dose", dosed.has(task.family));
    add("overparameterised", widened.has(sizeOf(task)));
    add("escape", round.length > 0);
    add("noise", round.some((r) => option(r, "noise") !== undefined)); // prettier-ignore
    known.set(target, made);
    return made;
  };

  return (ids) => {
    const shown = different(ids)
      .flatMap((id) => byId.get(id) ?? [])
      .filter((r) => !easy(r) && !(isTrain(r) && option(r, "shuffleLabels") === true));
    if (shown.length === 0) return null;
    const made = different(shown.map(targetOf)).map(madeOf);
    return Object.fromEntries(
      checks.map(({ id, name }) => {
        if (id === "repeats") return [name, repeats(shown)];
        const many = made.filter((of) => of.has(id)).length;
        const part = many === 0 ? "not made" : `${many} of ${made.length} targets`;
        return [name, many === made.length ? null : part];
      }),
    );
  };
}

/** Learners that do more than correlate with the label. */
const WAYS_ROUND = new Set([
  "growing-basis",
  "label-squared-pca",
  "label-squared-pairs",
  "thresholded-pca",
  "label-transform",
  "f2-elimination",
  "nearest-neighbour",
]);
