/**
 * Records the run that the page has in motion before anything is loaded: `node scripts/lab-record.mjs`. The presets, by
 * the page's own jobs, thinned to what an eye can follow in some seconds.
 */

import { writeFileSync } from "node:fs";
import { specOf, trainFields } from "./room/train/fields.ts";
import { emptyTrace, withEvent, type Trace } from "./room/train/trace.ts";
import { presets } from "./state/fields.ts";
import { certificate } from "./work/jobs/certificate.ts";
import { train, type RunKind } from "./work/jobs/train.ts";

/** Pictures a run, points of the curve of batches, and of the validated curve. */
const kept = { frames: 6, losses: 60, points: 22 };

const state = presets(trainFields({}));

const digits = (x: number | null): number | null => (x === null ? null : Number(x.toPrecision(3)));

/** Every so many of a list, and its last. */
const thin = <T>(list: readonly T[], count: number): T[] =>
  list.filter((_, i) => i === list.length - 1 || i % Math.ceil(list.length / count) === 0);

/** The same of each label's own: both sides of the change from one label to the next stay. */
const thinByLabel = <T extends { readonly label: string }>(list: readonly T[], count: number): T[] =>
  ["square", "y"].flatMap((label) => {
    const own = list.filter((one) => one.label === label);
    return thin(own, Math.ceil((count * own.length) / list.length));
  });

function rounded(trace: Trace): Trace {
  const each = Math.max(1, Math.ceil(trace.losses.length / kept.losses));
  const losses = Array.from({ length: Math.ceil(trace.losses.length / each) }, (_, i) => {
    const part = trace.losses.slice(i * each, (i + 1) * each);
    const mean = part.reduce((sum, [, loss]) => sum + loss, 0) / part.length;
    return [part[0][0], Number(mean.toPrecision(3))] as const;
  });
  const points = thinByLabel(trace.points, kept.points).map(
    ({ explained, accuracy, loss, progress, ...rest }) => ({
      ...rest,
      explained: digits(explained),
      accuracy: digits(accuracy),
      loss: digits(loss),
      progress:
        progress &&
        ([digits(progress[0]), digits(progress[1]), digits(progress[2])] as [number, number, number]),
    }),
  );
  return { ...trace, losses, points, frames: thinByLabel(trace.frames, kept.frames) };
}

async function record(run: RunKind): Promise<{ readonly trace: Trace; readonly weights: number }> {
  let trace = emptyTrace(run, Number(state.steps));
  const { weights } = await train(specOf(state, run, "wasm"), (event) => {
    trace = withEvent(trace, event);
  });
  return { trace: rounded(trace), weights: weights ?? 0 };
}

const all = [await record("hard"), await record("easy"), await record("square")];
const { family, params, seed, options } = specOf(state, "hard", "wasm");
const facts = await certificate({
  family,
  params,
  seed,
  steps: options.steps,
  batch: options.batch,
  weights: all[0].weights,
});
const text = JSON.stringify({ traces: all.map(({ trace }) => trace), certificate: facts });
writeFileSync(process.argv[2], `${text}\n`);
