/**
 * Hidden progress (after Barak et al. 2022): statistics of a student's weights that grow as it turns to the hidden
 * parameters, long before its loss shows it. Each is held against the same statistic of randomly drawn parameters,
 * which says what chance and the student's own structure give.
 */

import { finite } from "../base/json.ts";
import { deviation, mean } from "../base/statistics.ts";
import type { Weights } from "../network/network.ts";

/** Drawn parameters beside the hidden ones. */
export const besides = 20;

/** How many standard deviations above the drawn ones' mean count as moving. */
const THRESHOLD = 5;

/** By a statistic's name its values: first at the hidden parameters, then at the drawn ones. */
export type ProgressValues = Readonly<Record<string, Float64Array>>;

/** Measures a student's weights; null where a network has no such statistic. */
export type ProgressOf = ((weights: Weights) => ProgressValues) | null;

/** One statistic at one time. */
export type ProgressStatistic = {
  readonly hidden: number;
  /** Of the drawn parameters. */
  readonly mean: number;
  readonly sd: number;
  readonly largest: number;
};

/** The statistics by name; null where a value is not finite, as in a training that diverges. */
export function progressAt(values: ProgressValues): Readonly<Record<string, ProgressStatistic>> | null {
  const all = Object.entries(values);
  if (!all.every(([, v]) => v.every((x) => finite(x) !== null))) return null;
  return Object.fromEntries(all.map(([name, v]) => [name, statisticOf(v)]));
}

function statisticOf([hidden, ...drawn]: Float64Array): ProgressStatistic {
  return { hidden, mean: mean(drawn), sd: deviation(drawn), largest: Math.max(...drawn) };
}

/**
 * Whether the hidden parameters stand out: five standard deviations above the drawn ones' mean, and above all of
 * them.
 */
export const standsOut = ({ hidden, mean, sd, largest }: ProgressStatistic): boolean =>
  hidden > largest && hidden > mean + THRESHOLD * sd;

/** Most that a statistic can be; others have no such end. */
const most: Readonly<Record<string, number>> = { nearest: 1, share: 1 };

/**
 * Whether the hidden parameters could stand out at all: not where the drawn ones spread over all that the statistic can
 * be, and not where one drawn is as good as the hidden.
 */
const hasRoom = (name: string, { hidden, mean, sd, largest }: ProgressStatistic): boolean =>
  hidden !== largest && mean + THRESHOLD * sd < (most[name] ?? Infinity);

/** Explained variance of fresh labels up to which a run is at chance. */
export const CHANCE = 0.05;

/**
 * A run moves if one statistic stands out at both of its last two points. It does not if none does, some could, and it
 * is at chance; null where that cannot be told, as of a run that has learned by a way that the statistics do not see.
 * @param explained its explained variance on fresh samples
 */
export function isMoving(
  points: readonly (Readonly<Record<string, ProgressStatistic>> | null | undefined)[],
  explained: number | null,
): boolean | null {
  const [before, last] = points.slice(-2);
  if (before == null || last == null) return null;
  const names = Object.keys(last);
  if (names.some((name) => standsOut(before[name]) && standsOut(last[name]))) return true;
  const told = names.some((name) => hasRoom(name, before[name]) && hasRoom(name, last[name]));
  return told && explained !== null && explained <= CHANCE ? false : null;
}
