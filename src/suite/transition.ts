/**
 * Where a model stops along a family's sizes: the size at which its explained variance crosses a half, between the
 * first size that falls below and the one before, on a logarithmic axis. That it falls along the axis is assumed.
 */

import type { Grade } from "./grade.ts";

export interface Graded {
  readonly size: number;
  readonly grade: Grade;
}

export interface Transition {
  readonly status: "found" | "learned throughout" | "learned nowhere";
  /** Null where it lies beyond the sizes that were graded. */
  readonly estimate: number | null;
  /** The same of the lower and of the upper limits: contains it where all of these hold. */
  readonly interval: readonly [number | null, number | null];
}

type Reading = (grade: Grade) => number;

/** The crossing of a half, -1 before the first size and +1 after the last. */
function crossing(points: readonly Graded[], read: Reading): number | "before" | "after" {
  const at = points.findIndex(({ grade }) => read(grade) < 0.5);
  if (at === 0) return "before";
  if (at < 0) return "after";
  const [a, b] = [points[at - 1], points[at]];
  const [above, below] = [read(a.grade) - 0.5, 0.5 - read(b.grade)];
  return a.size * (b.size / a.size) ** (above / (above + below));
}

const numberOr = (found: number | "before" | "after"): number | null =>
  typeof found === "number" ? found : null;

/** @param graded by rising size, at least one */
export function transition(graded: readonly Graded[]): Transition {
  const estimate = crossing(graded, (grade) => grade.explainedVariance);
  const status = { before: "learned nowhere", after: "learned throughout" } as const;
  return {
    status: typeof estimate === "number" ? "found" : status[estimate],
    estimate: numberOr(estimate),
    interval: [numberOr(crossing(graded, (g) => g.low)), numberOr(crossing(graded, (g) => g.high))],
  };
}
