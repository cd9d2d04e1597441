/** What is known of a run up to now, live or recorded: all that its panel draws. */

import type { Drawn, Point, RunKind, TrainEvent } from "../../work/jobs/train.ts";

export interface Trace {
  readonly run: RunKind;
  readonly steps: number;
  readonly picture: "plane" | "pairs";
  readonly targets: Readonly<Record<string, Drawn>>;
  /** Losses of batches: the step, and the loss in units of the label's variance. */
  readonly losses: readonly (readonly [step: number, loss: number])[];
  readonly points: readonly Point[];
  /** What the network predicts of the picture's inputs, packed by the limit of what it was fitting. */
  readonly frames: readonly { readonly step: number; readonly label: string; readonly values: string }[];
}

export const emptyTrace = (run: RunKind, steps: number): Trace => ({
  run,
  steps,
  picture: "plane",
  targets: {},
  losses: [],
  points: [],
  frames: [],
});

/** Losses are kept as means over so many steps that a curve has about this many. */
const kept = 300;

/** The trace with one more event. */
export function withEvent(trace: Trace, event: TrainEvent): Trace {
  if (event.kind === "begun") return { ...trace, picture: event.picture, targets: event.targets };
  if (event.kind === "point") {
    const { step, label } = event.point;
    return {
      ...trace,
      points: [...trace.points, event.point],
      frames: [...trace.frames, { step, label, values: event.frame }],
    };
  }
  const each = Math.max(1, Math.floor(trace.steps / kept));
  const losses = [...trace.losses];
  for (let i = 0; i < event.losses.length; i += each) {
    const part = event.losses.slice(i, i + each);
    losses.push([event.from + i, part.reduce((a, b) => a + b, 0) / part.length]);
  }
  return { ...trace, losses };
}

/** The step that a trace has come to. */
export const reachedBy = ({ points, losses }: Trace): number =>
  Math.max(points.at(-1)?.step ?? 0, losses.at(-1)?.[0] ?? 0);

/** The trace as it was at a step. */
export const until = (trace: Trace, step: number): Trace => ({
  ...trace,
  losses: trace.losses.filter(([at]) => at <= step),
  points: trace.points.filter((p) => p.step <= step),
});

/** Bytes of a packed picture as numbers between -1 and 1. */
export const unpacked = (text: string): Float32Array =>
  Float32Array.from(atob(text), (c) => (c.charCodeAt(0) - 128) / 127);

/** The picture at a step, between the frames beside it; null before the first. */
export function frameAt({ frames }: Trace, step: number): { label: string; values: Float32Array } | null {
  const after = frames.findIndex((f) => f.step > step);
  const before = frames.at(after < 0 ? -1 : after - 1);
  if (before === undefined || after === 0) return null;
  const values = unpacked(before.values);
  const next = after < 0 ? undefined : frames[after];
  if (next === undefined || next.label !== before.label) return { label: before.label, values };
  const share = (step - before.step) / (next.step - before.step);
  const later = unpacked(next.values);
  return { label: before.label, values: values.map((x, i) => x + share * (later[i] - x)) };
}
