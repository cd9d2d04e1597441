/**
 * Where a condition begins to hold along an ordered parameter, found with a logarithm of a grid's trials. At each value
 * tried the majority of the seeds decides; the interval around the transition is widened until at both ends the seeds
 * leave no doubt: one-sided 95 % limits (Clopper and Pearson 1934) of the share of seeds on the right side of a half,
 * so that both hold with 90 %. That the share rises along the parameter is assumed, as in every bisection.
 */

import { lowerLimit, upperLimit } from "../numeric/confidence.ts";

/** How many of the seeds at a value meet the condition. */
export interface Tried {
  readonly holds: number;
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
  /** Contains the transition with 90 %; null where the seeds are too few to say, or the list ends before. */
  readonly interval: readonly [number | null, number | null];
  /** Values that were tried. */
  readonly tried: number;
}

const CONFIDENCE = 0.95;
const share = ({ holds, seeds }: Tried): number => holds / seeds;
const surelyNot = ({ holds, seeds }: Tried): boolean => upperLimit(holds, seeds, 1 - CONFIDENCE) < 0.5;
const surely = ({ holds, seeds }: Tried): boolean => lowerLimit(holds, seeds, 1 - CONFIDENCE) > 0.5;

/**
 * The next values to try, or the transition.
 *
 * @param values rising
 * @param tried what is known, by index
 * @param seeds trials at a value
 */
export function bisection(
  values: readonly number[],
  tried: ReadonlyMap<number, Tried>,
  seeds: number,
): { readonly wanted: number } | { readonly transition: Transition } {
  let [below, above] = [-1, values.length];
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    const found = tried.get(middle);
    if (found === undefined) return { wanted: middle };
    if (share(found) > 0.5) above = middle;
    else below = middle;
  }
  const decidable = surely({ holds: seeds, seeds });
  const lower = decidable ? end(values, tried, { from: below, step: -1, sure: surelyNot }) : {};
  const upper = decidable ? end(values, tried, { from: above, step: 1, sure: surely }) : {};
  if (lower.wanted !== undefined) return { wanted: lower.wanted };
  if (upper.wanted !== undefined) return { wanted: upper.wanted };
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

interface Outward {
  readonly from: number;
  readonly step: 1 | -1;
  readonly sure: (at: Tried) => boolean;
}

/** The first value outward at which the seeds leave no doubt, or the next to try. */
function end(
  values: readonly number[],
  tried: ReadonlyMap<number, Tried>,
  { from, step, sure }: Outward,
): { readonly wanted?: number; readonly value?: number } {
  for (let at = from; at >= 0 && at < values.length; at += step) {
    const found = tried.get(at);
    if (found === undefined) return { wanted: at };
    if (sure(found)) return { value: values[at] };
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
