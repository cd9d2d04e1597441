/**
 * Where a condition begins to hold along an ordered parameter, found with a logarithm of a grid's trials. One seed at
 * each of the values that halve the list leads to two neighbours; there all seeds are tried, and where their majority
 * contradicts the one seed the search goes on from the other side. The interval around the transition is widened until
 * at both ends the seeds leave no doubt, a value being passed over as soon as one of its seeds rules that out:
 * one-sided 95 % limits (Clopper and Pearson 1934) of the share of seeds on the right side of a half, so that both
 * hold with 90 %. That the share rises along the parameter is assumed, as in every bisection.
 */

import { lowerLimit, upperLimit } from "../numeric/confidence.ts";

/** How many of the first seeds at a value meet the condition. */
export interface Tried {
  readonly holds: number;
  readonly seeds: number;
}

/** The first so many seeds at a value, by its index. */
export interface Probe {
  readonly at: number;
  readonly seeds: number;
}

/** A transition along a list of values; ends are null where they lie beyond the list. */
export interface Transition {
  /** `found`, or on which side of all values it lies: the condition holds at all of them, or at none. */
  readonly status: "found" | "holds everywhere" | "holds nowhere";
  /** The neighbours between which the majority changes. */
  readonly between: readonly [number | null, number | null];
  /** Where the share crosses a half, by interpolation between them; of positive values, of their logarithms. */
  readonly estimate: number | null;
  /** Contains the transition with 90 %; null where not asked for, seeds are too few, or the list ends before. */
  readonly interval: readonly [number | null, number | null];
  /** Values that were tried, with one seed or all. */
  readonly tried: number;
}

const CONFIDENCE = 0.95;
const share = ({ holds, seeds }: Tried): number => holds / seeds;
const surelyNot = ({ holds, seeds }: Tried): boolean => upperLimit(holds, seeds, 1 - CONFIDENCE) < 0.5;
const surely = ({ holds, seeds }: Tried): boolean => lowerLimit(holds, seeds, 1 - CONFIDENCE) > 0.5;

/**
 * The trials that are wanted next, or the transition. What is decided depends on what the search itself asked for, in
 * that order: not on when it was interrupted, nor on what else has been tried.
 *
 * @param values rising
 * @param outcome what came of a probe; undefined as long as trials of it are missing
 * @param seeds trials at a value that decides
 * @param interval whether it goes on outward for the interval: most of the trials where the transition is gradual
 */
export function bisection(
  values: readonly number[],
  outcome: (probe: Probe) => Tried | undefined,
  seeds: number,
  interval = true,
): { readonly wanted: readonly Probe[] } | { readonly transition: Transition } {
  const tried = new Map<number, Tried>();
  for (;;) {
    const next = step({ values, tried, seeds }, interval);
    if ("transition" in next) return next;
    const found = next.map((probe) => ({ probe, tried: outcome(probe) }));
    const wanted = found.flatMap(({ probe, tried: of }) => (of === undefined ? [probe] : []));
    if (wanted.length > 0) return { wanted };
    for (const { probe, tried: of } of found) if (of !== undefined) tried.set(probe.at, of);
  }
}

/** What to try next, knowing this. */
function step(
  { values, tried, seeds }: Known,
  interval: boolean,
): readonly Probe[] | { readonly transition: Transition } {
  let [below, above] = [-1, values.length];
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    const found = tried.get(middle);
    if (found === undefined) return [{ at: middle, seeds: 1 }];
    if (share(found) > 0.5) above = middle;
    else below = middle;
  }
  const isWhole = (at: number): boolean => tried.get(at)?.seeds === seeds;
  const decisive = [below, above].filter((at) => at >= 0 && at < values.length && !isWhole(at));
  if (decisive.length > 0) return decisive.map((at) => ({ at, seeds }));
  const decidable = interval && surely({ holds: seeds, seeds });
  const outward = { values, tried, seeds };
  const lower = decidable ? end(outward, { ...downward, from: below }) : {};
  const upper = decidable ? end(outward, { ...upward, from: above }) : {};
  const wanted = [lower, upper].flatMap((of) => of.wanted ?? []);
  if (wanted.length > 0) return wanted;
  return {
    transition: {
      status: statusOf(below, above, values.length),
      between: [values[below] ?? null, values[above] ?? null],
      estimate: estimate(values, tried, below, above),
      interval: [lower.value ?? null, upper.value ?? null],
      tried: tried.size,
    },
  };
}

function statusOf(below: number, above: number, count: number): Transition["status"] {
  if (below < 0) return "holds everywhere";
  return above === count ? "holds nowhere" : "found";
}

interface Known {
  readonly values: readonly number[];
  readonly tried: ReadonlyMap<number, Tried>;
  readonly seeds: number;
}

interface Outward {
  readonly from: number;
  readonly step: 1 | -1;
  readonly sure: (at: Tried) => boolean;
  /** How many of so many seeds hold if the others say what is hoped for. */
  readonly hoped: (at: Tried, seeds: number) => number;
}

const downward: Omit<Outward, "from"> = { step: -1, sure: surelyNot, hoped: ({ holds }) => holds };
const upward: Omit<Outward, "from"> = {
  step: 1,
  sure: surely,
  hoped: ({ holds, seeds: tried }, seeds) => holds + seeds - tried,
};

/** Seeds that are tried first at a value outward. */
const FIRST = 2;

/** The first value outward at which all seeds leave no doubt, or what to try next. */
function end(
  { values, tried, seeds }: Known,
  { from, step: by, sure, hoped }: Outward,
): { readonly wanted?: Probe; readonly value?: number } {
  for (let at = from; at >= 0 && at < values.length; at += by) {
    const found = tried.get(at) ?? { holds: 0, seeds: 0 };
    if (!sure({ holds: hoped(found, seeds), seeds })) continue;
    if (found.seeds === seeds) return { value: values[at] };
    return { wanted: { at, seeds: found.seeds < FIRST ? FIRST : seeds } };
  }
  return {};
}

function estimate(
  values: readonly number[],
  tried: ReadonlyMap<number, Tried>,
  below: number,
  above: number,
): number | null {
  const [a, b] = [tried.get(below), tried.get(above)];
  if (a === undefined || b === undefined) return null;
  const part = (0.5 - share(a)) / (share(b) - share(a));
  const [from, to] = [values[below], values[above]];
  return from > 0 ? from * (to / from) ** part : from + part * (to - from);
}

/** The trials that a search makes in a list of so many values where all seeds agree at every value. */
export function trialsOfSearch(values: number, seeds: number): number {
  const halvings = Math.ceil(Math.log2(values + 1));
  return Math.min(2, halvings) * seeds + Math.max(0, halvings - 2);
}
