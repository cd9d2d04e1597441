/**
 * What stands for the paper's results, said again from the records that each fact names: certificates, trainings, ways
 * round, checks, and the clause that a verdict rests on.
 */

import type { Finished, StoredRecord } from "../../../src/run/record.ts";
import type { Cell, Fact } from "../../../src/study/cell.ts";
import type { CheckId, CheckResult } from "../../../src/study/checks.ts";
import { levelsOf, outcomeBy } from "./chance.ts";
import { byCondition } from "./comparison.ts";
import { doseOf } from "./dose.ts";
import { timesTeacher } from "./overparameterised.ts";
import { holdsSaid, instancesSaid, playSaid } from "./instances.ts";
import { average, different, type Doubt, unsigned } from "./rule.ts";
import {
  easy,
  isLearn,
  isLearned,
  isTrain,
  isTried,
  learnedOf,
  option,
  share,
  type Train,
  type Tried,
} from "./run.ts";

type Certificate = Finished<"certify">;
/** A fact's words. */
export type Said = Omit<Fact, "records">;
type Found = (fact: { readonly records: readonly string[] } | null) => StoredRecord[];

/** Two digits after the point, no negative zero. */
const two = (x: number): string => unsigned(x.toFixed(2));

function range(values: readonly number[]): string {
  const [low, high] = [two(Math.min(...values)), two(Math.max(...values))];
  if (values.length === 0) return "none";
  return low === high ? low : `${low} to ${high}`;
}

/** The first digits of a number, the rest cut off (or counted as one more): what is claimed stays true. */
export function digits(x: number, many: number, up = false): number {
  const [mantissa, exponent] = x.toExponential(15).split("e");
  const kept = `${mantissa.slice(0, many + 1)}e${exponent}`;
  if (!up || Number(kept) === x) return Number(kept);
  return Number((Number(kept) + 10 ** (Number(exponent) - many + 1)).toPrecision(many));
}

/** A count: whole below a million, else two digits and a power of ten, cut off where it is certified. */
const counted = (x: number, cut: boolean): string => {
  if (x < 1e6) return String(x);
  const [mantissa, exponent] = (cut ? digits(x, 2) : x).toExponential(1).split("e+");
  return `${mantissa}e${exponent}`;
};

/**
 * More queries than (1 - a(rho)) / a(tau) are needed, a(t) the share of the family that correlates above t with one
 * query: at most 1/(d t^2), and by the greatest correlation delta of two (1 - delta) / (t^2 - delta) members.
 */
export function certified({ result }: Certificate, tauSquared = result.statement.tau ** 2): number {
  const { dimension, statement, functions, gram } = result;
  const [d, delta, members] = [Number(dimension.spectral), gram.maxAbsCorrelation, Number(functions.count)];
  const spectral = (tSquared: number): number => 1 / (d * tSquared);
  const pairwise = (tSquared: number): number =>
    delta === null || functions.count === null || tSquared <= delta
      ? spectral(tSquared)
      : Math.min(spectral(tSquared), Math.max(1, (1 - delta) / (tSquared - delta)) / members);
  const needed = [spectral, pairwise].map((a) => (1 - a(statement.rho ** 2)) / a(tauSquared));
  return Math.floor(Math.max(...needed) * (1 + 1e-12)) + 1;
}

const certifiedSaid = (r: Certificate): Said => {
  const { statement, dimension } = r.result;
  const d = Number(dimension.spectral);
  const needed = statement.vacuous
    ? "vacuous"
    : `queries of tolerance ${statement.tau} needed: ${counted(certified(r), true)}`;
  return {
    says: `d_eff at least ${digits(d, 3)}; ${needed}`,
    short: `dimension ${counted(Math.floor(d), true)}`,
    values: [d],
  };
};

const measure = (runs: readonly Tried[]): string =>
  runs.some((r) => isTrain(r) && r.result.final.baselineAccuracy !== null)
    ? "share of the majority's errors avoided"
    : "explained variance";

function triedSaid(runs: readonly Tried[]): Said {
  const values = runs.flatMap((r) => share(r) ?? []);
  if (runs.every(isTrain))
    return {
      says: `${learnedOf(runs)} learned, ${measure(runs)} ${range(values)}`,
      short: `${learnedOf(runs)} learned`,
      values,
    };
  const names = different(runs.filter(isLearn).map((r) => r.task.learner)).join(", ");
  return {
    says: `${names}: explained variance ${range(values)}`,
    short: `${learnedOf(runs)} found it`,
    values,
  };
}

const deviation = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, x) => sum + (x - average(values)) ** 2, 0) / (values.length - 1));

function repeatsSaid(runs: readonly Train[]): string {
  const hidden = ({ result }: Train): string =>
    JSON.stringify(
      Object.entries(result.instance)
        .filter(([, v]) => Array.isArray(v))
        .sort(),
    );
  const groups = different(runs.map(hidden)).map((h) =>
    runs.filter((r) => hidden(r) === h).map((r) => share(r) ?? 0),
  );
  const several = groups.filter((g) => g.length > 1);
  const between = deviation(groups.map(average));
  const within = Math.sqrt(average(several.map((g) => deviation(g) ** 2)));
  return [
    `${groups.length} hidden parameters, more than one seed on ${several.length}: standard deviation`,
    `${two(between)} between them, ${two(within)} between seeds`,
  ].join(" ");
}

function averageSaid([r]: readonly StoredRecord[]): string {
  if (r.task.kind === "certify") {
    const most = Math.min(1, 1 / Number((r as Certificate).result.dimension.spectral));
    const shown = digits(most, 2, true);
    const text = shown < 1e-5 ? shown.toExponential(1) : String(shown);
    return `any fixed predictor, the average member too, explains at most ${text} on average`;
  }
  const { members, explained } = r.result as unknown as { members: number; explained: number[] };
  return `the average of ${members} members explains ${average(explained).toFixed(3)} of ${explained.length} others`;
}

/** What a comparison changes, from the task. */
const conditions: Partial<Record<CheckId, (runs: readonly Tried[]) => (r: Tried) => string>> = {
  dose: () => doseOf,
  noise: () => (r) => `noise ${String(option(r, "noise") ?? 0)}`,
  overparameterised: timesTeacher,
};

/** What a check says, from its records. */
export function checkSaid(id: CheckId, records: readonly StoredRecord[]): string {
  const runs = records.filter(isTried);
  const trained = runs.filter(isTrain);
  const condition = conditions[id];
  if (condition !== undefined) return `learned: ${byCondition(runs, condition(runs), ", ")}`;
  switch (id) {
    case "standardised":
      return "by the target's mean and spread, hard and easy";
    case "constant":
      return `of what the best constant leaves: ${range(trained.flatMap((r) => share(r) ?? []))}`;
    case "average":
      return averageSaid(records);
    case "repeats":
      return repeatsSaid(trained);
    case "escape":
      return `${learnedOf(runs)} runs found the target`;
    case "learns": {
      const sizes = different(trained.filter(isLearned).map((r) => Number(r.task.params["n"])));
      const where = sizes.length === 0 ? "" : `: n = ${sizes.sort((a, b) => a - b).join(", ")}`;
      return `${learnedOf(trained)} learned on fewer nodes${where}`;
    }
    default:
      return triedSaid(trained).says;
  }
}

/** What a fact says, from its records. */
function saidOf(records: readonly StoredRecord[], certified: boolean): Said {
  const [{ task }] = records;
  if (task.kind === "certify") return certifiedSaid(records[0] as Certificate);
  if (task.kind !== "recipe") return triedSaid(records.filter(isTried));
  const computed = records[0] as Finished<"recipe">;
  return task.recipe === "play" ? playSaid(computed, certified) : instancesSaid(computed);
}

const tunings = ["rate", "width", "start", "optimiser", "longer"] as const;

/** The clause of a verdict on a trained student, from the records of its facts. */
function becauseOf({ verdict, ...cell }: Cell, found: Found): string {
  const trainings = (fact: Fact | CheckResult | null): Train[] => found(fact).filter(isTrain);
  const [hard, twin] = [trainings(cell.hard), trainings(cell.twin)];
  const others = tunings.flatMap((id) => trainings(cell.checks[id]));
  const [certificate] = found(cell.certified) as Certificate[];
  const levels = levelsOf(trainings(cell.checks.shuffled));
  const above = (runs: readonly Train[]): Train[] =>
    runs.filter((r) => ["learned", "partly"].includes(outcomeBy(r, levels)));
  switch (verdict.kind) {
    case "holds":
      return holdsSaid(found(cell.hard)[0] as Finished<"recipe">);
    case "learned":
      return `${hard.filter(isLearned).length} of ${hard.length} runs`;
    case "tuned":
      return `${learnedOf(others)} other settings learn`;
    case "covered":
      return coveredSaid(hard, certificate);
    case "below":
    case "unexplained":
      return certificate === undefined ? "no certificate" : budgetSaid(hard, certificate);
    case "open": {
      const all = above([...hard, ...others]);
      if (all.length > 0)
        return [
          `above chance: ${above(hard).length} of ${hard.length} runs,`,
          `${above(others).length} of ${others.length} with other settings, the best at`,
          two(Math.max(...all.flatMap((r) => share(r) ?? []))),
        ].join(" ");
      if (verdict.because.startsWith("the weights")) return verdict.because;
      return twin.length === 0
        ? "the easy twin was not run"
        : `the twin is learned by ${learnedOf(twin)} runs`;
    }
    default:
      return verdict.because;
  }
}

/** 1/(rho^2 d), and the distance of what is seen from what null labels show: Pinsker, Bretagnolle and Huber. */
function coveredSaid(hard: readonly Train[], { result: { dimension, statement } }: Certificate): string {
  const d = Number(dimension.spectral);
  const bounds = hard.map(({ result }) => {
    const { sigma, variation } = result["gradientNoise"] as { sigma: number; variation: number };
    const entropy = variation / d / (2 * (sigma / 2) ** 2);
    return 1 / statement.rho ** 2 / d + Math.sqrt(Math.min(entropy / 2, 1 - Math.exp(-entropy)));
  });
  return `a correlation above ${statement.rho} has probability at most ${digits(Math.max(...bounds), 2, true)}`;
}

function budgetSaid(hard: readonly Train[], certificate: Certificate): string {
  const asked = hard.map((r) => ({ r, queries: Math.max(1, r.result.steps) * r.result.weights }));
  const { r, queries } = asked.reduce((a, b) => (b.queries > a.queries ? b : a));
  const batch = Number(option(r, "batch") ?? 256);
  const tauSquared = Math.min(1, (2 * Math.log((2 * queries) / 0.01)) / batch);
  const needed = certified(certificate, tauSquared);
  return `${counted(queries, false)} queries, certified ${counted(needed, true)}`;
}

const close = (a: number, b: number | undefined): boolean =>
  b !== undefined && Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a));

/** Whether a fact rests on what it is about: one family, its hard targets or their twins, labels as they are. */
function belongs(id: string, runs: readonly Tried[]): boolean {
  const noisy = runs.some((r) => isLearn(r) && option(r, "noise") !== undefined);
  return (
    different(runs.map((r) => r.task.family)).length < 2 &&
    runs.every((r) => easy(r) === (id === "twin")) &&
    (id !== "escape" || !noisy)
  );
}

/** All that a cell of trained students says otherwise than its records do. */
export function cellDoubts(cell: Cell, records: ReadonlyMap<string, StoredRecord>): Doubt[] {
  const found: Found = (fact) => (fact?.records ?? []).flatMap((id) => records.get(id) ?? []);
  const doubts: Doubt[] = [];
  const compare = (said: string, again: string): void => {
    if (said !== again) doubts.push({ text: cell.at, said, found: again });
  };
  const facts = [cell.certified, cell.hard, cell.twin, cell.escape];
  for (const fact of facts) {
    const of = found(fact);
    if (fact === null) continue;
    if (of.length === 0) {
      doubts.push({ text: cell.at, said: fact.says, found: null });
      continue;
    }
    const again = saidOf(of, fact === cell.certified);
    compare(fact.says, again.says);
    compare(fact.short, again.short);
    const same = fact.values.every((x, i) => close(x, again.values[i]));
    compare(`values of ${fact.says}`, same ? `values of ${fact.says}` : again.values.join(" "));
  }
  for (const [id, check] of Object.entries(cell.checks) as [CheckId, CheckResult | null][])
    if (check !== null) compare(check.says, checkSaid(id, found(check)));
  const named = { hard: cell.hard, ...cell.checks };
  for (const [id, fact] of Object.entries(named))
    if (!belongs(id, found(fact).filter(isTried)))
      doubts.push({ text: cell.at, said: `${id}: ${fact!.says}`, found: "records of something else" });
  compare(cell.verdict.because, becauseOf(cell, found));
  return doubts;
}
